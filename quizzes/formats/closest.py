"""Ai đoán sát nhất: all guess a number that nobody can know; the closest earn points by place, equal ones share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Mechanic
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.side_by_side import by_rank
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us
from quizzes.settings.values import half_points, in_points

FEW = 3  # names shown
SETTINGS: Mapping[str, Setting] = {
    "by_rank": Setting("point_list", (50, 30, 20), N_("Điểm cho người sát nhất, nhì, ba"), 1, 10_000),
    "seconds": Setting("whole", 30, N_("Thời gian trả lời (giây)"), 5, 600),
    "change": Setting("flag", True, N_("Được đổi câu trả lời đến khi hết giờ")),
    **asking.SETTINGS,
}


def open_question(state: Round, command: Command) -> Iterator[Event]:
    yield asking.opened(state, command, "question", state.settings["seconds"], take=asking.take(state))


def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Gives points by the distance of each guess from the key; a guess that earns nothing is told wrong."""
    key = Fraction(str(state.body(ask.question)["answer"]))
    away = {one.seat: abs(Fraction(str(one.choice)) - key) for one in graded}
    steps = sorted(set(away.values()))
    halves = [half_points(one) for one in state.settings["by_rank"]]
    points = by_rank([(steps.index(far), seat) for seat, far in away.items()], halves)
    times = {one.seat: rounded_us(ask.elapsed_us(one.at)) for one in graded}
    results = {seat: (won, FULL, times[seat]) for seat, won in points.items() if won}
    return Judged(results, bank_question.counts(state, ask, graded))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The seats that came closest, after the reveal."""
    ask = state.newest("question") if state.phase == "revealed" else None
    best = sorted(((-half, seat) for seat, (half, _, _) in ask.results.items()) if ask else ())[:FEW]
    return {
        "closest": [{"seat": seat, "points": in_points(-half)} for half, seat in best],
        "seats": [seat for _, seat in best],
    }


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if question.get("type") != "number":
        yield "type", "type_unknown", N_("Đoán sát nhất chỉ hỏi câu có đáp án là số.")


FORMAT = Format(
    key="closest",
    title=N_("Ai đoán sát nhất"),
    settings=SETTINGS,
    mechanics=(asking.asking(open_question, judge=judge), Mechanic(view=view)),
    worth=lambda state, index: half_points(max(state.settings["by_rank"], default=0)),
    problems=problems,
)
