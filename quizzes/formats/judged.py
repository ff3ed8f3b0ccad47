"""Phần thi chấm điểm: one after the other performs, the judges mark by criteria, what is over time is taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking, performing, sheets
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import boards
from quizzes.mechanics.sheets import SHEET
from quizzes.mechanics.turns import in_order, turn_of, turns
from quizzes.questions.contract import localized
from quizzes.refusals import N_
from quizzes.round_state.ask import Ask, Round
from quizzes.round_state.cast import contestants
from quizzes.round_state.roll import Roll

THEME = "performance"
AROUND_S = 240
"""Coming on, marking and reading out the marks, for each performance."""

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 3, N_("Số đội hoặc thí sinh"), 1, 50),
    **sheets.SETTINGS,
    **performing.SETTINGS,
    **asking.SETTINGS,
}
PRESETS = {
    "greeting": Preset(
        N_("Kiểu chào hỏi: ba phút, bỏ điểm cao nhất và thấp nhất"),
        {
            "minutes": 3,
            "marks": "trimmed",
            "criteria": [
                {"name": "Nội dung", "name_en": "Content", "most": 10},
                {"name": "Hình thức", "name_en": "Form", "most": 10},
            ],
        },
    ),
    "sketch": Preset(
        N_("Kiểu tiểu phẩm: bảy phút, bốn tiêu chí"),
        {
            "minutes": 7,
            "marks": "trimmed",
            "criteria": [
                {"name": "Kịch bản", "name_en": "Script", "most": 10},
                {"name": "Diễn xuất", "name_en": "Acting", "most": 10},
                {"name": "Tuyên truyền", "name_en": "Message", "most": 15},
                {"name": "Trang phục, đạo cụ", "name_en": "Costumes and props", "most": 5},
            ],
        },
    ),
}


def next_performance(state: Round, command: Command) -> Iterator[Event]:
    """Lets each seat perform once, in the order of the places. Where there are fewer themes than seats, they come
    round again."""
    waiting = in_order(state)
    if not waiting:
        yield Event("done")
        return
    at = state.cast.order.index(waiting[0]) % len(state.setup.questions)
    yield turn_of(waiting[0], command)
    yield Event("ready", {**ready(state, command).data, "question": at})


def perform(state: Round, command: Command) -> Iterator[Event]:
    """The judges have their sheets from the beginning, and change them until the host closes."""
    told = (
        sheets.sheet(state, command)
        if sheets.has_judges(state)
        else opened(state, command, SHEET, 0, shown=[], roll=Roll(), asks_question=False)
    )
    yield Event(told.name, {**told.data, "question": state.question})


def of_the_turn(state: Round, ask: Ask) -> int | None:
    return state.cast.turn


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {"theme": localized(state.body()["text"], viewer.lang) if state.question >= 0 else ""}


def most(state: Round, index: int) -> int:
    """Half-points that a whole sheet can give."""
    return sum(sheets.most_of(state))


FORMAT = Format(
    key="judged",
    ground="lake",
    title=N_("Phần thi chấm điểm"),
    settings=SETTINGS,
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    mechanics=(
        asking.asking(perform, then=next_performance, counted_in=False),
        turns(),
        sheets.sheets(of=of_the_turn),
        performing.performing(),
        boards(),
        Mechanic(view=view),
    ),
    worth=most,
    lasts=lambda settings, questions: settings["contestants"] * (60 * settings["minutes"] + AROUND_S),
    needs_answer=False,
    own_types={THEME: N_("Phần trình bày")},
    presets=PRESETS,
)
