"""Buzzing: a buzz is a ballot; the first of the order answers aloud; a wrong answer passes on.

The first buzz shortens the ask to a window (see `buzz`), then it closes and is judged like any other: its
verdict is an order. The first of it is named and answers. After a wrong answer the next is named, or the
rest buzz again under a new `no`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.anew import Anew
from quizzes.draws import Draws
from quizzes.engine import CLOCK, HOST, JUDGE, SECOND, Command, Event, Graded, Setting, whole
from quizzes.grammar import Clock, Judged, Kind, Mechanic, Move, Results, Run
from quizzes.mechanics import asking, bank_question, buzz
from quizzes.mechanics.extending import longer
from quizzes.mechanics.floor import BUZZ, CHANGES, Floor, as_of, group, key_is_known, locked, order, tried, view
from quizzes.mechanics.verdicts import CORRECTED, is_undecided, made_right, verdicts
from quizzes.questions.contract import FULL
from quizzes.refusals import N_, Rejected
from quizzes.round_state import ask
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us

ORDER, REOPEN, CLOSE = "order", "reopen", "close"
DRAW, BY_HAND = "draw", "host"
BY_JUDGES, BY_HOST = frozenset({HOST, JUDGE}), frozenset({HOST})

SETTINGS: Mapping[str, Setting] = {
    "answer_seconds": Setting("whole", 15, N_("Thời gian trả lời sau khi bấm chuông (giây)"), 0, 600),
    "strict_time": Setting("flag", False, N_("Hết thời gian trả lời thì tự chuyển lượt")),
    "attempts": Setting("whole", 3, N_("Số lượt trả lời tối đa cho một câu"), 1, 20),
    "after_wrong": Setting(
        "choice",
        ORDER,
        N_("Sau câu trả lời sai"),
        choices=(ORDER, REOPEN, CLOSE),
        said=(N_("Người bấm tiếp theo trả lời"), N_("Mở chuông lại cho những người còn lại"), N_("Hết câu")),
    ),
    "tie": Setting(
        "choice",
        DRAW,
        N_("Khi bấm chuông sát nút"),
        choices=(DRAW, BY_HAND),
        said=(N_("Máy bốc thăm"), N_("Người dẫn chọn")),
    ),
    "show_options": Setting("flag", True, N_("Hiện các phương án")),
}


DEFAULTS: Mapping[str, Any] = {**{name: one.default for name, one in SETTINGS.items()}, "seconds": 15}


def setting(state: Round, name: str) -> Any:
    """A format that does not offer a setting plays with its default."""
    return state.settings.get(name, DEFAULTS[name])


# the commands


def buzzed(state: Round, command: Command) -> Iterator[Event]:
    """The first stored buzz, `at` its receive time: the window for all others begins."""
    opened = asking.open_ask(state, whole(command.args, "no", 1, state.last_no))
    if ask.FIRST_AT in opened.more:
        raise Rejected("not_now")
    first_at = max(opened.opens_at, min(command.at, command.args.get("at", command.at)))
    ends_at = first_at + buzz.WINDOW_US
    closes_at = ends_at if opened.closes_at is None else min(opened.closes_at, ends_at)
    yield Event("buzzed", {"no": opened.no, "at": first_at, "closes_at": closes_at})


def name(state: Round, command: Command) -> Iterator[Event]:
    """The host's choice among those who tied."""
    seat, floor = whole(command.args, "seat", 1, ask.MOST_SEATS), state.of(Floor)
    if seat not in floor.tied:
        raise Rejected("not_now")
    yield _named(state, command.at, [seat, *(other for other in floor.waiting if other != seat)])


def pass_on(state: Round, command: Command) -> Iterator[Event]:
    """Takes the neutral outcome: no points, and the next one's turn; the drawn order, when the host has not chosen."""
    floor = state.of(Floor)
    if floor.answering is None:
        yield _named(state, command.at, floor.waiting)
    else:
        yield _verdict(state, 0, 0)


def more_time(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time to whoever is answering."""
    yield longer(state.of(Floor).answer_by, command)


def _verdict(state: Round, share: int, half: int) -> Event:
    newest, seat = state.newest(BUZZ), state.of(Floor).answering
    assert newest is not None  # noqa: S101
    time_us = next(us for one, us, _, _ in order(state) if one == seat)
    result = [half, share, rounded_us(time_us) if share else 0]
    return Event("verdict", {"no": newest.no, "seat": seat, "result": result})


def _named(state: Round, at: int, seats: Sequence[int]) -> Event:
    seconds = setting(state, "answer_seconds")
    until = at + seconds * SECOND if seconds else None
    return Event("named", {"seat": seats[0], "waiting": list(seats[1:]), "until": until})


# what follows


def _order_found(state: Round, event: Event, command: Command) -> Iterator[Event]:
    judged = state.asks[event.data["no"]]
    if judged.kind != BUZZ or not order(state):
        return
    seats = [seat for seat, *_ in order(state)]
    first = _first_heat(state)
    if first > 1 and setting(state, "tie") == BY_HAND:
        yield Event("tied", {"waiting": seats, "tied": first})
    else:
        yield _named(state, command.at, seats)


def _first_heat(state: Round) -> int:
    """The number of buzzes too close to the first to tell apart."""
    found = order(state)
    if not found[0][3]:
        return 1
    first = min(us for _, us, _, _ in found)
    return sum(1 for _, us, _, _ in found if us - first < buzz.TIE_US)


def _after_verdict(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Right ends the question. Wrong passes the word on: to the next of the order, or, when the order is used up, to
    the quickest new buzz of the rest."""
    yield from _next_try(state, command, state.of(Floor).waiting, event.data["result"][1] == FULL)


def _after_correction(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Corrects a verdict to wrong: the seat behind it in the order has the word, as it would have had then. While
    others buzz again or answer, they go on."""
    ask_ = state.asks[event.data["no"]]
    if ask_.kind == BUZZ and not event.data["right"] and is_undecided(state, ask_):
        order_then = [seat for seat, *_ in ask_.more["order"]]
        yield from _next_try(state, command, [seat for seat in order_then if seat not in ask_.results], False)


def _next_try(state: Round, command: Command, behind: Sequence[int], is_right: bool) -> Iterator[Event]:
    shut, after = locked(state), setting(state, "after_wrong")
    room = asking.players(state, command).but(shut)
    waiting = [seat for seat in behind if seat in room]
    over = len(tried(state)) >= setting(state, "attempts") or after == CLOSE or not len(room)
    if is_right or over:
        yield Event("closed")
    elif after == ORDER and waiting:
        yield _named(state, command.at, waiting)
    else:
        yield asking.opened(state, command, BUZZ, setting(state, "seconds"), roll=asking.roll_of(command).but(shut))


# the views


def end_of_answer(state: Round) -> int | None:
    return state.of(Floor).answer_by if setting(state, "strict_time") else None


def _face(state: Round, opened: Ask, lang: str) -> dict[str, Any]:
    face = bank_question.face(state, opened, lang)
    return face if setting(state, "show_options") else {**face, "options": []}


def _read(state: Round, opened: Ask, raw: Any) -> bool:
    if raw is not True:
        raise Rejected("bad_choice")
    return True


def _judge(state: Round, opened: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    found = buzz.order(graded, Draws(state.setup.seed, "tie", opened.no), opened.opens_at)
    return Judged(more={"order": [[one.seat, opened.elapsed_us(one.at), one.lag_us, one.tied] for one in found]})


A_BUZZ = Kind(
    _face,
    _read,
    lambda state, opened, choice: 0,
    lambda state, opened: [True],
    _judge,
    verdicts=verdicts,
    first_ballot="buzzed",
)


def _each_tied(state: Round) -> Iterable[Mapping[str, Any]]:
    return [{"seat": seat} for seat in state.of(Floor).tied]


def _somebody_answers(state: Round) -> bool:
    return state.of(Floor).answering is not None


def _against_the_clock(state: Round) -> bool:
    return state.of(Floor).answer_by is not None


def buzzing(right: Any, wrong: Any, by_hand: bool = True) -> Mechanic:
    """`right` and `wrong` say what the seat that answers gets, in half-points: (state) -> int. Not `by_hand` where the
    format does not offer the setting `tie`: then nobody ever chooses among those who tied."""

    def ruled(share: int, half: Any) -> Run:
        def run(state: Round, command: Command) -> Iterable[Event]:
            return [_verdict(state, share, half(state))]

        return run

    def corrects(state: Round, opened: Ask, seat: int, is_right: bool, so_far: Results) -> Results:
        if opened.kind != BUZZ:
            return so_far
        then = as_of(state, opened, seat)
        half = right(then) if is_right else wrong(then)
        return {**so_far, opened.no: made_right(state, opened, seat, half, is_right)}

    return Mechanic(
        keeps=Floor(),
        moves={
            "open": {"buzzed": Move(frozenset({CLOCK}), buzzed)},
            "answering": {
                "right": Move(BY_JUDGES, ruled(FULL, right), when=_somebody_answers),
                "wrong": Move(BY_JUDGES, ruled(0, wrong), when=_somebody_answers),
                **({"name": Move(BY_JUDGES, name, {"seat": "seat"}, tries=_each_tied)} if by_hand else {}),
                "advance": Move(BY_HOST, pass_on),
                "close_now": Move(BY_HOST, lambda state, command: [Event("closed")]),
                "extend": Move(BY_HOST, more_time, {"seconds": "whole"}, when=_against_the_clock),
            },
        },
        after={"judged": _order_found, "verdict": _after_verdict, CORRECTED: _after_correction},
        changes=CHANGES,
        corrects=corrects,
        anew=Anew(stands=key_is_known),
        clocks=(Clock(end_of_answer, pass_on),),
        kinds={BUZZ: A_BUZZ},
        group=group,
        view=view,
    )
