"""The endings of rights. Whatever takes a right away writes a line here in its own transaction; workers read the new
ones.

So what stood on it ends everywhere within two seconds, by one query per worker and second and without Redis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.signing_in import Ended
from app.services.commit import reading, writing

SESSION, MEMBER, SHOW, ALL = "session", "member", "show", "all"
"""A session is gone for good; of the others the right to run shows has to be asked again."""
KEPT_US = 24 * 3600 * 1_000_000
"""How long an ending is kept, microseconds: each worker has read it long before."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One line."""

    id: int
    kind: str
    number: int
    at: int


_NEWER = select(Ended.id, Ended.kind, Ended.number, Ended.at).where(Ended.id > bindparam("after")).order_by(Ended.id)


def end_in(db: Session, kind: str, numbers: Iterable[int]) -> None:
    """Write that these have ended; nothing for nobody."""
    at = now_us(db)
    rows = [{"kind": kind, "number": number, "at": at} for number in numbers]
    if rows:
        db.execute(insert(db, Ended), rows)


@reading
def newer(db: Session, after: int) -> list[Ending]:
    """The lines with a number above `after`, in order."""
    return [Ending(*row) for row in db.connection().execute(_NEWER, {"after": after})]


@writing
def forget_old(db: Session) -> None:
    """Drop the lines of former days."""
    db.execute(delete(Ended).where(Ended.at < now_us(db) - KEPT_US))
