"""The waiting of a close: how long, and for which workers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest

from app.clock import now_us
from app.live.questions import closing
from app.live.questions.closing import LEAST_SETTLE_US, MOST_OWN_US, MOST_SETTLE_US, Closer
from app.models.engines import Database
from tests.app.services.shows.playing import Play

SECOND = 1_000_000
CLOSES_AT = 100 * SECOND


class Settling:
    """A close whose time passes only while it waits. `mine` and `others` tell from a moment how far is read then."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = CLOSES_AT
        self.mine: Callable[[int], int] = lambda now: now - 50_000
        self.others: Callable[[int], int | None] = lambda now: None
        self.told: list[int] = []
        monkeypatch.setattr(closing, "now_us", lambda: self.now)
        monkeypatch.setattr(closing.gevent, "sleep", self._pass)
        monkeypatch.setattr(closing.workers, "others_read_until", lambda name, as_of: self.others(self.now))
        monkeypatch.setattr(closing.workers, "has_read", lambda name, until: self.told.append(until))

    def _pass(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)

    def lasts(self) -> float:
        """Seconds from the deadline until the fence may be shut."""
        Closer("mine", lambda: self.mine(self.now))._settle(CLOSES_AT)
        return (self.now - CLOSES_AT) / SECOND


@pytest.fixture
def settling(monkeypatch: pytest.MonkeyPatch) -> Settling:
    return Settling(monkeypatch)


def test_a_worker_alone_that_keeps_up_settles_in_the_least_time(settling: Settling) -> None:
    assert settling.lasts() == pytest.approx(LEAST_SETTLE_US / SECOND, abs=0.05)


def test_the_others_are_waited_for_and_told_how_far_this_one_is(settling: Settling) -> None:
    settling.others = lambda now: CLOSES_AT - 1 if now < CLOSES_AT + 2 * SECOND else CLOSES_AT
    assert settling.lasts() == pytest.approx(2, abs=0.05)
    assert settling.told[0] >= CLOSES_AT


def test_another_worker_that_does_not_read_is_not_waited_for_any_longer(settling: Settling) -> None:
    settling.others = lambda now: CLOSES_AT - 1
    assert settling.lasts() == pytest.approx(MOST_SETTLE_US / SECOND, abs=0.05)


def test_a_close_that_begins_late_waits_for_what_it_holds_itself(settling: Settling) -> None:
    """The laptop slept across the deadline, or the database was away: what was sent in time lies here, not stored."""
    settling.now = CLOSES_AT + 5 * SECOND
    settling.mine = lambda now: CLOSES_AT - 1 if now < CLOSES_AT + 7 * SECOND else now
    assert settling.lasts() == pytest.approx(7, abs=0.05)


def test_a_close_that_begins_late_gives_the_others_the_whole_time(settling: Settling) -> None:
    settling.now = CLOSES_AT + 5 * SECOND
    settling.others = lambda now: CLOSES_AT - 1 if now < CLOSES_AT + 7 * SECOND else CLOSES_AT
    assert settling.lasts() == pytest.approx(7, abs=0.05)


def test_no_close_waits_for_ever_for_itself(settling: Settling) -> None:
    settling.mine = lambda now: CLOSES_AT - 1
    assert settling.lasts() == pytest.approx(MOST_OWN_US / SECOND, abs=0.1)


def test_who_waited_for_a_closing_that_was_undone_waits_for_the_next_one_too(bound: Database) -> None:
    play, waited = Play(began_s_ago=60).until("open"), list[int]()  # so long ago that nothing is slept for

    def read_until() -> int:
        """While the first closing is waited for the host takes it back and closes again."""
        waited.append(play.state.opening(1)[1].closings)  # type: ignore[index]
        if len(waited) == 1:
            for name in ("undo", "resume", "close_now"):
                play.host(name)
        return now_us()

    play.host("close_now")
    Closer("thợ", read_until).finish(play.show_id)
    assert [one for one, _ in groupby(waited)] == [1, 2]
    assert play.state.phase == "closed"
