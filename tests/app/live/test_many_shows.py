"""A hundred small shows at once: what each costs besides its answers is counted."""

from __future__ import annotations

from typing import Any

import pytest

from app.live.questions import closing, due
from app.live.screens.publisher import Publisher
from app.live.screens.registry import Registry
from app.live.seats.presence import Presence
from app.live.seats.rooms import Connection, Rooms
from app.live.seats.roster import Roster
from app.models.engines import Database
from app.services.shows import seats, shows, workers
from app.services.shows.seats import STAFF_FROM
from app.services.shows.tickets import Ticket
from quizzes.engine import HOST, Viewer
from tests.app.services.shows.playing import Play
from tests.counting import Work, counted

HERE, THERE = "a worker", "b worker"


def us() -> int:
    return 1_764_400_000_000_000


class Worker:
    """The work of a worker in one second, for so many shows with two players each."""

    def __init__(self, name: str, shows: int) -> None:
        app: Any = None
        self.name, self.rooms = name, Rooms()
        self.presence = Presence(name, self.rooms)
        self.roster = Roster(app, self.presence, self.rooms)
        for show_id in range(1, shows + 1):
            for seat in (1, 2):
                self.rooms.enter(Connection(f"{show_id}-{seat}", Ticket(show_id, seat, "public"), "player", "vi"))

    def beat(self) -> Work:
        with counted() as work:
            workers.beat(self.name, us, us(), *self.presence.changes())
            self.presence.beat_stored()
            self.roster.look_elsewhere()
        return work


@pytest.mark.parametrize("workers_here", [1, 2])
def test_a_heartbeat_asks_the_same_few_things_however_many_shows_there_are(bound: Database, workers_here: int) -> None:
    if workers_here == 2:
        Worker(THERE, 1).beat()
    few, many = Worker(HERE, 2), Worker(HERE, 60)
    counts = [[worker.beat().statements for _ in range(3)] for worker in (few, many)]
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 11


def test_who_is_connected_is_written_when_it_changes_and_whole_once_in_a_while(bound: Database) -> None:
    worker = Worker(HERE, 3)
    assert [len(worker.presence.changes()[0]), worker.beat().statements > 0] == [3, True]
    changed, gone = worker.presence.changes()
    assert (changed, gone) == ({}, [])
    worker.presence.beat_stored()
    worker.rooms.leave("1-1")
    assert worker.presence.changes() == ({1: [2]}, [])
    worker.presence.beat_stored()
    for seat in (1, 2):
        worker.rooms.leave(f"2-{seat}")
    assert worker.presence.changes() == ({}, [2])
    worker.presence.beat_stored()
    assert {len(worker.presence.changes()[0]) for _ in range(12)} == {0, 2}


def test_of_the_workers_that_serve_a_show_one_speaks_for_its_clock(bound: Database) -> None:
    here, there = Worker(HERE, 2), Worker(THERE, 1)
    for worker in (here, there, here):
        worker.beat()
    assert [here.presence.leads(1), there.presence.leads(1)] == [True, False]
    assert [one.presence.follows(2) for one in (here, there)] == [True, False], "somebody is connected on one of them"
    assert [one.presence.leads(99) and one.presence.follows(99) for one in (here, there)] == [True, True], "nobody is"
    for name in [one for room in here.rooms.all() for one in list(room.connections)]:
        here.rooms.leave(name)
    here.beat()
    there.beat()
    assert there.presence.leads(1)


def test_a_step_of_a_show_takes_few_statements(bound: Database) -> None:
    play = Play(questions=2)
    steps = []
    while play.state.phase != "over":
        with counted() as work:
            play.host("advance")
        steps.append(work.statements)
        play.judge()
    most = 7 if bound.is_sqlite else 9  # PostgreSQL: the show is locked first, and the time asked
    assert max(steps) <= most, "it reads up, appends, moves on and sets the fence"


def test_what_a_worker_did_itself_it_does_not_read_up_again(bound: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shows, "RECENT_S", 60.0)  # however slow the machine is
    # What another test left on the loop may read in between, so the least of three counts.
    assert min(reads_of_a_judging(monkeypatch) for _ in range(3)) == 1, "under the lock, by the step itself"


def reads_of_a_judging(monkeypatch: pytest.MonkeyPatch) -> int:
    """The number of times the journal is read while a question is judged; reading what is known asks nothing."""
    play = Play(questions=1)
    monkeypatch.setattr(closing, "now_us", play.later)
    for _ in range(2):  # announced, opened
        play.host("advance")
    play.answer(1)
    play.host("advance")
    no = play.no
    play.clock("settled", no=no)
    with counted() as work:
        shows.recent(play.show_id)
    known = [said for said in work.said if "journal" in said]
    with counted() as work:
        closing.judge(play.show_id, no)
    return len(known) + len([said for said in work.said if "journal" in said and said.startswith("SELECT")])


def test_a_console_is_drawn_of_what_is_known(bound: Database) -> None:
    worker, play = Worker(HERE, 0), Play(questions=1)
    replica = shows.replica(play.show_id)
    worker.rooms.enter(Connection("1", Ticket(play.show_id, 1, "public"), "player", "vi"))
    worker.roster.links = lambda _: {}  # type: ignore[method-assign]
    worker.roster.extra(replica, Viewer(HOST))
    with counted() as work:
        drawn = worker.roster.extra(replica, Viewer(HOST))
    assert (work.statements, len(drawn["seats"])) == (0, len(seats.public(play.show_id, 0)))


def test_a_deadline_is_worked_out_once_for_each_step(bound: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    play, asked = Play(questions=1), list[Any]()
    monkeypatch.setattr(due.rules, "deadline", asked.append)
    clock = due.Due()
    for _ in range(20):
        clock.of(shows.replica(play.show_id))
    play.host("advance")
    for _ in range(20):
        clock.of(shows.replica(play.show_id))
    assert len(asked) == 2


def test_a_quiet_show_is_not_counted_each_second(bound: Database) -> None:
    worker, play = Worker(HERE, 0), Play(questions=1)
    worker.rooms.enter(Connection("1", Ticket(play.show_id, 1, "public"), "player", "vi"))
    asking = []
    for _ in range(3):  # the lobby, announced, opened
        asking.append(worker.roster.asking() == [play.show_id])
        play.host("advance")
    assert [*asking, worker.roster.asking() == [play.show_id]] == [False, False, True, False]


class Silent:
    """A transport that sends nothing."""

    def emit(self, *_: Any, **__: Any) -> None:
        pass


def test_a_console_without_a_key_of_its_own_asks_for_the_screens_once_a_second_only(bound: Database) -> None:
    worker, play = Worker(HERE, 0), Play(questions=1)
    registry = Registry(Silent(), worker.rooms, worker.roster, HERE, lambda _: None)
    host = Ticket(play.show_id, STAFF_FROM, "staff")
    worker.rooms.enter(Connection("1", host, HOST, "vi"))
    registry.look()
    with counted() as work:
        assert registry.listed(play.show_id) == []
    assert work.statements == 0
    worker.rooms.leave("1")
    registry.look()
    with counted() as work:
        registry.listed(play.show_id)
    assert work.statements > 0, "nobody looks at it here: what is known would grow old"


def test_a_screen_of_a_step_made_here_reads_the_journal_no_more(
    bound: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shows, "RECENT_S", 0.0)  # however long ago the step was
    play, rooms = Play(questions=1), Rooms()
    publisher = Publisher(None, Silent(), rooms, lambda *_: {})  # type: ignore[arg-type]
    play.host("advance")
    with counted() as work:
        assert publisher._newest(play.show_id).seq == shows.replica(play.show_id).seq
    assert work.statements == 0
    publisher._behind.add(play.show_id)  # another worker's news
    with counted() as work:
        publisher._newest(play.show_id)
    assert work.statements > 0
