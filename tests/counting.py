"""The cost of a piece of work, counted instead of timed: statements, rows, SQLite's own steps, breaths.

    with counted() as work:
        client.get("/ranking")
    assert work.statements < 9 and work.longest_rows <= 1000

A breath is where long work lets others go on; `longest_rows` and `longest_steps` are the most between two of them.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine, event

from app.services import commit

STEP = 1000
"""SQLite is asked after so many of its instructions; some hundred thousand of them take a millisecond or two."""


@dataclass
class Work:
    """The counts so far."""

    statements: int = 0
    rows: int = 0
    steps: int = 0
    """Thousands of SQLite's instructions."""
    breaths: int = 0
    longest_rows: int = 0
    longest_steps: int = 0
    said: list[str] = field(default_factory=list)
    _rows: int = 0
    _steps: int = 0

    def row(self) -> None:
        self.rows += 1
        self._rows += 1
        self.longest_rows = max(self.longest_rows, self._rows)

    def step(self) -> None:
        self.steps += 1
        self._steps += 1
        self.longest_steps = max(self.longest_steps, self._steps)

    def breath(self, _seconds: float = 0.0) -> None:
        self.breaths += 1
        self._rows = self._steps = 0


@contextmanager
def counted() -> Iterator[Work]:
    """Count everything this process asks of its database while the block runs."""
    work, connections = Work(), set[Any]()

    def asked(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        work.statements += 1
        work.said.append(statement)
        driver = getattr(cursor, "connection", None)
        if isinstance(driver, sqlite3.Connection):
            cursor.row_factory = seen
            driver.set_progress_handler(work.step, STEP)
            connections.add(driver)

    def seen(_cursor: Any, row: tuple[Any, ...]) -> tuple[Any, ...]:
        work.row()
        return row

    was = commit.time
    commit.time = SimpleNamespace(sleep=work.breath, monotonic=time.monotonic)  # type: ignore[assignment]
    event.listen(Engine, "before_cursor_execute", asked)
    try:
        yield work
    finally:
        event.remove(Engine, "before_cursor_execute", asked)
        commit.time = was
        for driver in connections:
            driver.set_progress_handler(None, STEP)
