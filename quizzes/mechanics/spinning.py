"""Spinning: a wheel whose sectors are data, turned by the show's seed. The seat of the turn spins, calls or solves.

A round of it keeps whose purse holds what. Nothing of the phrase is told but by `shown {what: letters}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.anew import Anew
from quizzes.draws import Draws
from quizzes.engine import HOST, SECOND, TURN, Command, Event, Graded
from quizzes.grammar import SIDE, Clock, Judged, Mechanic, Move, Results
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.lettering import HIDDEN, LETTERS, mask, occurs
from quizzes.mechanics.parts import VERDICT, parts_of, shown
from quizzes.mechanics.turns import turn_of
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.mechanics.wheel import (
    AGAIN,
    BANKRUPT,
    CHANGES,
    HALF,
    LOSE,
    LUCKY,
    OPENED,
    Wheel,
    has_time,
    hidden,
    main_ask,
    more_time,
    phrase_is_known,
    sectors,
)
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import FIRST, JUDGED, OPEN, REVEALED, Ask, Result, Round
from quizzes.settings.values import half_points

SOLVE = "solve"
BY_PLAYER = frozenset({TURN, HOST})
"""The givers of a spinner's commands: the seat of the turn, or the host for a player who holds no phone."""


def spinning() -> Mechanic:
    return Mechanic(
        keeps=Wheel(),
        moves={
            "open": {
                "advance": Move(frozenset({HOST}), _close),
                "spin": Move(BY_PLAYER, _spin, when=may_spin),
                "call": Move(BY_PLAYER, _call, {"letter": "letter"}, awaits_letter, _some_letters),
                "solve": Move(BY_PLAYER, _solve, when=may_spin),
                "right": Move(frozenset({HOST}), _ruled(FULL), when=is_solving),
                "wrong": Move(frozenset({HOST}), _ruled(0), when=is_solving),
                "extend": Move(frozenset({HOST}), more_time, {"seconds": "whole"}, when=has_time),
            }
        },
        after={"opened": _board, "judged": _solved_or_not, CORRECTED: _ruled_anew},
        changes=CHANGES,
        corrects=_corrects,
        anew=Anew(stands=phrase_is_known),
        kinds={SOLVE: A_SOLUTION},
        clocks=(Clock(lambda state: state.of(Wheel).until, lambda state, command: [_next_turn(state, command)]),),
        reveals={OPENED: _is_the_mask},
    )


def may_spin(state: Round) -> bool:
    return main_ask(state) is not None and not state.of(Wheel).sector and not is_solving(state) and _left(state)


def awaits_letter(state: Round) -> bool:
    return main_ask(state) is not None and bool(state.of(Wheel).sector)


def is_solving(state: Round) -> bool:
    ask = state.newest(SOLVE)
    return ask is not None and ask.status == OPEN and main_ask(state) is not None


def _left(state: Round) -> bool:
    return state.cast.turn is not None and HIDDEN in str(parts_of(state).get(OPENED, ""))


# the moves


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
    """Calls a letter: the board shows its places; when it has none, the turn goes on."""
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


def _ruled(share: int) -> Any:
    """The host heard the phrase said aloud."""

    def run(state: Round, command: Command) -> Iterable[Event]:
        ask = state.newest(SOLVE)
        assert ask is not None  # noqa: S101
        return [Event("heard", {"no": ask.no, "share": share}), asking.closing(ask, command)]

    return run


def _close(state: Round, command: Command) -> Iterator[Event]:
    """Judge whoever is solving first; else the phrase is over."""
    ask = state.newest(SOLVE)
    yield from [asking.closing(ask, command)] if ask and is_solving(state) else asking.close(state, command)


def _over(state: Round, command: Command) -> Iterator[Event]:
    """Everything that is open closes."""
    yield from (asking.closing(one, command) for one in state.open_asks())


def _next_turn(state: Round, command: Command) -> Event:
    order = state.cast.order
    at = order.index(state.cast.turn) if state.cast.turn in order else -1
    return turn_of(order[(at + 1) % len(order)], command)


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
    return Judged(_banked(state, wheel.purses, wheel.solved))


def _banked(state: Round, purses: Mapping[int, int], solved: int | None) -> dict[int, Result]:
    premium = {solved: half_points(state.settings["solve_points"])} if solved else {}
    seats = sorted({*purses, *premium})
    results = {seat: (purses.get(seat, 0) + premium.get(seat, 0), FULL if seat == solved else 0, 0) for seat in seats}
    return {seat: one for seat, one in results.items() if any(one)}


def _ruled_on(state: Round, ask: Ask) -> list[int]:
    return list(ask.roll) if ask.no in state.of(Wheel).heard and ask.status in (JUDGED, REVEALED) else []


A_SOLUTION = bank_question.asked(_judge, part=SIDE, scored=False, verdicts=_ruled_on)


def _corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
    """Corrects a verdict, and the points of its phrase when they were given already: by the purses of that moment."""
    if ask.kind != SOLVE:
        return so_far
    asked = [one for one in state.of_question(ask.during) if one.kind == "question"]
    banked = _banked(state, state.of(Wheel).heard[ask.no], seat if right else None)
    phrase = {one.no: banked for one in asked if one.status in (JUDGED, REVEALED)}
    return {**so_far, ask.no: {seat: (0, FULL, 0)} if right else {}, **phrase}


def _ruled_anew(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Ends the phrase, which was found after all; or goes on with it, in the next turn, when it was not."""
    ask, phrase = state.asks[event.data["no"]], state.newest("question")
    if ask.kind != SOLVE or ask.during != state.question or state.phase not in ("open", "closed"):
        return
    yield shown(ask.no, VERDICT, event.data["right"])
    if event.data["right"]:
        yield turn_of(event.data["seat"], command)
        yield from _over(state, command)
    elif phrase is not None and phrase.status != OPEN:
        yield Event("reopened", {"no": phrase.no})
        yield _next_turn(state, command)


def _is_the_mask(state: Round, data: Mapping[str, Any]) -> bool:
    return bool(data["parts"] == mask(hidden(state), state.of(Wheel).called))


def _some_letters(state: Round) -> Iterable[Mapping[str, Any]]:
    return [{"letter": one} for one in LETTERS if one not in state.of(Wheel).called]
