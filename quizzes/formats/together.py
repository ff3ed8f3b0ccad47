"""Cả hội trường: everybody answers; where enough of those who answered are right, all of them earn a bonus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Mechanic
from quizzes.mechanics import asking, bank_question
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 0, 10_000),
    "share": Setting("whole", 70, N_("Phần hội trường cần đúng để mọi người được thưởng (phần trăm)"), 1, 100),
    "bonus": Setting("points", 5, N_("Điểm thưởng cho mọi người đã trả lời"), 0, 10_000),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây)"), 5, 600),
    **asking.SETTINGS,
}


def open_question(state: Round, command: Command) -> Iterator[Event]:
    yield asking.opened(state, command, "question", state.settings["seconds"])


def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Right earns the points; all who answered earn the bonus where the hall reached its goal, wrong ones too."""
    right = sum(one.right == FULL for one in graded)
    reached = bool(graded) and 100 * right >= state.settings["share"] * len(graded)
    points, bonus = (half_points(state.settings[name]) for name in ("points", "bonus"))
    results = {}
    for one in graded:
        is_right = one.right == FULL
        half = points * is_right + bonus * reached
        if half:
            results[one.seat] = (half, FULL * is_right, rounded_us(ask.elapsed_us(one.at)) * is_right)
    more = {"reached": reached, "right": right, "of": len(graded)}
    return Judged(results, bank_question.counts(state, ask, graded), more)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The goal; after the reveal the part of the hall that was right."""
    ask = state.newest("question") if state.phase == "revealed" else None
    told = {name: ask.more[name] for name in ("reached", "right", "of")} if ask and "of" in ask.more else {}
    return {"share": state.settings["share"], "bonus": state.settings["bonus"], **told}


FORMAT = Format(
    key="together",
    title=N_("Cả hội trường"),
    settings=SETTINGS,
    mechanics=(asking.asking(open_question, judge=judge), Mechanic(view=view)),
    worth=lambda state, index: half_points(state.settings["points"]) + half_points(state.settings["bonus"]),
    problems=asking.problems,
)
