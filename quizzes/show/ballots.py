"""Takes, refuses and grades ballots, for the shell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quizzes import questions
from quizzes.engine import Ballot, Event, Graded
from quizzes.grammar import MAIN, Kind
from quizzes.questions.contract import canonical
from quizzes.refusals import Rejected
from quizzes.round_state.ask import CLOSING, JUDGED, OPEN, REVEALED, SETTLED, Ask, Round
from quizzes.show import state as s
from quizzes.show.state import ShowState


@dataclass(frozen=True)
class Fence:
    """The part of the show's row that concerns one opening. A closing one goes on accepting what was received up to
    `closes_at` until it is `settled`; an opening not listed accepts nothing ("not_open")."""

    no: int
    closes_at: int | None
    accepting: bool
    take: str
    code: str
    """The refusal while it is not accepting."""


def fences(state: ShowState) -> list[Fence]:
    """The fences of every opening that is not judged yet."""
    return [_fence(state, ask) for ask in live_asks(state)]


def _fence(state: ShowState, ask: Ask) -> Fence:
    if ask.status == OPEN and (state.halt or ask.held is not None):
        return Fence(ask.no, None, False, ask.take, "paused")
    accepting = ask.status in (OPEN, CLOSING)
    return Fence(ask.no, ask.closes_at, accepting, ask.take, "not_open" if ask.status == OPEN else "too_late")


def live_asks(state: ShowState) -> tuple[Ask, ...]:
    return state.round.live_asks() if state.round and state.stage == s.ROUND else ()


def asks(state: ShowState) -> tuple[Ask, ...]:
    """The openings of the question being played, newest last; void ones are left out."""
    return tuple(state.round.of_question()) if state.round and state.stage == s.ROUND else ()


def main_ask(state: ShowState) -> Ask | None:
    """The newest opening of the question itself, void or not, or of what stands in for it; a vote beside it is not."""
    if state.round is None or state.stage not in (s.ROUND, s.STANDINGS):
        return None
    played, kinds = state.round, state.format.kinds
    during = [ask for ask in played.asks.values() if ask.during == played.question and not ask.standing]
    of_question = [ask for ask in during if kinds[ask.kind].part == MAIN] or during
    return max(of_question, key=lambda ask: ask.no, default=None)


def unjudged(state: ShowState) -> tuple[Ask, ...]:
    """Closed openings that wait for their verdicts: after a restart the shell goes on here."""
    return tuple(ask for ask in live_asks(state) if ask.status in (CLOSING, SETTLED))


def may_answer(state: ShowState, no: int, seat: int) -> bool:
    """True when the seat is on the roll of this opening and still in the room."""
    found = state.opening(no)
    return found is not None and seat in found[1].roll and seat not in state.kicked


def is_kicked(state: ShowState, seat: int) -> bool:
    return seat in state.kicked


def take_of(state: ShowState, no: int) -> str:
    """ "first" or "last": which of a seat's ballots counts."""
    return _any(state, no).take


def kind_of(state: ShowState, no: int) -> str:
    return _any(state, no).kind


def _any(state: ShowState, no: int) -> Ask:
    found = state.opening(no)
    if found is None:
        raise Rejected("not_open")
    return found[1]


def read_choice(state: ShowState, no: int, raw: Any) -> Any:
    """The canonical choice of what a stranger sent, or Rejected: bad_choice, too_late (judged already), not_open."""
    found = state.opening(no)
    if found and found[1].status in (JUDGED, REVEALED):
        raise Rejected("too_late")
    current, ask = _playing(state, no)
    choice = _kind(state, ask).read(current, ask, raw)
    canonical(choice)
    return choice


def came_in_time(state: ShowState, no: int, at: int) -> bool:
    """True when an answer of that moment would have counted, had it been stored before the fence was shut."""
    found = state.opening(no)
    if found is None or no in state.void or found[1].status not in (SETTLED, JUDGED, REVEALED):
        return False
    return found[1].opens_at <= at <= (found[1].closes_at or 0)


def grade(state: ShowState, no: int, ballots: Iterable[Ballot]) -> list[Graded]:
    """Shares right of a slice of ballots; outside any lock."""
    current, ask = _playing(state, no)
    grading = _kind(state, ask).grade
    return [Graded(one.seat, grading(current, ask, one.choice), one.at, one.lag_us, one.choice) for one in ballots]


def counts_now(state: ShowState, no: int, choices: Iterable[Any]) -> dict[str, int] | None:
    """Counts each choice so far, where nothing is right or wrong and everybody may see the bars grow; else None."""
    found = state.round.asks.get(no) if state.round and state.stage == s.ROUND else None
    if found is None or not found.live or not found.shown or found.question is None or state.format.needs_answer:
        return None
    body = state.playing.body(found.question)
    return dict(questions.of(body).counts(body, found.shown, list(choices)))


def possible_choices(state: ShowState, no: int) -> list[Any]:
    """A few choices, right and wrong, for bots and tests."""
    current, ask = _playing(state, no)
    return _kind(state, ask).possible(current, ask)


def _playing(state: ShowState, no: int) -> tuple[Round, Ask]:
    """The current round and one of its openings that takes ballots or is being judged."""
    ask = state.round.asks.get(no) if state.round and state.stage == s.ROUND else None
    if ask is None or not ask.live:
        raise Rejected("not_open")
    assert state.round is not None  # noqa: S101
    return state.round, ask


def _kind(state: ShowState, ask: Ask) -> Kind:
    return state.format.kinds[ask.kind]


def is_true(state: ShowState, shown: Event) -> bool:
    """True when a partial reveal could have been made under the key of this show."""
    if shown.name != "shown" or state.round is None:
        return True
    return state.format.reveals[shown.data["what"]](state.round, shown.data)


def closes_early(state: ShowState, ask: Ask) -> bool:
    """True when an opening may end as soon as everybody present has answered it (`all_answered`)."""
    return state.auto_close and state.halt is None and ask.status == OPEN and not _kind(state, ask).waits
