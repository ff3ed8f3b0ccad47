"""The CPU that a piece of work takes, of this process and of the database that works for it."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from app.models.engines import database


class Used:
    """Read before and after, over a connection of its own. Processes of PostgreSQL are found at each reading, so one
    that ended meanwhile counts nothing; on SQLite there are none."""

    def __init__(self) -> None:
        self._watch = None if database.is_sqlite else create_engine(database.engine.url, poolclass=NullPool).connect()

    def ms(self) -> float:
        """Milliseconds of CPU so far."""
        return time.process_time() * 1000 + sum(_ms_of(pid) for pid in self._workers())

    def _workers(self) -> list[int]:
        if self._watch is None:
            return []
        asked = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        found = list(self._watch.scalars(text(asked)))
        self._watch.rollback()
        return found


def _ms_of(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1_000_000
    except OSError:
        return 0.0
