"""Phần thi chấm điểm: one after the other performs, the judges mark by criteria, what is over time is taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import HOST, SECOND, Command, Event, Setting, Viewer, whole
from quizzes.grammar import Format, Mechanic, Move, Preset
from quizzes.mechanics import asking, sheets
from quizzes.mechanics.ask import OPEN, Ask, Round
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.cast import contestants
from quizzes.mechanics.extending import MORE_S, MOST_MORE_S
from quizzes.mechanics.roll import Roll
from quizzes.mechanics.sheets import SHEET
from quizzes.mechanics.turns import in_order, turn_of, turns
from quizzes.questions.contract import localized
from quizzes.refusals import N_
from quizzes.settings.values import half_points

THEME = "performance"
AROUND_S = 240
"""Coming on, marking and reading out the marks, for each performance."""

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 3, N_("Số đội hoặc thí sinh"), 1, 50),
    **sheets.SETTINGS,
    "minutes": Setting("whole", 5, N_("Thời gian trình bày (phút, 0 là không giới hạn)"), 0, 60),
    "overtime_every": Setting("whole", 30, N_("Trừ điểm cho mỗi số giây quá giờ"), 5, 600),
    "overtime_points": Setting("points", 1, N_("Điểm trừ mỗi lần quá giờ"), 0, 100),
    **asking.SETTINGS,
}


@dataclass(frozen=True)
class Performance:
    over_us: int | None = None
    """How long over its time it was when the host said that it had ended; None until then."""
    extra_us: int = 0
    """The seconds that the host added, in microseconds."""


def next_performance(state: Round, command: Command) -> Iterator[Event]:
    """Each performs once, in the order of the places; where there are fewer themes than seats they come round again."""
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


def running(state: Round) -> Ask | None:
    """The sheet of the performance that goes on."""
    ask = state.newest(SHEET)
    return ask if ask is not None and ask.status == OPEN else None


def is_performing(state: Round) -> bool:
    return running(state) is not None and state.of(Performance).over_us is None


def end(state: Round, command: Command) -> Iterator[Event]:
    ask = running(state)
    assert ask is not None  # noqa: S101
    yield Event("performed", {"no": ask.no, "over_us": over_us(state, ask, command.at)})


def over_us(state: Round, ask: Ask, at: int) -> int:
    """The time by which a performance went over its limit, microseconds; a pause does not count."""
    limit = limit_us(state)
    return max(0, ask.elapsed_us(at) - limit) if limit else 0


def limit_us(state: Round) -> int:
    """The limit of a performance, microseconds; 0 where nothing is taken off."""
    minutes = int(state.settings["minutes"])
    return 60 * SECOND * minutes + state.of(Performance).extra_us if minutes else 0


def may_be_longer(state: Round) -> bool:
    return is_performing(state) and bool(limit_us(state))


def longer(state: Round, command: Command) -> Iterator[Event]:
    """More time for who performs."""
    seconds = whole({"seconds": MORE_S, **command.args}, "seconds", 1, MOST_MORE_S)
    yield Event("lengthened", {"us": seconds * SECOND})


def penalty(state: Round, over: int) -> int:
    """Half-points for each started stretch of overtime."""
    steps = -(-over // (SECOND * int(state.settings["overtime_every"])))
    return steps * half_points(state.settings["overtime_points"])


def take_off(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """After the marks: what overtime costs, never more than there is."""
    ask = state.asks[event.data["no"]]
    half = ask.results.get(state.cast.turn or 0, (0, 0, 0))[0]
    cost = min(half, penalty(state, state.of(Performance).over_us or 0)) if ask.kind == SHEET else 0
    if cost:
        yield Event("docked", {"no": ask.no, "seat": state.cast.turn, "half": cost})


def _opened(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Performance())


def _performed(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Performance), over_us=data["over_us"]))


def _lengthened(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Performance)
    return state.keeping(replace(kept, extra_us=kept.extra_us + data["us"]))


def _docked(state: Round, data: Mapping[str, Any]) -> Round:
    ask = state.asks[data["no"]]
    half, share, us = ask.results[data["seat"]]
    results = {**ask.results, data["seat"]: (half - data["half"], share, us)}
    return state.with_ask(replace(ask, results=results, more={**ask.more, "docked": data["half"]}))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """Return who performs what, the clock, and after the reveal every judge's sheet."""
    ask, lang = state.newest(SHEET), viewer.lang
    theme = localized(state.body()["text"], lang) if state.question >= 0 else ""
    limit = limit_us(state)
    live = ask is not None and ask.live
    ends = ask.opens_at + limit + sum(until - since for since, until in ask.gaps) if ask and live and limit else None
    seen: dict[str, Any] = {
        "theme": theme,
        "performing": is_performing(state),
        "ends_at": ends if is_performing(state) else None,
        "criteria": [
            {"name": (one["name_en"] if lang == "en" else "") or one["name"], "most": one["most"]}
            for one in state.settings["criteria"]
        ],
        "judges": len(state.cast.judges),
        "boards": [
            {"seat": seat, "score": points(state.scores.get(seat, 0)), "turn": seat == state.cast.turn}
            for seat in state.cast.order
        ],
    }
    if ask is not None and state.phase == "revealed":
        sheet = ask.more.get("marks", {})
        seen["sheets"] = [
            {"judge": number, "marks": [points(one) for one in marks], "sum": points(sum(marks))}
            for number, marks in enumerate(sheet.values(), start=1)
        ]
        seen["total"] = points(ask.results.get(state.cast.turn or 0, (0, 0, 0))[0])
        seen["docked"] = points(ask.more.get("docked", 0))
    return seen


def points(half: int) -> int | float:
    return half // 2 if half % 2 == 0 else half / 2


def most(state: Round, index: int) -> int:
    """Half-points that a whole sheet can give."""
    return sum(sheets.most_of(state))


FORMAT = Format(
    key="judged",
    title=N_("Phần thi chấm điểm"),
    settings=SETTINGS,
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    mechanics=(
        asking.asking(perform, then=next_performance, counted_in=False),
        turns(),
        sheets.sheets(of=of_the_turn),
        Mechanic(
            keeps=Performance(),
            moves={
                "open": {
                    "performed": Move(frozenset({HOST}), end, when=is_performing),
                    "extend": Move(frozenset({HOST}), longer, {"seconds": "whole"}, when=may_be_longer),
                }
            },
            after={"judged": take_off},
            changes={"opened": _opened, "performed": _performed, "lengthened": _lengthened, "docked": _docked},
            view=view,
        ),
    ),
    worth=most,
    lasts=lambda settings, questions: settings["contestants"] * (60 * settings["minutes"] + AROUND_S),
    needs_answer=False,
    own_types={THEME: N_("Phần trình bày")},
    presets={
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
    },
)
