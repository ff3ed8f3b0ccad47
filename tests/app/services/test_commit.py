"""A database that fails: told apart, waited for, and no lock is held by a process that stands still."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.models import engines
from app.models.engines import AWAY, DISK_FULL, Database, lock, trouble_of
from app.models.people import Chapter
from app.services import commit
from app.services.commit import in_turns, reading, reading_together, repeatable, writing
from tests.counting import counted


def failure(orig: Exception, code: int = 0) -> OperationalError:
    if code:
        orig.sqlite_errorcode = code  # type: ignore[attr-defined]
    return OperationalError("SELECT 1", {}, orig)


def test_troubles_of_the_database_are_told_from_errors() -> None:
    assert trouble_of(failure(psycopg.OperationalError("gone"))) == AWAY
    assert trouble_of(failure(psycopg.errors.DiskFull("no space"))) == DISK_FULL
    assert trouble_of(failure(sqlite3.OperationalError("full"), sqlite3.SQLITE_FULL)) == DISK_FULL
    assert trouble_of(failure(sqlite3.OperationalError("write"), sqlite3.SQLITE_IOERR_WRITE)) == DISK_FULL
    assert trouble_of(failure(sqlite3.OperationalError("no such table"), sqlite3.SQLITE_ERROR)) is None
    assert trouble_of(IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation("twice"))) is None
    assert trouble_of(ValueError()) is None


def test_what_may_be_repeated_is_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    monkeypatch.setattr(commit.time, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(commit.time, "sleep", lambda pause: seconds.__setitem__(0, seconds[0] + pause))
    failures: list[Exception] = [failure(psycopg.OperationalError("gone"))] * 3

    @repeatable
    def verb() -> str:
        if failures:
            raise failures.pop()
        return "done"

    assert verb() == "done"
    failures[:] = [failure(psycopg.OperationalError("gone"))] * 10_000
    with pytest.raises(OperationalError):
        verb()
    failures[:] = [failure(psycopg.errors.DiskFull("no space"))]
    with pytest.raises(OperationalError):
        verb()
    assert failures == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_process_that_stands_still_loses_its_lock(bound: Database) -> None:
    """Another has the lock while it still stands, and it is told so when it goes on."""
    has_it, goes_on = threading.Event(), threading.Event()
    ended: list[BaseException] = []

    def frozen(db: Session) -> None:
        lock(db, 1, 7)
        has_it.set()
        assert goes_on.wait(60)
        lock(db, 1, 8)

    def freeze() -> None:
        try:
            bound.write(frozen)
        except DBAPIError as problem:
            ended.append(problem)

    thread = threading.Thread(target=freeze)
    thread.start()
    assert has_it.wait(60)
    writing(lambda db: lock(db, 1, 7))()  # type: ignore[arg-type]
    goes_on.set()
    thread.join()
    assert [trouble_of(problem) for problem in ended] == [AWAY]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_process_did_that_stood_still_is_done_again_and_once(
    bound: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "IDLE_MS", "100")
    with bound.engine.begin() as made:
        made.execute(text("CREATE TABLE done (what text)"))
    stalls = [0.5, 0.5, 0.0]

    @writing
    def verb(db: Session, what: str) -> str:
        lock(db, 1, 7)
        db.execute(text("INSERT INTO done VALUES (:what)"), {"what": what})
        time.sleep(stalls.pop(0))
        return str(db.scalar(text("SELECT string_agg(what, ' ') FROM done")))

    assert verb("một") == "một"
    stalls[:] = [0.5] * 3
    with pytest.raises(DBAPIError):
        verb("hai")
    assert stalls == [], "not for ever"


@reading
def session_of(db: Session) -> int:
    return id(db)


def test_what_is_read_together_comes_out_of_one_session_and_no_longer(bound: Database) -> None:
    @reading_together
    def page() -> set[int]:
        return {session_of(), session_of(), session_of()}

    @reading_together
    def broken() -> None:
        session_of()
        raise LookupError

    assert len(page()) == 1
    with pytest.raises(LookupError):
        broken()
    assert commit._shared.get() is None


@pytest.mark.parametrize("of_a_class", [False, True], ids=["rows", "values of a class"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_query_answers_is_read_in_turns(bound: Database, of_a_class: bool) -> None:
    """Iterated as it is, all of an answer would be read before its first row."""
    many: Any = text(
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 2500) SELECT id FROM n"
    )
    query = select(Chapter.id).from_statement(many.columns(Chapter.id)) if of_a_class else many

    @reading
    def walk(db: Session, scalars: bool) -> list[int]:
        return [*in_turns(db.scalars(query))] if scalars else [row[0] for row in in_turns(db.execute(query))]

    for scalars in (False, True):
        with counted() as work:
            assert walk(scalars) == [*range(1, 2501)]
        assert work.longest_rows <= commit.TURN
