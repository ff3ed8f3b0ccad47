"""The only place that opens transactions. A service is one verb in one transaction.

    @writing
    def rename_chapter(db: Session, chapter_id: int, name: str) -> None: ...

    rename_chapter(7, "Chi đoàn khu phố 3")     # callers never see the session

A verb takes and returns plain values, because on SQLite it runs on the writer thread. One verb calls
another inside its own transaction through a plain function whose name ends in `_in` (`rename_chapter_in(db, ...)`).

While PostgreSQL is away (restarted, or its machine is) what only reads is tried again for some seconds, and so
is a write that is marked `repeatable` because doing it twice changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.engine import FilterResult, Result
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.engines import AWAY, DISK_FULL, database, stood_still, trouble_of

__all__ = [
    "AWAY",
    "DISK_FULL",
    "breathe",
    "in_turns",
    "reading",
    "reading_together",
    "repeatable",
    "trouble_of",
    "writing",
]

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")

PATIENCE_S = 6.0  # how long a page waits for the writer
PAUSE_S = 0.2
"""The pause before work is tried again while the database is away, seconds."""
BREATH_S = 0.001
"""The sleep in which waiting work goes first between two pieces of long work, seconds."""
STALLS = 2
"""How many times a write is tried again after the database undid it because the process stood still."""
TURN = 1000
"""Rows between two breaths."""
_shared: ContextVar[Session | None] = ContextVar("the session that several readings share", default=None)


def breathe() -> None:
    """Yields the loop twice between two pieces of long work, so that a live show in this process goes first.

    The sleep of 1 ms lets waiting work run and the loop look at its sockets; the sleep of 0 lets it read them.
    """
    time.sleep(BREATH_S)
    time.sleep(0)


def in_turns(rows: Iterable[Row], most: int = TURN) -> Iterator[Row]:
    """Yields the same rows and breathes after each `most` of them, so that a long walk holds nobody up.

    The answer of a query is read in such pieces too: iterated as it is, all of it would be read before the first row.
    """
    if isinstance(rows, Result | FilterResult):
        rows = rows.yield_per(most)
    for count, row in enumerate(rows, 1):
        yield row
        if count % most == 0:
            breathe()


def writing(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Run the verb whole in one write transaction; an exception undoes all of it.

    Where the database undid it because the process stood still, the verb runs again, at most STALLS times.
    """

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(STALLS):
            try:
                return database.write(verb, *args, **kwargs)
            except DBAPIError as problem:
                if not stood_still(problem):
                    raise
        return database.write(verb, *args, **kwargs)

    return call


def reading(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Run the verb in one read-only session."""

    alone = repeatable(_in_a_session(verb))

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        shared = _shared.get()
        return alone(*args, **kwargs) if shared is None else verb(shared, *args, **kwargs)

    return call


def reading_aside(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """The same on a thread of its own, for a walk over a whole province: only its caller waits."""

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return database.aside(verb, *args, **kwargs)

    return repeatable(call)


def _in_a_session(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        with database.read() as db:
            return verb(db, *args, **kwargs)

    return call


def reading_together(work: Callable[P, R]) -> Callable[P, R]:
    """Let all that `work` reads come out of one read-only session: a page of many parts shows one moment of the
    database, and asks for one connection once. Nothing may be written meanwhile."""

    @wraps(work)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        with database.read() as db:
            before = _shared.set(db)
            try:
                return work(*args, **kwargs)
            finally:
                _shared.reset(before)

    return repeatable(call)


def repeatable(verb: Callable[P, R]) -> Callable[P, R]:
    """Try again while the database is away, for at most `PATIENCE_S`.

    Only for verbs that may run twice: a connection may break after the commit.
    """

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return verb(*args, **kwargs)
            except DBAPIError as problem:
                if trouble_of(problem) != AWAY or time.monotonic() > until:
                    raise
            time.sleep(PAUSE_S)

    return call
