"""One query a second tells a worker all that has ended, whatever the number of those connected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.live.seats import standing
from app.live.seats.standing import EXPIRED, Standing
from app.models.engines import Database
from app.services.people import endings, sign_ins
from app.services.people.endings import SESSION, Ending
from app.services.shows.tickets import PUBLIC, Ticket
from quizzes.refusals import Rejected
from tests.contests import now
from tests.organisation import Organisation, plant, session_of
from tests.people import AN


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@contextmanager
def counted(bound: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    engines = {bound.engine, bound._engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def tickets_of(org: Organisation, many: int) -> list[Ticket]:
    member = org.members[AN]
    return [Ticket(1, seat, PUBLIC, 1, session_of(member), member) for seat in range(1, many + 1)]


@pytest.mark.parametrize("many", [1, 40])
def test_one_query_a_second_whatever_the_number_of_tickets(bound: Database, org: Organisation, many: int) -> None:
    stands, heard = Standing(), list[Ending]()
    stands.begin(heard.extend)
    tickets = tickets_of(org, many)
    for ticket in tickets:
        stands.need(ticket)
    with counted(bound) as said:
        for _ in range(3):
            stands.look()
            for ticket in tickets:
                stands.need(ticket)
    assert len(said) == 3, said
    sign_ins._end_sign_ins_now(org.members[AN], None, tickets[0].sign_in)  # as another process does: nobody is told
    with counted(bound) as said:
        stands.look()
        for ticket in tickets[1:]:
            stands.need(ticket)
        with pytest.raises(Rejected, match="bad_ticket"):
            stands.need(tickets[0])
    assert len(said) == 1, said
    assert [(one.kind, one.number) for one in heard] == [(SESSION, tickets[0].sign_in)]


def test_a_line_that_was_committed_after_a_later_one_is_read(bound: Database, org: Organisation) -> None:
    """Numbers are given before the commit: a slow transaction's line turns up below one that was read already."""
    stands, heard = Standing(), list[Ending]()
    stands.begin(heard.extend)
    rows = [Ending(7, SESSION, 70, now()), Ending(9, SESSION, 90, now())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(endings, "newer", lambda after: [one for one in rows[1:] if one.id > after])
        stands.look()
        patch.setattr(endings, "newer", lambda after: [one for one in rows if one.id > after])
        stands.look()
        stands.look()
    assert [one.number for one in heard] == [90, 70]


def test_an_answer_that_was_on_its_way_when_something_ended_is_not_remembered(
    bound: Database, org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = Standing()
    stands.begin(lambda _: None)
    [ticket] = tickets_of(org, 1)
    ask = standing.rights.holds_until

    def ask_and_dawdle(one: Ticket) -> int:
        until = ask(one)
        sign_ins._end_sign_ins_now(one.member, None, None)
        stands.look()
        return until

    monkeypatch.setattr(standing.rights, "holds_until", ask_and_dawdle)
    stands.need(ticket)  # it was so when it was asked
    monkeypatch.undo()
    with pytest.raises(Rejected, match="bad_ticket"):
        stands.need(ticket)


def test_who_has_not_looked_for_long_asks_everything_anew(
    bound: Database, org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands, heard = Standing(), list[Ending]()
    stands.begin(heard.extend)
    gone, alive = tickets_of(org, 2)
    for ticket in (gone, alive):
        stands.need(ticket)
    sign_ins._end_sign_ins_now(org.members[AN], None, gone.sign_in)
    monkeypatch.setattr(endings, "newer", lambda after: [])  # the lines of a former day are gone
    stands._looked = 0.0
    monkeypatch.setattr(standing, "monotonic", lambda: 1e6)
    stands.look()
    assert [one.kind for one in heard] == [standing.EVERYTHING]
    stands.need(alive)
    with pytest.raises(Rejected, match="bad_ticket"):
        stands.need(gone)


def test_old_lines_are_forgotten(bound: Database, org: Organisation) -> None:
    session_of(org.members[AN])
    sign_ins.end_sign_ins(org.members[AN])
    endings.forget_old()
    assert endings.newer(0)


def test_a_session_that_merely_expires_is_told_and_one_that_was_prolonged_goes_on(
    bound: Database, org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands, heard = Standing(), list[Ending]()
    stands.begin(heard.extend)
    over, prolonged = tickets_of(org, 2)
    for ticket in (over, prolonged):
        stands.need(ticket)
    monkeypatch.setattr(standing, "_now", lambda: 2**61)  # the time of both is over, as far as is known here
    until = {over.sign_in: 0, prolonged.sign_in: 2**62}
    monkeypatch.setattr(standing.rights, "holds_until", lambda ticket: until[ticket.sign_in])
    stands.look()
    assert {(one.kind, one.number) for one in heard} == {(EXPIRED, over.sign_in), (EXPIRED, prolonged.sign_in)}
    stands.need(prolonged)
    with pytest.raises(Rejected, match="bad_ticket"):
        stands.need(over)
    heard.clear()
    stands.look()
    assert heard == [], "once"
