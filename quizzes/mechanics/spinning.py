"""Spinning: a wheel whose sectors are data, turned by the show's seed. Whoever has the turn spins, calls or solves.

A round of it keeps whose purse holds what. Nothing of the phrase is told but by `shown {what: letters}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import HOST, SECOND, TURN, Command, Event, Graded
from quizzes.grammar import SIDE, Clock, Judged, Kind, Mechanic, Move
from quizzes.mechanics import asking
from quizzes.mechanics.ask import FIRST, OPEN, Ask, Round, later
from quizzes.mechanics.lettering import HIDDEN, LETTERS, mask, occurs
from quizzes.mechanics.parts import VERDICT, parts_of, shown
from quizzes.mechanics.turns import turn_of
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected

OPENED, SOLVE = "letters", "solve"
LOSE, BANKRUPT, AGAIN, DOUBLE, HALF, LUCKY, GIFT = "lose", "bankrupt", "again", "double", "half", "lucky", "gift"
SPECIAL = (LOSE, BANKRUPT, AGAIN, DOUBLE, HALF, LUCKY, GIFT)
BY_PLAYER = frozenset({TURN, HOST})
"""Who has the turn, or the host for somebody without a phone in the hand."""


@dataclass(frozen=True)
class Wheel:
    purses: Mapping[int, int] = field(default_factory=dict)
    """seat -> half-points won with the phrase being played"""
    called: tuple[str, ...] = ()
    sector: str = ""
    """Where the wheel stands and a letter is waited for; "" when a spin is."""
    last: int | None = None
    """The sector it stopped at last, by its place."""
    spins: int = 0
    tickets: Mapping[int, int] = field(default_factory=dict)
    """seat -> turns it may keep after a miss"""
    until: int | None = None
    solved: int | None = None
    """Who found the phrase."""


def sectors(state: Round) -> Sequence[str]:
    return tuple(state.settings["sectors"]) or ("100",)


def hidden(state: Round) -> str:
    """The phrase being played; only for rules."""
    return str(state.body()["answer"][0])


def main_ask(state: Round) -> Ask | None:
    ask = state.newest("question")
    return ask if ask is not None and ask.status == OPEN else None


def spinning() -> Mechanic:
    return Mechanic(
        keeps=Wheel(),
        moves={
            "open": {
                "advance": Move(frozenset({HOST}), _close),
                "spin": Move(BY_PLAYER, _spin, when=may_spin),
                "call": Move(BY_PLAYER, _call, {"letter": "letter"}, awaits_letter, _some_letters),
                "solve": Move(BY_PLAYER, _solve, when=may_spin),
                "right": Move(frozenset({HOST}), _said(FULL), when=is_solving),
                "wrong": Move(frozenset({HOST}), _said(0), when=is_solving),
            }
        },
        after={"opened": _board, "judged": _solved_or_not},
        changes={
            "ready": _cleared, "turn": _turned, "spun": _spun, "called": _called, "shown": _letters_paid,
            "solved": _solved, "heard": _heard, "resumed": _resumed, "closing": _still,
        },
        kinds={SOLVE: Kind(asking.face, asking.read, asking.grade, asking.possible, _judge, part=SIDE, scored=False)},
        clocks=(Clock(lambda state: state.of(Wheel).until, _too_late),),
        reveals={OPENED: _is_the_mask},
    )  # fmt: skip


def may_spin(state: Round) -> bool:
    return main_ask(state) is not None and not state.of(Wheel).sector and not is_solving(state) and _left(state)


def awaits_letter(state: Round) -> bool:
    return main_ask(state) is not None and bool(state.of(Wheel).sector)


def is_solving(state: Round) -> bool:
    ask = state.newest(SOLVE)
    return ask is not None and ask.status == OPEN and main_ask(state) is not None


def _left(state: Round) -> bool:
    return state.cast.turn is not None and HIDDEN in str(parts_of(state).get(OPENED, ""))


# what is done


def _spin(state: Round, command: Command) -> Iterator[Event]:
    """The seed says where the wheel stops."""
    wheel, listed = state.of(Wheel), sectors(state)
    at = Draws(state.setup.seed, "wheel", state.setup.index, state.question, wheel.spins).below(len(listed))
    calls = listed[at] not in (LOSE, BANKRUPT, AGAIN, HALF, LUCKY)
    seconds = state.settings["seconds"]
    until = command.at + seconds * SECOND if calls and seconds else None
    yield Event("spun", {"seat": state.cast.turn, "sector": at, "calls": calls, "until": until})
    if listed[at] in (LOSE, BANKRUPT):
        yield _next_turn(state, command)
    elif listed[at] == LUCKY:
        yield from _open(state, command, _a_letter(state), "")


def _a_letter(state: Round) -> str:
    """One of those that are hidden, by the seed."""
    wheel = state.of(Wheel)
    still = [one for one in LETTERS if one not in wheel.called and occurs(hidden(state), one)]
    return Draws(state.setup.seed, "lucky", state.setup.index, state.question, wheel.spins).shuffled(still)[0]


def _call(state: Round, command: Command) -> Iterator[Event]:
    letter = command.args.get("letter")
    if not isinstance(letter, str) or len(letter) != 1 or letter not in LETTERS:
        raise Rejected("bad_request", argument="letter")
    if letter in state.of(Wheel).called:
        raise Rejected("not_now")
    yield from _open(state, command, letter, state.of(Wheel).sector)


def _open(state: Round, command: Command, letter: str, sector: str) -> Iterator[Event]:
    """A letter is said, the board shows where it stands; where it does not, the turn goes on."""
    ask, wheel = state.newest("question"), state.of(Wheel)
    assert ask is not None  # noqa: S101
    yield Event("called", {"seat": state.cast.turn, "letter": letter, "sector": sector})
    board = mask(hidden(state), [*wheel.called, letter])
    yield shown(ask.no, OPENED, board)
    if HIDDEN not in board:
        yield from _over(state, command)
    elif not occurs(hidden(state), letter) and not wheel.tickets.get(state.cast.turn or 0):
        yield _next_turn(state, command)


def _solve(state: Round, command: Command) -> Iterator[Event]:
    ask = state.newest("question")
    assert ask is not None  # noqa: S101
    assert state.cast.turn is not None  # noqa: S101
    yield asking.opened(
        state, command, SOLVE, state.settings["solve_seconds"], take=FIRST, only=[state.cast.turn], shown=ask.shown
    )


def _said(share: int) -> Any:
    """The host heard the phrase said aloud."""

    def run(state: Round, command: Command) -> Iterable[Event]:
        ask = state.newest(SOLVE)
        assert ask is not None  # noqa: S101
        return [Event("heard", {"no": ask.no, "share": share}), asking.closing(ask, command)]

    return run


def _close(state: Round, command: Command) -> Iterator[Event]:
    """Whoever is solving is judged first; else the phrase is over."""
    ask = state.newest(SOLVE)
    yield from [asking.closing(ask, command)] if ask and is_solving(state) else asking.close(state, command)


def _over(state: Round, command: Command) -> Iterator[Event]:
    """Everything that is open closes."""
    yield from (asking.closing(one, command) for one in state.open_asks())


def _next_turn(state: Round, command: Command) -> Event:
    order = state.cast.order
    at = order.index(state.cast.turn) if state.cast.turn in order else -1
    return turn_of(order[(at + 1) % len(order)], command)


def _too_late(state: Round, command: Command) -> Iterator[Event]:
    """No letter was called in time."""
    yield _next_turn(state, command)


def _board(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """The phrase goes up with all its letters hidden, and the first spins: with each phrase it is another."""
    if event.data["kind"] == "question" and state.cast.order:
        yield shown(event.data["no"], OPENED, mask(hidden(state), ()))
        yield turn_of(state.cast.order[state.question % len(state.cast.order)], command)


def _solved_or_not(state: Round, event: Event, command: Command) -> Iterator[Event]:
    ask = state.asks[event.data["no"]]
    if ask.kind != SOLVE or main_ask(state) is None:
        return
    right = any(share == FULL for _, share, _ in ask.results.values())
    yield shown(ask.no, VERDICT, right)
    if right:
        yield Event("solved", {"no": ask.no, "seat": state.cast.turn})
        yield from _over(state, command)
    else:
        yield _next_turn(state, command)


def _judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Typed, or heard by the host."""
    seat, heard = next(iter(ask.roll), 0), ask.more.get("heard")
    share = heard if heard is not None else max((one.right for one in graded), default=0)
    return Judged({seat: (0, share, 0)} if share == FULL else {})


def bank(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """The purses of a phrase become points when it is over; who solved it has its premium."""
    wheel = state.of(Wheel)
    premium = {wheel.solved: 2 * state.settings["solve_points"]} if wheel.solved else {}
    seats = sorted({*wheel.purses, *premium})
    results = {
        seat: (wheel.purses.get(seat, 0) + premium.get(seat, 0), FULL if seat == wheel.solved else 0, 0)
        for seat in seats
    }
    return Judged({seat: one for seat, one in results.items() if any(one)})


# what each event changes


def _cleared(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Wheel())


def _turned(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Wheel), sector="", until=None))


def _spun(state: Round, data: Mapping[str, Any]) -> Round:
    wheel, seat, sector = state.of(Wheel), data["seat"], sectors(state)[data["sector"]]
    purse = wheel.purses.get(seat, 0)
    purses = {**wheel.purses, seat: 0 if sector == BANKRUPT else purse // 2 if sector == HALF else purse}
    tickets = {**wheel.tickets, seat: wheel.tickets.get(seat, 0) + 1} if sector == AGAIN else wheel.tickets
    return state.keeping(
        replace(
            wheel, purses=purses, tickets=tickets, sector=sector if data["calls"] else "", last=data["sector"],
            spins=wheel.spins + 1, until=data["until"],
        )
    )  # fmt: skip


def _called(state: Round, data: Mapping[str, Any]) -> Round:
    wheel = state.of(Wheel)
    return state.keeping(replace(wheel, called=(*wheel.called, data["letter"])))


def _letters_paid(state: Round, data: Mapping[str, Any]) -> Round:
    """What the sector gives for each place where the letter stood; a miss costs a ticket where there is one."""
    wheel, seat = state.of(Wheel), state.cast.turn or 0
    if data["what"] != OPENED or not wheel.called or main_ask(state) is None:
        return state
    found = sum(1 for sign, before in zip(data["parts"], mask(hidden(state), wheel.called[:-1]), strict=False)
                if sign != before)  # fmt: skip
    purse, tickets = wheel.purses.get(seat, 0), dict(wheel.tickets)
    won = _won(state, wheel.sector, found, purse)
    if not found and tickets.get(seat):
        tickets[seat] -= 1
    purses = {**wheel.purses, seat: purse + won} if won else wheel.purses
    return state.keeping(replace(wheel, purses=purses, tickets=tickets, sector="", until=None))


def _won(state: Round, sector: str, found: int, purse: int) -> int:
    """Half-points."""
    if not found or not sector:
        return 0
    if sector == DOUBLE:
        return purse
    return 2 * state.settings["gift_points"] if sector == GIFT else 2 * int(sector) * found


def _solved(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Wheel), solved=data["seat"]))


def _heard(state: Round, data: Mapping[str, Any]) -> Round:
    ask = state.asks[data["no"]]
    return state.with_ask(replace(ask, more={**ask.more, "heard": data["share"]}))


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    wheel = state.of(Wheel)
    return state.keeping(replace(wheel, until=later(wheel.until, data)))


def _still(state: Round, data: Mapping[str, Any]) -> Round:
    """The phrase is over: no clock runs for a letter."""
    if state.asks[data["no"]].kind != "question":
        return state
    return state.keeping(replace(state.of(Wheel), until=None, sector=""))


def _is_the_mask(state: Round, data: Mapping[str, Any]) -> bool:
    return bool(data["parts"] == mask(hidden(state), state.of(Wheel).called))


def _some_letters(state: Round) -> Iterable[Mapping[str, Any]]:
    return [{"letter": one} for one in LETTERS if one not in state.of(Wheel).called]
