"""Vượt chướng ngại vật: rows open corners of a picture; who says the keyword first wins, who says a wrong one is out.

The first question of the round is the keyword's own, with the picture; then the rows, and last the centre.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import STAFF, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Move, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.ask import JUDGED, REVEALED, VOID, Round
from quizzes.mechanics.boards import boards
from quizzes.mechanics.cast import contestants
from quizzes.mechanics.guess import Guess
from quizzes.mechanics.hidden_words import KEY, SHAPE, WORD, is_true_shape, is_true_word, shapes, text_of, told
from quizzes.mechanics.keyword import is_over, keyword, keyword_stands, last_seconds, standing, still_in
from quizzes.mechanics.parts import parts, shown
from quizzes.mechanics.picking import PICK, pick, picking
from quizzes.mechanics.playing_along import ALONG, ALONG_SETTING, playing_along
from quizzes.mechanics.side_by_side import answers, is_solved, judged_full, quoted
from quizzes.mechanics.turns import turn_of, turns
from quizzes.refusals import N_

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "points": Setting("whole", 10, N_("Điểm cho một hàng ngang đúng"), 1, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian trả lời một hàng ngang (giây)"), 1, 600),
    "keyword_points": Setting("numbers", (60, 50, 40, 30, 20), N_("Điểm từ khóa theo số hàng ngang đã mở"), 1, 10_000),
    "centre": Setting("flag", True, N_("Câu cuối là ô trung tâm")),
    "last_seconds": Setting("whole", 15, N_("Thời gian đoán từ khóa sau câu cuối (giây)"), 1, 600),
    "answer_seconds": Setting("whole", 15, N_("Thời gian nói từ khóa sau khi bấm chuông (giây)"), 0, 600),
    "show_letters": Setting("flag", True, N_("Cho biết số chữ cái")),
    "change": replace(asking.CHANGE, default=True),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip
PRESETS = {
    "eighty": Preset(N_("Kiểu từ khóa 80, 60, 40, 20 điểm"), {"keyword_points": [80, 60, 40, 20], "centre": False})
}
CORNERS = 4  # parts of the picture besides its middle


@dataclass(frozen=True)
class Rows:
    used: tuple[int, ...] = ()
    """The questions that were picked or came by themselves, in order."""
    pickers: tuple[int, ...] = ()
    ended: bool = False
    """The keyword is told."""


def has_centre(state: Round) -> bool:
    return bool(state.settings["centre"]) and len(state.setup.questions) > 2


def rows(state: Round) -> range:
    """The questions of the rows that are picked."""
    return range(1, len(state.setup.questions) - has_centre(state))


def worth(state: Round) -> int:
    """Half-points of the keyword now: the fewer rows were asked, the more."""
    points, used = state.settings["keyword_points"] or [20], len(state.of(Rows).used)
    last = len(points) - 1
    at = last if has_centre(state) and used >= len(state.setup.questions) - 1 else max(0, used - 1)
    return 2 * int(points[min(at, last)])


def picker(state: Round) -> int:
    """Each in the order of the places; who is out is passed over, and the first follows the last."""
    order, had = state.cast.order, state.of(Rows).pickers
    start = order.index(had[-1]) + 1 if had else 0
    return next(seat for seat in (*order[start:], *order) if seat in still_in(state))


def onward(state: Round, command: Command) -> Iterator[Event]:
    """A row is picked, the centre follows, the last seconds run; then the keyword is told."""
    kept, guess = state.of(Rows), state.of(Guess)
    left = [row for row in rows(state) if row not in kept.used]
    if not state.cast.order or kept.ended or not state.setup.questions:
        yield Event("done")
    elif is_over(state) or (guess.last and not left):
        yield from finale(state)
    elif left:
        yield turn_of(picker(state), command)
        yield Event("ready", {"question": KEY, "until": None})
    elif has_centre(state) and len(state.setup.questions) - 1 not in kept.used:
        yield announced(state, command, len(state.setup.questions) - 1)
    elif standing(state) is None:
        yield from finale(state)
    else:
        yield from last_seconds(state, command, state.settings["last_seconds"])


def announced(state: Round, command: Command, row: int) -> Event:
    ready = asking.ready(state, command)
    return Event(ready.name, {**ready.data, "question": row})


def finale(state: Round) -> Iterator[Event]:
    """The host tells the keyword; the picture lies open."""
    if state.last_no:
        yield shown(max(state.asks, default=state.last_no), WORD, text_of(state, KEY))
    yield Event("revealed", {"nos": [ask.no for ask in state.asks.values() if ask.status == JUDGED]})
    yield Event("ended", {})


def let_pick(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if event.data["question"] == KEY and not state.of(Rows).ended and not is_over(state):
        yield pick(state, command, [str(row) for row in rows(state) if row not in state.of(Rows).used])


def after_opening(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Makes all lengths public from the first pick on and, with a row, opens the buzzer for the keyword."""
    kind = event.data["kind"]
    if kind == PICK and state.settings["show_letters"] and told(state, SHAPE) is None:
        yield shown(event.data["no"], SHAPE, shapes(state))
    if kind == "question":
        yield from keyword_stands(state, command)


def picked(state: Round, event: Event, command: Command) -> Iterator[Event]:
    yield announced(state, command, int(event.data["choice"]))


def ask_the_rest(state: Round, command: Command) -> Iterator[Event]:
    if state.question == KEY:  # a pick that was taken back
        yield from let_pick(state, Event("ready", {"question": KEY}), command)
    elif still_in(state):
        yield asking.opened(
            state, command, "question", state.settings["seconds"], take=asking.take(state), only=still_in(state)
        )
    else:
        yield from finale(state)


def reveal(state: Round, command: Command) -> Iterator[Event]:
    """A row that nobody knew stays hidden; all else that was judged is shown."""
    asked = state.newest("question")
    unknown = asked is not None and not is_solved(asked)
    hidden = {ask.no for ask in state.of_question() if ask.kind in ("question", ALONG)} if unknown else set()
    judged = [ask.no for ask in state.asks.values() if ask.status == JUDGED]
    yield Event("revealed", {"nos": [no for no in judged if no not in hidden]})


def used(state: Round, data: Mapping[str, Any]) -> Round:
    """A row is announced once; counted in or asked again it is the same."""
    kept, row = state.of(Rows), data["question"]
    if row == KEY or row in kept.used:
        return state
    by = state.cast.turn if row in rows(state) else None
    return state.keeping(replace(kept, used=(*kept.used, row), pickers=(*kept.pickers, by) if by else kept.pickers))


def ended(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Rows), ended=True))


# the views


def row_state(state: Round, index: int) -> str:
    """ "open" once somebody knew it, "dead" if nobody did, "now" while it is asked, else hidden."""
    asks = [ask for ask in state.asks.values() if ask.during == index and ask.kind == "question" and ask.status != VOID]
    newest = asks[-1] if asks else None
    if newest is not None and newest.status == REVEALED and is_solved(newest):
        return "open"
    if index == state.question and state.phase != "revealed":
        return "now"
    return "dead" if newest is not None and not newest.live else "hidden"


def row(state: Round, index: int) -> dict[str, Any]:
    now, shape = row_state(state, index), told(state, SHAPE)
    return {
        "n": index,
        "state": now,
        "letters": shape[index] if shape else [],
        "text": text_of(state, index) if now == "open" else "",
    }


def lies_open(state: Round) -> list[bool]:
    """Tell which of the four corners and the centre lie open."""
    if state.of(Rows).ended:
        return [True] * (CORNERS + 1)
    corners = [row_state(state, index) == "open" for index in rows(state)][:CORNERS]
    middle = has_centre(state) and row_state(state, len(state.setup.questions) - 1) == "open"
    return [*corners, *[False] * (CORNERS - len(corners)), middle]


def pieces(state: Round) -> list[str | None]:
    """The names of the picture's pieces that lie open; a name is told only then."""
    names = state.body(KEY).get("pieces") or []
    return [name if opened else None for name, opened in zip(names, lies_open(state), strict=False)]


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The rows, the keyword's cells, what lies open of the picture, and the answers to the present row."""
    if not state.setup.questions:
        return {}
    kept, shape = state.of(Rows), told(state, SHAPE)
    asked = state.newest("question")
    return {
        "rows": [row(state, index) for index in rows(state)],
        "centre": row(state, len(state.setup.questions) - 1) if has_centre(state) else None,
        "keyword": {"letters": shape[KEY] if shape else [], "text": told(state, WORD) or ""},
        "pieces": pieces(state),
        "opened": lies_open(state),
        "worth": worth(state) // 2,
        "ended": kept.ended,
        "last": state.of(Guess).last,
        "bell": standing(state) is not None,
        "answers": answers(state, asked, viewer),
    } | ({"secret": text_of(state, KEY)} if viewer.role in STAFF else {})


FORMAT = Format(
    key="obstacle",
    title=N_("Vượt chướng ngại vật"),
    settings=SETTINGS,
    presets=PRESETS,
    mechanics=(
        asking.asking(ask_the_rest, then=onward, judge=judged_full),
        turns(),
        picking(),
        parts(),
        playing_along(worth=lambda state, index: 2 * state.settings["points"]),
        keyword(worth, seconds=lambda state: state.settings["answer_seconds"]),
        boards(),
        Mechanic(
            keeps=Rows(),
            moves={"closed": {"advance": Move(asking.BY_HOST, reveal)}},
            after={"ready": let_pick, "opened": after_opening, "picked": picked},
            changes={"ready": used, "ended": ended},
            reveals={SHAPE: is_true_shape, WORD: is_true_word},
            view=view,
        ),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    hides_picture=True,
    keeps_contestants=True,
    problems=asking.problems,
    quotes=lambda state, viewer: quoted(state, state.newest("question"), viewer),
)
