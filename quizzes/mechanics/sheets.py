"""Sheets: the judges mark one performance by criteria. What they give is exact to the half-point.

A sheet is an ask without a question, put to the judges of the room; each may change its marks until the host closes it.
A format opens one with `sheet(...)` and hears `judged`; the points go to the seat that performed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Judged, Kind, Mechanic
from quizzes.mechanics import asking
from quizzes.mechanics.boards import in_points
from quizzes.questions.contract import FULL
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import LAST, Ask, Round
from quizzes.settings.values import half_points, is_points

SHEET = "sheet"
MEAN, TRIMMED, SUM = "mean", "trimmed", "sum"
LEAST_TO_TRIM = 4  # judges from which the best and worst mark are left out

SETTINGS: Mapping[str, Setting] = {
    "criteria": Setting(
        "parts",
        (
            {"name": "Nội dung", "name_en": "Content", "most": 10},
            {"name": "Trình bày", "name_en": "Presentation", "most": 10},
        ),
        N_("Tiêu chí chấm điểm"),
        1,
        12,
        parts={
            "name": Setting("text", "", N_("Tên tiêu chí")),
            "name_en": Setting("text", "", N_("Tên tiếng Anh")),
            "most": Setting("points", 10, N_("Điểm tối đa"), 1, 100),
        },
    ),
    "marks": Setting(
        "choice",
        MEAN,
        N_("Điểm của ban giám khảo"),
        choices=(MEAN, TRIMMED, SUM),
        said=(N_("Trung bình cộng"), N_("Bỏ điểm cao nhất và thấp nhất, lấy trung bình"), N_("Tổng các giám khảo")),
    ),
}


def has_judges(state: Round) -> bool:
    """True when the room has a judge."""
    return bool(state.cast.judges)


def sheet(state: Round, command: Command, seconds: int = 0) -> Event:
    """Asks the judges for their marks. Raises ValueError when there are none."""
    if not has_judges(state):
        raise ValueError("nobody is there to mark")
    shown: list[list[Any]] = []
    return asking.opened(
        state, command, SHEET, seconds, take=LAST, only=state.cast.judges, shown=shown, asks_question=False
    )


def criteria_of(state: Round) -> dict[str, Mapping[str, Any]]:
    """Criterion -> what it is; numbered from 1 as they stand in the settings."""
    return {str(number): one for number, one in enumerate(state.settings["criteria"], start=1)}


def half_of(marks: Mapping[str, float]) -> int:
    """The sum of one judge's marks, half-points."""
    return sum(half_points(mark) for mark in marks.values())


def most_of(state: Round) -> list[int]:
    """Half-points that each criterion can give."""
    return [half_points(one["most"]) for one in state.settings["criteria"]]


def together(marks: Sequence[int], way: str) -> int:
    """Half-points of all judges as one: a mean that falls between two half-points is rounded up."""
    if not marks or way == SUM:
        return sum(marks)
    kept = sorted(marks)[1:-1] if way == TRIMMED and len(marks) >= LEAST_TO_TRIM else marks
    return -(-sum(kept) // len(kept))


def sheets(of: Callable[[Round, Ask], int | None]) -> Mechanic:
    """Makes the mechanic. `of`: the seat whose performance a sheet is about; None: nobody's."""

    def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
        seat, most = of(state, ask), sum(most_of(state))
        half = together([half_of(one.choice) for one in graded], state.settings["marks"])
        marks = {
            str(one.seat): [half_points(one.choice[key]) for key in criteria_of(state)]
            for one in sorted(graded, key=lambda one: one.seat)
        }
        share = min(FULL, FULL * half // most) if most and graded else 0
        results = {seat: (half, share, 0)} if seat is not None and graded else {}
        return Judged(results, more={"marks": marks, "of": seat})

    return Mechanic(kinds={SHEET: Kind(_face, _read, _grade, _possible, judge)}, view=view)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The criteria and how many judges there are; after the reveal every judge's sheet, and what they make together."""
    ask = state.newest(SHEET)
    criteria = [{"name": _name(one, viewer.lang), "most": one["most"]} for one in state.settings["criteria"]]
    seen: dict[str, Any] = {"criteria": criteria, "judges": len(state.cast.judges)}
    if ask is not None and state.phase == "revealed":
        seen["sheets"] = [
            {"judge": number, "marks": [in_points(one) for one in marks], "sum": in_points(sum(marks))}
            for number, marks in enumerate(ask.more.get("marks", {}).values(), start=1)
        ]
        seen["total"] = in_points(ask.results.get(ask.more.get("of") or 0, (0, 0, 0))[0])
    return seen


def _name(criterion: Mapping[str, Any], lang: str) -> str:
    return str((criterion["name_en"] if lang == "en" else "") or criterion["name"])


def _face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    criteria = [{"id": key, "name": _name(one, lang), "most": one["most"]} for key, one in criteria_of(state).items()]
    return {"type": SHEET, "text": "", "options": [], "criteria": criteria}


def _read(state: Round, ask: Ask, raw: Any) -> dict[str, Any]:
    """Reads a mark for each criterion, as people write it."""
    criteria = criteria_of(state)
    if not isinstance(raw, Mapping) or raw.keys() != criteria.keys():
        raise Rejected("bad_choice")
    if not all(is_points(raw[key], 0, one["most"]) for key, one in criteria.items()):
        raise Rejected("bad_choice")
    return {key: raw[key] for key in criteria}


def _grade(state: Round, ask: Ask, choice: Any) -> int:
    most = sum(most_of(state))
    return FULL * half_of(choice) // most if most else 0


def _possible(state: Round, ask: Ask) -> list[Any]:
    most = {key: one["most"] for key, one in criteria_of(state).items()}
    return [most, dict.fromkeys(most, 0), dict.fromkeys(most, 0.5)]
