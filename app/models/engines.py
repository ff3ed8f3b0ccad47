"""The one place where SQLite and PostgreSQL differ.

SQLite: WAL, `synchronous=FULL`, one writer thread in the process, every write transaction is
`BEGIN IMMEDIATE` (a deferred one that reads and then writes fails at once, `busy_timeout` does not
help it). PostgreSQL: READ COMMITTED, a pooled connection for each greenlet or thread.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.models.pools import NETWORK, share
from app.models.sqlite_engines import emptied, one_thread, sqlite_engine

Result = TypeVar("Result")

IDLE_MS = "2000"
without_database: ContextVar[bool] = ContextVar("without_database", default=False)
"""True on a thread that computes: connections and locks belong to the loop, and such work is given what it needs."""


class Database:
    """The bound database of this process. `bind` before use; `write` and `read` are all it offers."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._writer: Engine | None = None
        self._run: Callable[..., Any] | None = None
        self._walker: Engine | None = None
        self._walk: Callable[..., Any] | None = None

    def bind(self, url: str, connections: int = 20, workers: int = 1) -> None:
        """Connect to `url`, in PostgreSQL over at most so many connections: less where so many `workers` would go
        beyond its own limit. Binding again disposes of the former engines (tests do)."""
        self.dispose()
        if make_url(url).get_backend_name() == "sqlite":
            self._engine = sqlite_engine(url, writes=False)
            self._writer = sqlite_engine(url, writes=True)
            self._run = one_thread()
            self._walker, self._walk = sqlite_engine(url, writes=False, alone=True), one_thread()
        else:
            most = connections if workers == 1 else min(connections, share(url, workers))
            self._engine = self._writer = create_engine(
                url,
                isolation_level="READ COMMITTED",
                pool_size=most // 2,
                max_overflow=most - most // 2,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args=NETWORK,
            )
            self._run = self._walk = None

    def dispose(self) -> None:
        """Close every connection and forget the engines."""
        for engine in {self._engine, self._writer, self._walker} - {None}:
            engine.dispose()  # type: ignore[union-attr]
        self._engine = self._writer = self._run = self._walker = self._walk = None

    def pool(self) -> tuple[int, int]:
        """Connections in use, and how many there may be; nothing while no database is bound."""
        pool: Any = self._engine.pool if self._engine is not None else None
        return (pool.checkedout(), pool.size() + pool._max_overflow) if isinstance(pool, QueuePool) else (0, 0)

    @property
    def engine(self) -> Engine:
        """The engine that may write; migrations and the creation of tables use it."""
        if self._writer is None:
            raise RuntimeError("the database is not bound")
        return self._writer

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def write(self, verb: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Run `verb(session, ...)` whole in one write transaction and return what it returns.

        On SQLite it runs on the process's only writer thread, in the order of calls, so that no
        commit ever holds the event loop.
        """

        _allowed()

        def transaction() -> Result:
            with Session(self.engine, expire_on_commit=False) as db, db.begin():
                return verb(db, *args, **kwargs)

        return self._run(transaction) if self._run else transaction()

    def empty_log(self) -> None:
        """Bring SQLite's log into its file and empty it, so that it holds nothing of rows that were erased. While
        somebody reads it waits for the next time. PostgreSQL keeps its log to recover from alone."""
        if self._run is not None and self.is_sqlite:
            self._run(partial(emptied, self.engine))

    def aside(self, verb: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Run `verb(session, ...)` whole in a session that cannot write, and let others go on meanwhile.

        On SQLite, which works in this process, it runs on a thread and a connection kept for such walks; PostgreSQL
        works elsewhere anyway.
        """
        _allowed()
        if self._walk is None:
            with self.read() as db:
                return verb(db, *args, **kwargs)

        def walk() -> Result:
            with Session(self._walker) as db:
                try:
                    return verb(db, *args, **kwargs)
                finally:
                    db.rollback()

        return self._walk(walk)  # type: ignore[no-any-return]

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that cannot write (SQLite enforces it, PostgreSQL is rolled back)."""
        _allowed()
        if self._engine is None:
            raise RuntimeError("the database is not bound")
        with Session(self._engine) as db:
            try:
                yield db
            finally:
                db.rollback()


database = Database()


def _allowed() -> None:
    if without_database.get():
        raise RuntimeError("work on a thread asks the database")


def insert(db: Session, table: Any) -> Any:
    """An INSERT of this engine that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def lock_show(db: Session, show_id: int, *, shared: bool = False) -> None:
    """Hold the show until the transaction ends: alone, or together with other ballot groups.

    Advisory locks queue fairly; share row locks let the host starve. On SQLite the transaction
    itself is exclusive already.
    """
    lock(db, 1, show_id, shared=shared)


def lock(db: Session, kind: int, number: int, *, shared: bool = False) -> None:
    """A fair lock on one numbered thing of one `kind` (1 show, 2 ledger source, 3 contest, 4 attempt).

    A process that stops while it holds one (a frozen machine) loses its transaction after `IDLE_MS`, so that
    the others go on.
    """
    if db.get_bind().dialect.name == "postgresql":
        name = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        statement = f"SELECT set_config('idle_in_transaction_session_timeout', :idle, true), {name}(:kind, :number)"
        db.execute(text(statement), {"idle": IDLE_MS, "kind": kind, "number": number % 2**31})


DISK_FULL, AWAY = "disk_full", "database_away"
SQLITE_TROUBLE = {sqlite3.SQLITE_FULL: DISK_FULL, sqlite3.SQLITE_IOERR: DISK_FULL, sqlite3.SQLITE_BUSY: AWAY}
"""Busy: another program has held the lock for longer than `busy_timeout`."""


def trouble_of(problem: BaseException) -> str | None:
    """DISK_FULL or AWAY (it cannot be reached, or went away in the middle); None for any other error."""
    if not isinstance(problem, DBAPIError):
        return None
    if isinstance(problem.orig, sqlite3.Error):
        return SQLITE_TROUBLE.get(getattr(problem.orig, "sqlite_errorcode", 0) & 0xFF)
    if getattr(problem.orig, "sqlstate", None) == "53100":
        return DISK_FULL
    lost = problem.connection_invalidated or isinstance(problem, OperationalError | InterfaceError)
    return AWAY if lost else None


def stood_still(problem: DBAPIError) -> bool:
    """True when PostgreSQL ended the transaction because nothing came for `IDLE_MS`: it was not committed."""
    return getattr(problem.orig, "sqlstate", None) == "25P03"


def now_us(db: Session) -> int:
    """The database's clock in microseconds since 1970; SQLite has the machine's."""
    if db.get_bind().dialect.name == "postgresql":
        return int(db.scalar(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")) or 0)
    return time.time_ns() // 1000


def append_only(table: Table) -> None:
    """Let the database itself refuse UPDATE, DELETE and TRUNCATE on `table`, on both engines."""
    table.info["append_only"] = True

    @event.listens_for(table, "after_create")
    def guard(_table: Table, connection: Connection, **_: Any) -> None:
        for statement in append_only_statements(table.name, connection.dialect.name):
            connection.execute(text(statement))


def append_only_statements(name: str, dialect: str) -> list[str]:
    """The statements that make the table `name` append-only; migrations run them too."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {name}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{name} is append-only'; END $$",
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_append_only()",
    ]
