"""One program on one instance folder, unless all know of each other through PostgreSQL and Redis."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli import Stop, running
from app.config import Settings


@contextmanager
def serving(settings: Settings) -> Iterator[None]:
    """Hold the folder while a server runs. Raises Stop when another one does that this one cannot share it with."""
    together = settings.redis_url and settings.sqlite_file is None
    with _held(settings, fcntl.LOCK_SH if together else fcntl.LOCK_EX):
        yield


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the folder against every server, for what changes the whole database. Raises Stop while one lives."""
    with _held(settings, fcntl.LOCK_EX):
        _refuse_living_workers(settings)
        yield


@contextmanager
def _held(settings: Settings, how: int) -> Iterator[None]:
    with (settings.instance / ".serving").open("a") as lock:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            server = running.find(settings)
            where = f" ({server.addresses[0]})" if server and server.addresses else ""
            raise Stop(
                f"Một chương trình khác đang chạy trên thư mục dữ liệu này{where}. "
                f"/ Another program runs on the folder {settings.instance} already{where}: "
                "stop it first, or set SCS_INSTANCE to another folder."
            ) from None
        yield


def _refuse_living_workers(settings: Settings) -> None:
    """Workers on other machines write into the same PostgreSQL."""
    if settings.sqlite_file is not None:
        return
    from app.models import schema
    from app.models.engines import Database

    asking = Database()
    asking.bind(settings.database_url)
    try:
        with asking.engine.connect() as connection:
            if schema.workers_alive(connection):
                raise Stop(
                    "Còn máy chủ đang chạy với cơ sở dữ liệu này. / "
                    "A server still runs on this database: stop every one of them first."
                )
    finally:
        asking.dispose()
