"""Rows: questions that are picked one after another and open parts of a picture; the last may be its centre.

The first question of the round is the keyword's own, with the picture; its letters and those of the rows are counted
in public from the first pick on. A row that nobody knew stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import STAFF, Command, Event, Setting, Viewer
from quizzes.grammar import Mechanic, Move
from quizzes.mechanics import asking
from quizzes.mechanics.guess import still_in
from quizzes.mechanics.hidden_words import KEY, SHAPE, WORD, is_true_shape, is_true_word, shapes, text_of, told
from quizzes.mechanics.parts import shown
from quizzes.mechanics.picking import PICK
from quizzes.mechanics.playing_along import ALONG
from quizzes.mechanics.side_by_side import is_solved
from quizzes.refusals import N_
from quizzes.round_state.ask import JUDGED, REVEALED, VOID, Round

CENTRE: Mapping[str, Setting] = {"centre": Setting("flag", True, N_("Câu cuối là ô trung tâm"))}
LETTERS: Mapping[str, Setting] = {"show_letters": Setting("flag", True, N_("Cho biết số chữ cái"))}
MIDDLE = "centre"
"""The slot of the question behind the middle of the picture."""
CORNERS = 4
"""Parts of the picture besides its middle."""


@dataclass(frozen=True)
class Rows:
    used: tuple[int, ...] = ()
    """The questions that were picked or came by themselves, in order."""
    pickers: tuple[int, ...] = ()
    ended: bool = False
    """The keyword is told."""


def rows() -> Mechanic:
    return Mechanic(
        keeps=Rows(),
        moves={"closed": {"advance": Move(asking.BY_HOST, reveal)}},
        after={"opened": count_letters},
        changes={"ready": _used, "ended": _ended},
        reveals={SHAPE: is_true_shape, WORD: is_true_word},
        view=view,
    )


def has_centre(state: Round) -> bool:
    apart = state.setup.slots and not state.setup.slot(MIDDLE)
    return bool(state.settings["centre"]) and len(state.setup.questions) > 2 and not apart


def picked_rows(state: Round) -> range:
    """The questions of the rows that are picked."""
    return range(1, len(state.setup.questions) - has_centre(state))


def centre(state: Round) -> int | None:
    """The question of the centre."""
    return len(state.setup.questions) - 1 if has_centre(state) else None


def left(state: Round) -> list[int]:
    """The rows that nobody has picked yet."""
    return [row for row in picked_rows(state) if row not in state.of(Rows).used]


def picker(state: Round) -> int:
    """The seat that picks next, in the order of the places: who is out is passed over, the first follows the last."""
    order, had = state.cast.order, state.of(Rows).pickers
    start = order.index(had[-1]) + 1 if had else 0
    return next(seat for seat in (*order[start:], *order) if seat in still_in(state))


def announced(state: Round, command: Command, row: int) -> Event:
    ready = asking.ready(state, command)
    return Event(ready.name, {**ready.data, "question": row})


def finale(state: Round) -> Iterator[Event]:
    """The host tells the keyword; the picture lies open."""
    if state.last_no:
        yield shown(max(state.asks, default=state.last_no), WORD, text_of(state, KEY))
    yield Event("revealed", {"nos": [ask.no for ask in state.asks.values() if ask.status == JUDGED]})
    yield Event("ended", {})


def count_letters(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if event.data["kind"] == PICK and state.settings["show_letters"] and told(state, SHAPE) is None:
        yield shown(event.data["no"], SHAPE, shapes(state))


def reveal(state: Round, command: Command) -> Iterator[Event]:
    """Shows what was judged; a row that nobody knew stays hidden."""
    asked = state.newest("question")
    unknown = asked is not None and not is_solved(asked)
    hidden = {ask.no for ask in state.of_question() if ask.kind in ("question", ALONG)} if unknown else set()
    judged = [ask.no for ask in state.asks.values() if ask.status == JUDGED]
    yield Event("revealed", {"nos": [no for no in judged if no not in hidden]})


def _used(state: Round, data: Mapping[str, Any]) -> Round:
    """A row is announced once; counted in or asked again it is the same."""
    kept, row = state.of(Rows), data["question"]
    if row == KEY or row in kept.used:
        return state
    by = state.cast.turn if row in picked_rows(state) else None
    return state.keeping(replace(kept, used=(*kept.used, row), pickers=(*kept.pickers, by) if by else kept.pickers))


def _ended(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Rows), ended=True))


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
    """The parts of the picture that lie open: the four corners and the centre."""
    if state.of(Rows).ended:
        return [True] * (CORNERS + 1)
    corners = [row_state(state, index) == "open" for index in picked_rows(state)][:CORNERS]
    middle = has_centre(state) and row_state(state, len(state.setup.questions) - 1) == "open"
    return [*corners, *[False] * (CORNERS - len(corners)), middle]


def pieces(state: Round) -> list[str | None]:
    """The names of the picture's pieces that lie open; a name is told only then."""
    names = state.body(KEY).get("pieces") or []
    return [name if opened else None for name, opened in zip(names, lies_open(state), strict=False)]


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The rows, the keyword's cells and what lies open of the picture."""
    if not state.setup.questions:
        return {}
    shape, last = told(state, SHAPE), centre(state)
    return {
        "rows": [row(state, index) for index in picked_rows(state)],
        "centre": None if last is None else row(state, last),
        "keyword": {"letters": shape[KEY] if shape else [], "text": told(state, WORD) or ""},
        "pieces": pieces(state),
        "opened": lies_open(state),
        "ended": state.of(Rows).ended,
    } | ({"secret": text_of(state, KEY)} if viewer.role in STAFF else {})
