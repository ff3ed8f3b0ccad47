"""Bấm chuông: one answers at a time, aloud; the host or a judge says right or wrong; wrong passes on.

A buzz is a ballot. The first one shortens the ask to a window (mechanics.buzz), then the ask closes and is
judged like any other: its verdict is an order. The first of it is named and answers; after a wrong answer
the next of the order is named or the rest may buzz again, under a new `no`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import (
    HOST,
    JUDGE,
    N_,
    SECOND,
    STAFF,
    Actor,
    Command,
    Event,
    Format,
    Graded,
    Kind,
    Move,
    Rejected,
    Setting,
    Setup,
    Viewer,
    whole,
)  # fmt: skip
from quizzes.mechanics import ask, buzz, flow
from quizzes.questions.contract import FULL
from quizzes.scoring import rounded_us

ORDER, REOPEN, CLOSE = "order", "reopen", "close"
DRAW, BY_HAND = "draw", "host"

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("whole", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "wrong_penalty": Setting("whole", 0, N_("Điểm trừ khi trả lời sai"), 0, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian bấm chuông (giây, 0 là không giới hạn)"), 0, 3600),
    "answer_seconds": Setting("whole", 15, N_("Thời gian trả lời sau khi bấm chuông (giây)"), 0, 600),
    "strict_time": Setting("flag", False, N_("Hết thời gian trả lời thì tự chuyển lượt")),
    "attempts": Setting("whole", 3, N_("Số lượt trả lời tối đa cho một câu"), 1, 20),
    "after_wrong": Setting("choice", ORDER, N_("Sau câu trả lời sai"), choices=(ORDER, REOPEN, CLOSE)),
    "tie": Setting("choice", DRAW, N_("Khi bấm chuông sát nút"), choices=(DRAW, BY_HAND)),
    "show_options": Setting("flag", True, N_("Hiện các phương án")),
    **flow.SETTINGS,
}


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
            return replace(
                named, phase="answering", answering=data["seat"], answer_by=data["until"], waiting=waiting
            )
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


# what each seat may see


def view(state: Buzzer, viewer: Viewer) -> dict[str, Any]:
    """`order` and who is answering are public; right or wrong is only what the host says, until the reveal."""
    shown: dict[str, Any] = {"points": state.settings["points"], "wrong_penalty": state.settings["wrong_penalty"]}
    shown |= {"answering": state.answering, "answer_by": state.answer_by, "tied": list(state.tied)}
    shown["order"] = [
        {"seat": seat, "after_us": us, "tied": tied} | ({"lag_us": lag} if viewer.role in STAFF else {})
        for seat, us, lag, tied in state.order
    ]
    shown["tried"] = sorted(state.tried)
    shown["seats"] = [seat for seat, *_ in state.order]
    if state.phase == "revealed":
        results = [item for one in state.of_question() for item in one.results.items()]
        shown["verdicts"] = [{"seat": seat, "right": share == FULL} for seat, (_, share, _) in results]
    return shown


def group(state: Buzzer, seat: int) -> str:
    """ "answering", "tried" (no buzzing again for this question), "late" or everybody else."""
    if seat == state.answering:
        return "answering"
    if state.phase in ("open", "answering") and seat in state.tried:
        return "tried"
    return flow.group(state, seat)


def deadline(state: Buzzer) -> int | None:
    if state.phase == "answering":
        return state.answer_by if state.settings["strict_time"] else None
    return flow.deadline(state)


def possible(state: Buzzer) -> Iterator[Command]:
    host = Actor(HOST)
    yield Command("advance", host, 0)
    if state.open_asks():
        yield Command("close_now", host, 0)
    if state.phase == "answering":
        yield Command("close_now", host, 0)
        yield from (Command("name", host, 0, {"seat": seat}) for seat in state.tied)
    if state.answering is not None:
        yield Command("right", host, 0)
        yield Command("wrong", host, 0)


def _face(state: Buzzer, opened: ask.Ask, lang: str) -> dict[str, Any]:
    face = flow.QUESTION.face(state, opened, lang)
    return face if state.settings["show_options"] else {**face, "options": []}


def _read(state: Buzzer, opened: ask.Ask, raw: Any) -> bool:
    if raw is not True:
        raise Rejected("bad_choice")
    return True


BUZZ = Kind(_face, _read, lambda state, opened, choice: 0, lambda state, opened: [True])

BY_JUDGES = frozenset({HOST, JUDGE})
BY_HOST = flow.BY_HOST
MOVES = flow.moves(open_question)
MOVES["open"]["buzzed"] = Move(flow.BY_CLOCK, buzzed)
MOVES["answering"] = {
    "right": Move(BY_JUDGES, right),
    "wrong": Move(BY_JUDGES, wrong),
    "name": Move(BY_JUDGES, name, {"seat": "seat"}),
    "advance": Move(BY_HOST, pass_on),
    "close_now": Move(BY_HOST, end_question),
    "time_up": Move(flow.BY_CLOCK, flow.when_due(pass_on, deadline)),
}

FORMAT = Format(
    key="buzzer",
    title=N_("Bấm chuông giành quyền trả lời"),
    settings=SETTINGS,
    kinds={"buzz": BUZZ},
    opening=opening,
    moves=MOVES,
    evolve=evolve,
    judge=judge,
    view=view,
    group=group,
    problems=flow.problems,
    possible=possible,
    deadline=deadline,
    first_ballot="buzzed",
)
