"""Rung chuông vàng: all on the floor answer; wrong, late or silent is out; whoever is left rings the bell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizzes.engine import HOST, PLAYER, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.asking import next_question, opened
from quizzes.mechanics.elimination import Fallen, alive, elimination, not_right, slower_than
from quizzes.mechanics.pairs import pairing, with_partners
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.rescue import (
    ask_the_fallen,
    is_rescue,
    last_to_fall,
    of_each_unit,
    rescue_by_count,
    rescue_by_question,
    rescue_question,
)
from quizzes.mechanics.reserves import reserves, with_reserves
from quizzes.mechanics.yard import by_survival, yard
from quizzes.refusals import N_
from quizzes.round_state.ask import REVEALED, Ask, Round
from quizzes.round_state.cast import the_room_plays
from quizzes.settings.values import half_points

NEVER, COUNT, QUESTION, UNITS = "never", "count", "question", "units"
SURVIVAL, POINTS = "survival", "points"

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian trả lời (giây)"), 1, 3600),
    "rescue": Setting(
        "choice",
        QUESTION,
        N_("Cứu trợ"),
        choices=(QUESTION, COUNT, UNITS, NEVER),
        said=(
            N_("Bằng một câu hỏi riêng"),
            N_("Theo số người trò chơi phụ giành được"),
            N_("Mỗi đơn vị cùng một số người"),
            N_("Không cứu trợ"),
        ),
    ),
    "rescue_after": Setting("whole", 10, N_("Cứu trợ sau câu số (0: chỉ khi sàn không còn ai)"), 0, 500),
    "rescue_most": Setting("whole", 0, N_("Số người trở lại nhiều nhất (0 là không giới hạn)"), 0, 5000),
    "rescues": Setting("whole", 1, N_("Số lần cứu trợ nhiều nhất"), 1, 10),
    "cut_at": Setting("numbers", (), N_("Các câu sàng lọc"), 1, 500),
    "cut_to": Setting("whole", 30, N_("Số người nhanh nhất còn lại sau câu sàng lọc"), 1, 5000),
    "ranking": Setting("choice", SURVIVAL, N_("Xếp hạng theo"), choices=(SURVIVAL, POINTS)),
    "bell_at": Setting("whole", 1, N_("Rung chuông khi còn số người"), 1, 100),
    "bell_question": Setting("whole", 0, N_("Câu rung chuông (0: chỉ theo số người còn lại)"), 0, 500),
    "bell_fastest": Setting("flag", False, N_("Câu rung chuông: chỉ người đúng nhanh nhất ở lại")),
    "unit_quota": Setting("whole", 0, N_("Mỗi đơn vị được trở lại nhiều nhất (0 là không giới hạn)"), 0, 1000),
    "pairs_at": Setting("numbers", (), N_("Các câu ghép đôi"), 1, 500),
    "places": Setting("whole", 0, N_("Số chỗ trên sàn (0: tất cả; người sau là dự bị)"), 0, 5000),
    "reserves_from": Setting("whole", 1, N_("Dự bị vào sân từ sau câu số"), 1, 500),
    "unit_left": Setting("whole", 2, N_("Dự bị vào khi đơn vị còn số người"), 0, 1000),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}
PRESETS = {
    "standing": Preset(N_("Kiểu đứng ngồi: đúng sai trong năm giây"), {"seconds": 5, "rescue": NEVER}),
    "ward": Preset(
        N_("Kiểu cấp phường: mười giây, hai câu sàng lọc"), {"seconds": 10, "cut_at": [15, 20], "cut_to": 10}
    ),
    "reserves": Preset(
        N_("Kiểu có dự bị: mười giây, đơn vị còn hai người thì dự bị vào từ câu 20"),
        {"seconds": 10, "rescue": NEVER, "places": 225, "reserves_from": 20, "unit_left": 2},
    ),
    "school": Preset(N_("Kiểu trường học: mười lăm giây, trò chơi phụ cứu trợ"), {"rescue": COUNT}),
}


def ask_the_floor(state: Round, command: Command) -> Iterator[Event]:
    """Those who are out stay seated: only players are asked, or in a rescue only the others."""
    seconds = state.settings["seconds"]
    yield (
        ask_the_fallen(state, command, seconds)
        if is_rescue(state)
        else opened(state, command, "question", seconds, to=[PLAYER])
    )


def falls(state: Round, ask: Ask) -> Iterable[int]:
    """The seats that fall: those that were not right, and at a cut those that were right too slowly; so, too, at the
    bell, where the fastest decides."""
    yield from with_partners(state, ask, not_right(ask))
    if ask.during + 1 in state.settings["cut_at"]:
        yield from slower_than(state.settings["cut_to"], ask)
    if state.settings.get("bell_fastest") and is_bell(state, ask.during, len(ask.roll)):
        yield from slower_than(1, ask)


def rescue_is_due(state: Round, way: str) -> bool:
    """True when the floor is to be rescued now: after the question the script names, or earlier when nobody is left;
    as often as the script allows."""
    fallen, settings = state.of(Fallen), state.settings
    due = state.question + 1 == settings["rescue_after"] or not alive(state)
    return settings["rescue"] == way and due and bool(fallen.at) and fallen.rescues < settings["rescues"]


def called_back_is_due(state: Round) -> bool:
    return any(rescue_is_due(state, way) for way in (COUNT, UNITS))


def called_back(state: Round, count: int) -> list[int]:
    """The seats the host calls back: `count` of the whole floor, or of each unit."""
    return (of_each_unit if state.settings["rescue"] == UNITS else last_to_fall)(state, count)


def has_rung(state: Round) -> bool:
    """True when so few stood at a question that it was the bell's."""
    last = state.newest("question")
    return last is not None and last.status == REVEALED and is_bell(state, last.during, len(last.roll))


def is_bell(state: Round, question: int, standing: int) -> bool:
    """True for the question that the script names as the bell, and for any once so few stand."""
    by_number = question + 1 == state.settings.get("bell_question", 0)
    return bool(by_number or standing <= state.settings["bell_at"])


def is_of_pairs(state: Round, ask: Ask) -> bool:
    return ask.during + 1 in state.settings.get("pairs_at", ())


def next_or_bell(state: Round, command: Command) -> Iterator[Event]:
    """Asks the floor again, or those who are out, until the bell has rung or nobody stands."""
    asks_more = state.question + 1 < len(state.setup.questions)
    if has_rung(state):
        yield Event("done")
    elif asks_more and rescue_is_due(state, QUESTION) and not is_rescue(state):
        yield from rescue_question(state, command)
    else:
        yield from next_question(state, command) if alive(state) else [Event("done")]


def places(state: Round) -> Mapping[int, int]:
    return {} if state.settings["ranking"] == POINTS else by_survival(state)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The bell, and what the host may call back."""
    standing, now = alive(state), state.phase in ("ready", "open")
    floor: dict[str, Any] = {
        "rung": has_rung(state),
        "bell": standing > 0 and is_bell(state, state.question, standing) and not is_rescue(state),
        "pairs": now and state.question + 1 in state.settings.get("pairs_at", ()),
    }
    if now and state.question + 1 in state.settings["cut_at"] and not is_rescue(state):
        floor["cut_to"] = state.settings["cut_to"]
    if viewer.role == HOST and state.settings["rescue"] == UNITS:
        floor["of_each"] = state.settings["unit_quota"]
    return floor


FORMAT = Format(
    key="golden_bell",
    ground="bronze",
    title=N_("Rung chuông vàng"),
    settings=SETTINGS,
    cast=lambda setup: with_reserves(the_room_plays(setup), setup.settings.get("places", 0)),
    mechanics=(
        asking.asking(ask_the_floor, then=next_or_bell),
        pairing(is_of_pairs),
        elimination(falls),
        rescue_by_question(most=lambda state: state.settings["rescue_most"]),
        rescue_by_count(when=called_back_is_due, who=called_back),
        playing_along(worth=lambda state, index: half_points(state.settings["points"])),
        reserves(),
        yard(),
        Mechanic(view=view),
    ),
    presets=PRESETS,
    problems=asking.problems,
    places=places,
    ranks_by=N_("Ai ở lại sàn lâu hơn đứng trên; rồi đến điểm, số câu đúng và thời gian."),
)
