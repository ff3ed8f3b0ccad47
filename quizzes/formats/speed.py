"""Nhanh tay nhanh mắt: all answer at once; right first, then fast. The formulas stand in quizzes.scoring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Any

from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Mechanic
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state import ask
from quizzes.round_state.ask import Round
from quizzes.scoring import ACCURACY, SPEED, Scoring, rounded_us
from quizzes.settings.values import half_points

FASTEST = 3
"""How many of the fastest the screen names."""

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("points", 100, N_("Điểm cho một câu đúng"), 1, 10_000),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    "scoring": Setting(
        "choice",
        ACCURACY,
        N_("Cách tính điểm"),
        choices=(ACCURACY, SPEED),
        said=(N_("Đúng là chính, nhanh được cộng ít"), N_("Càng nhanh càng nhiều điểm")),
    ),
    "streak": Setting("flag", False, N_("Thưởng chuỗi câu đúng liên tiếp")),
    "double": Setting("numbers", (), N_("Các câu nhân đôi điểm"), 1, 500),
    "practice": Setting("numbers", (), N_("Các câu chơi thử, không tính điểm"), 1, 500),
    "change": asking.CHANGE,
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}


def multiplier(state: Round, index: int) -> int:
    if index + 1 in state.settings["practice"]:
        return 0
    return 2 if index + 1 in state.settings["double"] else 1


def scoring_of(state: Round) -> Scoring:
    weights = sum(multiplier(state, index) for index in range(len(state.setup.questions)))
    settings = state.settings
    return Scoring(
        settings["scoring"], half_points(settings["points"]), settings["seconds"], weights, settings["streak"]
    )


def worth(state: Round, index: int) -> int:
    return half_points(state.settings["points"]) * multiplier(state, index)


def open_question(state: Round, command: Command) -> Iterator[Event]:
    yield asking.opened(state, command, "question", state.settings["seconds"], take=asking.take(state))


def judge(state: Round, opened: ask.Ask, graded: Sequence[Graded], command: Command) -> Judged:
    scoring, times = scoring_of(state), multiplier(state, opened.during)
    runs = _runs(state, opened) if scoring.streaks else {}
    results = {}
    for one in graded:
        if one.right:
            time_us = rounded_us(opened.elapsed_us(one.at))
            half = scoring.points(one.right, time_us, times, runs.get(one.seat, 0) + 1)
            results[one.seat] = (half, one.right, time_us)
    return Judged(results, bank_question.counts(state, opened, graded))


def _runs(state: Round, until: ask.Ask) -> dict[int, int]:
    """Wholly right answers in a row, by seat, over the round's counted openings before `until`."""
    runs: dict[int, int] = {}
    for earlier in state.asks.values():
        if earlier.no < until.no and earlier.status == ask.REVEALED and multiplier(state, earlier.during):
            right = {seat for seat, (_, share, _) in earlier.results.items() if share == FULL}
            runs = {seat: runs.get(seat, 0) + 1 for seat in right}
    return runs


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """`fastest` names who was right first, after the reveal only."""
    shown: dict[str, Any] = {
        "scoring": state.settings["scoring"],
        "seconds": state.settings["seconds"],
        "multiplier": multiplier(state, max(state.question, 0)),
    }
    if state.phase == "revealed":
        results = [
            (us, seat) for one in state.of_question() for seat, (_, right, us) in one.results.items() if right == FULL
        ]
        shown["fastest"] = [{"seat": seat, "time_us": us} for us, seat in nsmallest(FASTEST, results)]
        shown["seats"] = [one["seat"] for one in shown["fastest"]]
    return shown


FORMAT = Format(
    key="speed",
    title=N_("Nhanh tay nhanh mắt"),
    settings=SETTINGS,
    mechanics=(asking.asking(open_question, judge=judge), playing_along(worth=worth), Mechanic(view=view)),
    worth=worth,
    problems=asking.problems,
)
