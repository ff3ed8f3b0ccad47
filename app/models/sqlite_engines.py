"""Engines over SQLite, and the threads of this process that work on one connection each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

BUSY_MS = 5000
"""How long a connection waits for another one's lock, milliseconds."""


def one_thread() -> Callable[..., Any]:
    """Something that runs a function on one native thread and waits for it without stopping the loop."""
    from gevent import monkey

    if not monkey.is_module_patched("socket"):
        pool = ThreadPoolExecutor(1, "writer")
        return lambda function: pool.submit(function).result()
    from gevent.threadpool import ThreadPool

    apply = ThreadPool(1).apply

    def run(function: Callable[[], Any]) -> Any:
        """An error crosses the threads as a value: gevent would print each refusal as a crash."""
        result, error = apply(_outcome, (function,))
        if error is not None:
            raise error
        return result

    return run


def _outcome(function: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return function(), None
    except BaseException as error:
        return None, error


def emptied(writer: Engine) -> None:
    """Empties the log behind the connection that writes, at once or not at all: nobody waits for a reader."""
    connection = writer.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    finally:
        connection.close()


def sqlite_engine(url: str, *, writes: bool, alone: bool = False) -> Engine:
    """An engine over one SQLite file: many connections that read, or a single one that writes, or reads `alone`."""
    shared = {"poolclass": StaticPool} if writes or alone else {"pool_size": 10, "max_overflow": 40}
    settings = {"check_same_thread": False, "timeout": 5}
    engine = create_engine(url, connect_args=settings, hide_parameters=True, **shared)  # a traceback tells no secret

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"busy_timeout={BUSY_MS}",
            "secure_delete=ON",  # what is erased is overwritten
            f"query_only={'OFF' if writes else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
