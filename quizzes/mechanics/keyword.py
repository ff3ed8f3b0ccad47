"""The keyword: beside whatever is asked, a buzzer stands open; the clock waits while somebody says the keyword.

Wrong is out of the round. Nothing else is closed by it: a standing ask has no part in the way of a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from quizzes.anew import Anew
from quizzes.engine import CLOCK, HOST, JUDGE, OUT, SECOND, Command, Event, Viewer
from quizzes.grammar import SIDE, After, Corrects, Judged, Kind, Mechanic, Move, Results, Run
from quizzes.mechanics import asking, buzzing
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.extending import extend, extendable, longer
from quizzes.mechanics.guess import CHANGES, KEYWORD, Guess, is_over, standing
from quizzes.mechanics.keyword_anew import again, ruled_anew, what_stands
from quizzes.mechanics.verdicts import CORRECTED, made_right, verdicts
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us

PHASES = ("ready", "open", "closed")
LONGEST = 200  # characters of a keyword


def last_seconds(state: Round, command: Command, seconds: int) -> Iterator[Event]:
    ask = standing(state)
    yield Event("last_call", {"no": ask.no if ask else None, "closes_at": command.at + seconds * SECOND})


def keyword(worth: Callable[[Round], int], seconds: Callable[[Round], int]) -> Mechanic:
    """Makes the mechanic. `worth`: half-points of the keyword now; `seconds`: how long a seat has to say it."""
    return Mechanic(
        keeps=Guess(),
        moves=_moves(worth),
        after={"buzzed": hold, "released": again, **_what_follows(seconds)},
        changes=CHANGES,
        corrects=_corrects(worth),
        anew=Anew(stands=what_stands),
        kinds={KEYWORD: A_GUESS},
        group=lambda state, seat: "answering" if seat == state.of(Guess).answering else "",
        view=view,
    )


def _moves(worth: Callable[[Round], int]) -> Mapping[str, Mapping[str, Move]]:
    def verdict(share: int | None) -> Run:
        def run(state: Round, command: Command) -> Iterable[Event]:
            ask, seat = newest(state), state.of(Guess).answering
            half = worth(state) if share == FULL else 0
            time = next((us for one, us, *_ in ask.more["order"] if one == seat), 0)
            result = None if share is None else [half, share, rounded_us(time) if share else 0]
            worth_now = {} if result is None else {"worth": worth(state)}
            return [Event("guessed", {"no": ask.no, "seat": seat, "result": result, **worth_now})]

        return run

    by_judges, by_host = frozenset({HOST, JUDGE}), frozenset({HOST})
    bell = Move(frozenset({CLOCK}), buzzing.buzzed)
    return {
        **{phase: {"buzzed": bell} for phase in PHASES},
        "answering": {
            "right": Move(by_judges, verdict(FULL), when=somebody_answers),
            "wrong": Move(by_judges, verdict(0), when=somebody_answers),
            "advance": Move(by_host, verdict(None)),
            "extend": Move(by_host, more_time, {"seconds": "whole"}, when=has_time),
        },
        "revealed": {
            "buzzed": bell,
            "extend": Move(by_host, extend, {"seconds": "whole"}, when=lambda state: bool(extendable(state))),
        },
    }


def has_time(state: Round) -> bool:
    return state.of(Guess).until is not None


def more_time(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time to whoever says the keyword."""
    yield longer(state.of(Guess).until, command)


def _what_follows(seconds: Callable[[Round], int]) -> Mapping[str, After]:
    def guess(state: Round, seats: list[int], at: int) -> Event:
        until = at + seconds(state) * SECOND if seconds(state) else None
        back = {} if state.phase == "answering" else {"back": state.phase}
        return Event("guess", {"seat": seats[0], "waiting": seats[1:], "until": until, **back})

    def found(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """Gives the word to the first of the order."""
        ask = state.asks[event.data["no"]]
        if ask.kind == KEYWORD:
            seats = [seat for seat, *_ in ask.more.get("order", ())]
            if seats:  # a row may have opened since the first buzz
                yield from held_now(state, command)
                yield guess(state, seats, command.at)
            else:
                yield from go_on(state, command)

    def guessed(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """Right ends the round's asking. Wrong gives the word to the next of the order; when there is none, the clocks
        go on."""
        left = [seat for seat in state.of(Guess).waiting if state.cast.role(seat) != OUT]
        if is_over(state):
            yield Event("over_with", {})
            yield from (asking.closing(ask, command) for ask in state.open_asks())
        elif left:
            yield guess(state, left, command.at)
        else:
            yield from go_on(state, command)

    return {"judged": found, "guessed": guessed, CORRECTED: ruled_anew(guess)}


def _corrects(worth: Callable[[Round], int]) -> Corrects:
    def corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
        if ask.kind != KEYWORD:
            return so_far
        half = ask.more.get("worth", worth(state)) if right else 0
        return {**so_far, ask.no: made_right(state, ask, seat, half, right)}

    return corrects


def hold(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Stops the clocks at the first buzz."""
    if state.asks[event.data["no"]].kind == KEYWORD:
        nos = [ask.no for ask in state.open_asks() if ask.kind != KEYWORD]
        yield Event("held", {"nos": nos, "at": command.at})


def held_now(state: Round, command: Command) -> Iterator[Event]:
    nos = [ask.no for ask in state.open_asks() if ask.kind != KEYWORD and ask.held is None]
    yield from [Event("held", {"nos": nos, "at": command.at})] if nos else []


def go_on(state: Round, command: Command) -> Iterator[Event]:
    if state.of(Guess).since is not None:
        yield Event("released", {"since": state.of(Guess).since, "at": command.at})


def somebody_answers(state: Round) -> bool:
    return state.of(Guess).answering is not None


def newest(state: Round) -> Ask:
    return max((ask for ask in state.asks.values() if ask.kind == KEYWORD), key=lambda ask: ask.no)


def _face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    return {"type": "single", "text": "", "options": []}


def _read(state: Round, ask: Ask, raw: Any) -> Any:
    """A buzz; a program may send the keyword along, for the host to read."""
    if raw is True or (isinstance(raw, str) and 0 < len(raw.strip()) <= LONGEST):
        return raw if raw is True else raw.strip()
    raise Rejected("bad_choice")


def _no_share(state: Round, ask: Ask, choice: Any) -> int:
    return 0


def _possible(state: Round, ask: Ask) -> list[Any]:
    return [True]


def _judge(state: Round, ask: Ask, graded: Any, command: Command) -> Judged:
    return buzzing.A_BUZZ.judge(state, ask, graded, command)


A_GUESS = Kind(
    _face, _read, _no_share, _possible, _judge, part=SIDE, verdicts=verdicts, ends_round=True, first_ballot="buzzed"
)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The keyword's part of a screen: the seat that says it, the seats that come after, the seat that solved it, the
    times of the buzzes."""
    kept = state.of(Guess)
    shown: dict[str, Any] = {"answering": kept.answering, "answer_by": kept.until, "solved": kept.solved}
    if kept.said:
        no, seat = kept.said
        half, share, _ = state.asks[no].results[seat]
        shown["said"] = [{"no": no, "seat": seat, "right": share == FULL, "points": in_points(half)}]
    asks = [ask for ask in state.asks.values() if ask.kind == KEYWORD]
    if asks and viewer.role in (HOST, JUDGE) and kept.answering is not None:
        order = newest(state).more.get("order", ())
        shown["order"] = [{"seat": seat, "after_us": us, "lag_us": lag, "tied": tied} for seat, us, lag, tied in order]
    return shown
