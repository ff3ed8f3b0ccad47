"""Asking: the way of a question, begin -> ready -> open -> closed -> revealed -> the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from quizzes import questions
from quizzes.draws import Draws
from quizzes.engine import CLOCK, HOST, PLAYER, SECOND, Command, Event, Setting
from quizzes.grammar import Clock, Judge, Kind, Mechanic, Move, Run
from quizzes.mechanics import bank_question, evolving
from quizzes.mechanics.extending import extend, extendable
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import FIRST, JUDGED, LAST, OPEN, Ask, Roll, Round

BY_HOST, BY_CLOCK, BY_EITHER = frozenset({HOST}), frozenset({CLOCK}), frozenset({HOST, CLOCK})

SETTINGS: Mapping[str, Setting] = {
    "reading_s": Setting("whole", 0, N_("Thời gian đọc câu hỏi trước khi mở (giây)"), 0, 120),
    "show_question_in_ready": Setting("flag", False, N_("Hiện câu hỏi trong thời gian đọc")),
}
COUNT_IN_S = 3  # how long the count-in lasts
LATE, ASIDE = "late", "aside"
"""The groups of seats that are on no ask: those that came after the opening, and those that were not asked."""
CHANGE = Setting("flag", False, N_("Được đổi câu trả lời đến khi hết giờ"))


def next_question(state: Round, command: Command) -> Iterator[Event]:
    """Announces the next question, or ends the round."""
    if state.question + 1 >= len(state.setup.questions):
        yield Event("done")
    else:
        yield ready(state, command)


def ready(state: Round, command: Command) -> Event:
    """The next question is announced and read; then it opens."""
    reading = state.settings["reading_s"]
    until = command.at + reading * SECOND if reading else None
    return Event("ready", {"question": state.question + 1, "until": until})


def opened(
    state: Round,
    command: Command,
    kind: str,
    seconds: int,
    *,
    take: str = FIRST,
    roll: Roll | None = None,
    shown: Sequence[Sequence[Any]] | None = None,
    to: Sequence[str] = (),
    only: Sequence[int] = (),
    asks_question: bool = True,
) -> Event:
    """An ask opens. `seconds` 0: until the host closes it. `to`: these roles, else those who play; `only`: these few
    seats."""
    no = state.last_no + 1
    if not to and not only:
        only = state.cast.with_stand_ins(roll_of(command) if roll is None else roll)
    to = to or (() if only else state.cast.asks)
    if shown is None:
        body = state.body()
        shown = questions.of(body).arrange(body, Draws(state.setup.seed, "ask", no))
    return Event(
        "opened",
        {
            "no": no,
            "kind": kind,
            "question": state.question if asks_question else None,
            "shown": [[str(option), int(index)] for option, index in shown],
            "opens_at": command.at,
            "closes_at": command.at + seconds * SECOND if seconds else None,
            "take": take,
            "roll": {"only": list(only)} if only else (roll_of(command) if roll is None else roll).to_json(),
            **({"to": list(to)} if to else {}),
        },
    )


def roll_of(command: Command) -> Roll:
    """The seats in the room, which the shell adds to every command of host and clock, in place of a client's."""
    if "roll" not in command.args:
        raise ValueError('a command that opens an ask needs args["roll"] = {"upto", "without"} from the shell')
    return Roll.of(command.args["roll"])


def players(state: Round, command: Command) -> Roll:
    """The seats in the room that play."""
    roll = roll_of(command)
    return Roll.only(state.cast.asked(roll)) if state.cast.asks else roll


def count_in(state: Round, command: Command) -> Iterator[Event]:
    """Counts three, two, one; then the question opens by itself."""
    if state.until is not None and state.until <= command.at + COUNT_IN_S * SECOND:
        raise Rejected("not_now")
    yield Event("ready", {"question": state.question, "until": command.at + COUNT_IN_S * SECOND})


def closing(ask: Ask, command: Command) -> Event:
    """Closes at the deadline, or now for an early close. The shell's `at` is never before the last stored ballot's."""
    closes_at = command.at if ask.closes_at is None else min(ask.closes_at, command.at)
    return Event("closing", {"no": ask.no, "closes_at": closes_at})


def close(state: Round, command: Command) -> Iterator[Event]:
    """The host closes everything that is open, or only `no`."""
    no = command.args.get("no")
    chosen = [ask for ask in state.open_asks() if (not ask.standing if no is None else ask.no == no)]
    if not chosen:
        raise Rejected("not_now")
    yield from (closing(ask, command) for ask in chosen)


def close_due(state: Round, command: Command) -> Iterator[Event]:
    """Closes each ask whose own deadline has come."""
    running = (ask for ask in state.open_asks() if ask.held is None)
    due = (ask for ask in running if ask.closes_at is not None and ask.closes_at <= command.at)
    yield from (closing(ask, command) for ask in due)


def all_answered(state: Round, command: Command) -> Iterator[Event]:
    """Closes the ask `no` alone, which everybody present has answered. A question opened meanwhile stays open."""
    ask = state.asks.get(command.args.get("no", 0))
    if ask is None or ask.status != OPEN:
        raise Rejected("not_now")
    yield closing(ask, command)


def reveal(state: Round, command: Command) -> Iterator[Event]:
    yield Event("revealed", {"nos": [ask.no for ask in state.of_question() if ask.status == JUDGED]})


def end_of_asks(state: Round) -> int | None:
    running = (ask.closes_at for ask in state.open_asks() if ask.closes_at is not None and ask.held is None)
    return min(running, default=None)


def end_of_reading(state: Round) -> int | None:
    return state.until if state.phase == "ready" else None


def all_of_them(kind: Kind) -> Kind:
    return kind


def asking(
    opens: Run,
    *,
    then: Run = next_question,
    judge: Judge = bank_question.points_for_right,
    options: Callable[[Kind], Kind] = all_of_them,
    counted_in: bool = True,
    waits: bool = False,
    timed: bool = True,
) -> Mechanic:
    """A question is announced, opened, closed and revealed. `opens` puts it to whom the format wants, `then` says
    what comes first and after each reveal, `judge` gives the points, `options` may leave some out. Not
    `counted_in` where people buzz: nobody may buzz ahead of the words. `waits`: a final answer is said
    aloud first. Not `timed` where no ask of the format ever has a deadline: nobody can give it more time."""
    extending = Move(BY_HOST, extend, {"seconds": "whole"}, when=lambda state: bool(extendable(state)))
    return Mechanic(
        moves={
            "begin": {"advance": Move(BY_EITHER, then)},
            "ready": {
                "advance": Move(BY_HOST, opens),
                **({"count_in": Move(BY_HOST, count_in, when=lambda state: state.until is None)} if counted_in else {}),
            },
            "open": {
                "advance": Move(BY_HOST, close),
                "close_now": Move(
                    BY_HOST, close, when=lambda state: any(not ask.standing for ask in state.open_asks())
                ),
                "all_answered": Move(BY_CLOCK, all_answered),
                **({"extend": extending} if timed else {}),
            },
            "closed": {"advance": Move(BY_HOST, reveal)},
            "revealed": {"advance": Move(BY_HOST, then)},
        },
        changes={**evolving.CHANGES, "done": lambda state, data: state},
        clocks=(Clock(end_of_reading, opens), Clock(end_of_asks, close_due)),
        kinds={"question": options(bank_question.asked(judge, waits=waits))},
        group=group,
    )


def group(state: Round, seat: int) -> str:
    """The group of a seat: "" on all asks, their numbers on some of them, a word on none."""
    live = state.live_asks()
    mine = [ask.no for ask in live if seat in ask.roll]
    if len(mine) == len(live):
        return ""
    return " ".join(map(str, mine)) or (LATE if state.cast.role(seat) == PLAYER else ASIDE)


def take(state: Round) -> str:
    return LAST if state.settings["change"] else FIRST


def open_ask(state: Round, no: int) -> Ask:
    found = state.asks.get(no)
    if found is None or found.status != OPEN:
        raise Rejected("not_open")
    return found


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yields a problem for what is no question type: every type of the bank can be asked."""
    if question.get("type") not in questions.QUESTION_TYPES:
        yield "type", "type_unknown", N_("Thể thức này không hỏi được loại câu hỏi đó.")
