"""The only place that opens transactions. A service is one verb in one transaction.

    @writing
    def rename_chapter(db: Session, chapter_id: int, name: str) -> None: ...

    rename_chapter(7, "Chi đoàn khu phố 3")     # callers never see the session

A verb takes and returns plain values, because on SQLite it runs on the writer thread. One verb calls
another inside its own transaction through the plain function (`_rename_chapter(db, ...)`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from app.models.engines import database

P = ParamSpec("P")
R = TypeVar("R")


def writing(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Run the verb whole in one write transaction; an exception undoes all of it."""

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return database.write(verb, *args, **kwargs)

    return call


def reading(verb: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Run the verb in one read-only session."""

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        with database.read() as db:
            return verb(db, *args, **kwargs)

    return call
