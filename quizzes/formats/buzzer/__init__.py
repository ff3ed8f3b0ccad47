"""Bấm chuông: one answers at a time, aloud; the host or a judge says right or wrong; wrong passes on.

A buzz is a ballot. The first one shortens the ask to a window (mechanics.buzz), then the ask closes and is
judged like any other: its verdict is an order. The first of it is named and answers; after a wrong answer
the next of the order is named or the rest may buzz again, under a new `no`.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.engine import HOST, JUDGE, Format, Move, Setting
from quizzes.formats.buzzer import play
from quizzes.formats.buzzer.play import BY_HAND, CLOSE, DRAW, ORDER, REOPEN
from quizzes.formats.buzzer.screens import BUZZ, deadline, group, possible, view
from quizzes.mechanics import flow
from quizzes.refusals import N_

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("whole", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "wrong_penalty": Setting("whole", 0, N_("Điểm trừ khi trả lời sai"), 0, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian bấm chuông (giây, 0 là không giới hạn)"), 0, 3600),
    "answer_seconds": Setting("whole", 15, N_("Thời gian trả lời sau khi bấm chuông (giây)"), 0, 600),
    "strict_time": Setting("flag", False, N_("Hết thời gian trả lời thì tự chuyển lượt")),
    "attempts": Setting("whole", 3, N_("Số lượt trả lời tối đa cho một câu"), 1, 20),
    "after_wrong": Setting("choice", ORDER, N_("Sau câu trả lời sai"), choices=(ORDER, REOPEN, CLOSE)),
    "tie": Setting("choice", DRAW, N_("Khi bấm chuông sát nút"), choices=(DRAW, BY_HAND)),
    "show_options": Setting("flag", True, N_("Hiện các phương án")),
    **flow.SETTINGS,
}

BY_JUDGES = frozenset({HOST, JUDGE})
BY_HOST = flow.BY_HOST
MOVES = flow.moves(play.open_question)
MOVES["open"]["buzzed"] = Move(flow.BY_CLOCK, play.buzzed)
MOVES["answering"] = {
    "right": Move(BY_JUDGES, play.right),
    "wrong": Move(BY_JUDGES, play.wrong),
    "name": Move(BY_JUDGES, play.name, {"seat": "seat"}),
    "advance": Move(BY_HOST, play.pass_on),
    "close_now": Move(BY_HOST, play.end_question),
    "time_up": Move(flow.BY_CLOCK, flow.when_due(play.pass_on, deadline)),
}

FORMAT = Format(
    key="buzzer",
    title=N_("Bấm chuông giành quyền trả lời"),
    settings=SETTINGS,
    kinds={"buzz": BUZZ},
    opening=play.opening,
    moves=MOVES,
    evolve=play.evolve,
    judge=play.judge,
    view=view,
    group=group,
    problems=flow.problems,
    possible=possible,
    deadline=deadline,
    first_ballot="buzzed",
)
