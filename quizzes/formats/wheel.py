"""Quay nón đoán chữ: contestants spin a wheel and call letters of a hidden phrase; whoever knows it solves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, pi, sin
from typing import Any

from quizzes.engine import HOST, MC, STAGE, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.asking import opened
from quizzes.mechanics.lettering import size
from quizzes.mechanics.parts import parts, parts_of
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.spinning import SOLVE, bank, is_solving, may_spin, spinning
from quizzes.mechanics.turns import turns
from quizzes.mechanics.wheel import OPENED, SPECIAL, Wheel, sectors
from quizzes.refusals import N_
from quizzes.round_state.ask import JUDGED, Round
from quizzes.round_state.cast import contestants
from quizzes.round_state.roll import Roll
from quizzes.settings.values import half_points

LONGEST, LEAST = 60, 4
"""The longest phrase, characters, and the fewest letters in one."""
PHRASE_S = 360
"""A phrase takes about a dozen spins and calls."""
POINTS = ("100", "200", "300", "400", "500", "600", "700", "800", "900")
SECTORS = (
    "100", "500", "lose", "300", "800", "again", "200", "600", "double", "400", "bankrupt", "700", "lucky", "900",
    "half", "gift",
)  # fmt: skip
"""Around the wheel."""
NAMES = {
    "lose": N_("Mất lượt"),
    "bankrupt": N_("Mất điểm"),
    "again": N_("Thêm lượt"),
    "double": N_("Nhân đôi"),
    "half": N_("Chia đôi"),
    "lucky": N_("May mắn"),
    "gift": N_("Phần thưởng"),
}

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 3, N_("Số thí sinh"), 1, 10),
    "sectors": Setting(
        "choices", SECTORS, N_("Các ô trên nón"), choices=(*POINTS, *SPECIAL),
        said=(*POINTS, *(NAMES[one] for one in SPECIAL)), in_order=True,
    ),
    "seconds": Setting("whole", 15, N_("Thời gian gọi chữ (giây, 0 là không giới hạn)"), 0, 120),
    "solve_seconds": Setting("whole", 20, N_("Thời gian giải ô chữ (giây)"), 5, 120),
    "solve_points": Setting("points", 500, N_("Điểm thưởng cho người giải được ô chữ"), 0, 10_000),
    "gift_points": Setting("points", 1000, N_("Điểm của ô phần thưởng"), 0, 10_000),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip


def the_phrase_goes_up(state: Round, command: Command) -> Iterator[Event]:
    """Puts the phrase up. It is asked of nobody: it stands until it is solved, or the host ends it."""
    yield opened(state, command, "question", 0, roll=Roll())


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The board, the letters that were called, the wheel, and what the purses hold."""
    wheel = state.of(Wheel)
    rows = [
        {
            "seat": seat,
            "score": points(state.scores.get(seat, 0)),
            "purse": points(wheel.purses.get(seat, 0)),
            "ticket": wheel.tickets.get(seat, 0),
            "turn": seat == state.cast.turn,
        }
        for seat in state.cast.order
    ]
    seen: dict[str, Any] = {
        "board": parts_of(state).get(OPENED, ""),
        "called": list(wheel.called),
        "purses": rows,
        "spins": wheel.spins,
        "stopped": sectors(state)[wheel.last] if wheel.last is not None else "",
        "sector": wheel.sector,
        "call_by": wheel.until,
        "solving": is_solving(state),
        "may_spin": may_spin(state),
        "solved": wheel.solved,
        "said": said(state),
    }
    return seen | (drawn(state) if viewer.role in (STAGE, HOST, MC) else {})


def said(state: Round) -> list[dict[str, Any]]:
    """The solution that was wrong; one that was right is said by the phrase."""
    ask = state.newest(SOLVE)
    if ask is None or ask.status != JUDGED or ask.results or state.phase != "open":
        return []
    return [{"no": ask.no, "seat": next(iter(ask.roll), 0), "right": False, "points": 0}]


def drawn(state: Round) -> dict[str, Any]:
    """The wheel as a picture: its sectors, the corner of one of them, and how far it has turned."""
    listed, wheel = sectors(state), state.of(Wheel)
    corner = [round(100 * sin(pi / len(listed)), 2), round(100 * cos(pi / len(listed)), 2)]
    turned = -360 * (wheel.last or 0) / len(listed)
    return {"sectors": list(listed), "corner": corner, "turned": round(turned, 2)}


def points(half: int) -> int | float:
    return half // 2 if half % 2 == 0 else half / 2


def worth(state: Round, index: int) -> int:
    return half_points(state.settings["solve_points"])


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yields what keeps a question from this wheel: it is typed, and its first answer is the phrase on the board."""
    if question.get("type") != "text":
        yield "type", "type_unknown", N_("Chiếc nón chỉ dùng câu hỏi gõ chữ: đáp án thứ nhất là ô chữ.")
        return
    answer = question.get("answer")
    text = answer[0] if isinstance(answer, (list, tuple)) and answer and isinstance(answer[0], str) else ""
    if not size(text) >= LEAST or len(text) > LONGEST:
        yield "answer", "phrase_size", N_("Ô chữ cần ít nhất 4 chữ cái và nhiều nhất 60 ký tự.")


FORMAT = Format(
    key="wheel",
    lasts=lambda settings, questions: PHRASE_S * questions,
    title=N_("Quay nón đoán chữ"),
    settings=SETTINGS,
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    mechanics=(
        asking.asking(the_phrase_goes_up, judge=bank, waits=True),
        turns(),
        parts(),
        playing_along(worth=worth),
        spinning(),
        Mechanic(view=view),
    ),
    worth=worth,
    presets={
        "kind": Preset(
            N_("Kiểu nhẹ nhàng: không mất điểm, không mất lượt"),
            {"sectors": [one for one in SECTORS if one not in ("lose", "bankrupt", "half")]},
        ),
        "points": Preset(N_("Kiểu chỉ có ô điểm"), {"sectors": list(POINTS)}),
    },
    problems=problems,
)
