"""The play of a buzzer round: its state, the commands and what each event changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import SECOND, Command, Event, Graded, Setup, whole
from quizzes.mechanics import ask, buzz, flow
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.scoring import rounded_us

ORDER, REOPEN, CLOSE = "order", "reopen", "close"
DRAW, BY_HAND = "draw", "host"


@dataclass(frozen=True)
class Buzzer(ask.Round):
    answering: int | None = None
    answer_by: int | None = None
    waiting: tuple[int, ...] = ()
    """Who is named next, in order."""
    tied: tuple[int, ...] = ()
    """The first of those waiting, where the host has to choose one of them."""

    @property
    def tried(self) -> frozenset[int]:
        """Who has had a try at the current question."""
        return frozenset(seat for one in self.of_question() for seat in one.results)

    @property
    def newest(self) -> ask.Ask | None:
        return max(self.of_question(), key=lambda one: one.no, default=None)

    @property
    def order(self) -> Sequence[Sequence[Any]]:
        """[seat, microseconds after the opening, lag_us, tied] of the newest judged opening."""
        return self.newest.more.get("order", ()) if self.newest else ()

    def shifted(self, since: int, until: int) -> Buzzer:
        later = super().shifted(since, until)
        if self.answer_by is None:
            return later
        return replace(later, answer_by=max(self.answer_by, since) + until - since)

    def voided(self, no: int) -> Buzzer:
        left = super().voided(no)
        return _quiet(left) if left.phase == "revealed" else left


def _quiet(state: Buzzer) -> Buzzer:
    return replace(state, answering=None, answer_by=None, waiting=(), tied=())


def opening(setup: Setup) -> Buzzer:
    return Buzzer(setup, last_no=setup.last_no)


# commands


def open_question(state: Buzzer, command: Command) -> Iterator[Event]:
    roll = flow.roll_of(command).but(state.tried)
    yield flow.opened(state, command, "buzz", state.settings["seconds"], roll=roll)


def buzzed(state: Buzzer, command: Command) -> Iterator[Event]:
    """The first stored buzz, `at` its receive time: the window for all others begins."""
    opened = flow.open_ask(state, whole(command.args, "no", 1, state.last_no))
    if ask.FIRST_AT in opened.more:
        raise Rejected("not_now")
    first_at = max(opened.opens_at, min(command.at, command.args.get("at", command.at)))
    ends_at = first_at + buzz.WINDOW_US
    closes_at = ends_at if opened.closes_at is None else min(opened.closes_at, ends_at)
    yield Event("buzzed", {"no": opened.no, "at": first_at, "closes_at": closes_at})


def right(state: Buzzer, command: Command) -> Iterator[Event]:
    yield _verdict(state, FULL, 2 * state.settings["points"])
    yield Event("closed")


def wrong(state: Buzzer, command: Command) -> Iterator[Event]:
    yield _verdict(state, 0, -2 * state.settings["wrong_penalty"])
    yield from _pass_on(state, command)


def pass_on(state: Buzzer, command: Command) -> Iterator[Event]:
    """The neutral outcome: no points, the next one's turn; the order as drawn where the host has not chosen."""
    if state.answering is None:
        yield from _name(state, command.at, state.waiting)
    else:
        yield _verdict(state, 0, 0)
        yield from _pass_on(state, command)


def name(state: Buzzer, command: Command) -> Iterator[Event]:
    """The host's choice among those who tied."""
    seat = whole(command.args, "seat", 1, ask.MOST_SEATS)
    if seat not in state.tied:
        raise Rejected("not_now")
    yield from _name(state, command.at, [seat, *(other for other in state.waiting if other != seat)])


def end_question(state: Buzzer, command: Command) -> Iterator[Event]:
    yield Event("closed")


def _verdict(state: Buzzer, share: int, half: int) -> Event:
    opened = state.newest
    if opened is None or state.answering is None:
        raise Rejected("not_now")
    time_us = next(us for seat, us, _, _ in state.order if seat == state.answering)
    result = [half, share, rounded_us(time_us) if share else 0]
    return Event("verdict", {"no": opened.no, "seat": state.answering, "result": result})


def _pass_on(state: Buzzer, command: Command) -> Iterator[Event]:
    tried = state.tried | {state.answering or 0}
    room = flow.roll_of(command).but(tried)
    waiting = [seat for seat in state.waiting if seat in room]
    after = state.settings["after_wrong"]
    if len(tried) >= state.settings["attempts"] or after == CLOSE or not len(room):
        yield Event("closed")
    elif after == ORDER and waiting:
        yield from _name(state, command.at, waiting)
    else:
        yield flow.opened(state, command, "buzz", state.settings["seconds"], roll=room)


def _name(state: Buzzer, at: int, order: Sequence[int]) -> Iterator[Event]:
    seconds = state.settings["answer_seconds"]
    until = at + seconds * SECOND if seconds else None
    yield Event("named", {"seat": order[0], "waiting": list(order[1:]), "until": until})


def judge(state: Buzzer, no: int, graded: Iterable[Graded], at: int) -> Iterator[Event]:
    opened, ballots = state.asks[no], tuple(graded)
    found = buzz.order(ballots, Draws(state.setup.seed, "tie", no))
    order = [[one.seat, opened.elapsed_us(one.at), one.lag_us, one.tied] for one in found]
    yield flow.judged(no, {}, {}, order=order)
    seats = [one.seat for one in found]
    if seats and found[0].tied and state.settings["tie"] == BY_HAND:
        yield Event("tied", {"waiting": seats, "tied": len(buzz.heats(ballots)[0])})
    elif seats:
        yield from _name(state, at, seats)


# what each event changes


def evolve(state: Buzzer, event: Event) -> Buzzer:
    data = event.data
    match event.name:
        case "buzzed":
            opened = state.asks[data["no"]]
            more = {ask.FIRST_AT: data["at"]}
            return state.with_ask(replace(opened, closes_at=data["closes_at"], more=more))
        case "named":
            named = _quiet(state)
            waiting = tuple(data["waiting"])
            return replace(named, phase="answering", answering=data["seat"], answer_by=data["until"], waiting=waiting)
        case "tied":
            waiting = tuple(data["waiting"])
            return replace(_quiet(state), phase="answering", waiting=waiting, tied=waiting[: data["tied"]])
        case "verdict":
            half, share, us = data["result"]
            judged = state.asks[data["no"]]
            results = {**judged.results, data["seat"]: (half, share, us)}
            return state.with_ask(replace(judged, results=results))
        case "closed":
            return replace(_quiet(state), phase="closed")
        case "ready" | "opened":
            return ask.evolve(_quiet(state), event)
    return ask.evolve(state, event)
