"""The statements of a show's steps: the journal, the show's row, the fences of its openings.

Built once, of tables and not of their classes: every step of every show runs them, and most of a step was building.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.shows import JournalLine, Opening, Show
from quizzes.show import Fence

SHOW: Any = bindparam("show")
TABLES: Any = (JournalLine.__table__, Opening.__table__, Show.__table__)
JOURNAL, OPENINGS, SHOWS = TABLES
NEWER = (
    select(JOURNAL.c.seq, JOURNAL.c.at, JOURNAL.c.name, JOURNAL.c.data, JOURNAL.c.step)
    .where(JOURNAL.c.show_id == SHOW, JOURNAL.c.seq > bindparam("seq"))
    .order_by(JOURNAL.c.seq)
)
DONE = (
    select(JOURNAL.c.seq)
    .where(
        JOURNAL.c.show_id == SHOW, JOURNAL.c.actor == bindparam("actor"), JOURNAL.c.client_id == bindparam("client_id")
    )
    .limit(1)
)
MOVED = (
    update(SHOWS).where(SHOWS.c.id == SHOW).values(head=bindparam("seq"), posted_digest=None, over_at=None)
)  # a result posted before is an old one
ENDED = (
    update(SHOWS)
    .where(SHOWS.c.id == SHOW)
    .values(
        head=bindparam("seq"), posted_digest=None, over_at=func.coalesce(SHOWS.c.over_at, bindparam("over")), pin=None
    )
)
SHUT = (
    update(OPENINGS)
    .where(OPENINGS.c.show_id == SHOW, OPENINGS.c.accepting, OPENINGS.c.no.not_in(bindparam("open", expanding=True)))
    .values(accepting=False, code="not_open")
)


@dataclass
class Line:
    """A row of the journal on its way in."""

    show_id: int
    seq: int
    at: int
    actor: str
    member_id: int | None
    client_id: str | None
    part: int
    step: bool
    name: str
    data: str


def newer_in(db: Session, show_id: int, seq: int) -> Sequence[Any]:
    """The journal behind number `seq`."""
    return db.connection().execute(NEWER, {"show": show_id, "seq": seq}).all()


def done_before_in(db: Session, show_id: int, actor: str, client_id: str) -> bool:
    asked = {"show": show_id, "actor": actor, "client_id": client_id}
    return db.connection().scalar(DONE, asked) is not None


def write_in(db: Session, lines: Sequence[Line], over_at: int | None) -> None:
    """Append to the journal and move the show's row on."""
    connection, show_id = db.connection(), lines[0].show_id
    connection.execute(JOURNAL.insert(), [vars(line) for line in lines])
    now = {"show": show_id, "seq": lines[-1].seq}
    connection.execute(MOVED if over_at is None else ENDED, now if over_at is None else now | {"over": over_at})


def set_fences_in(db: Session, show_id: int, before: Sequence[Fence], fences: Sequence[Fence]) -> None:
    """Write what each open ask accepts; an opening that is not listed accepts nothing. What stood there before this
    command was written by the last one."""
    if fences == before:
        return
    connection = db.connection()
    connection.execute(SHUT, {"show": show_id, "open": [fence.no for fence in fences]})
    new = insert(db, OPENINGS)
    columns = ("closes_at", "accepting", "code")
    rows = [
        {"show_id": show_id, "no": one.no, **{name: getattr(one, name) for name in columns}}
        for one in fences
        if one not in before
    ]
    if rows:
        connection.execute(
            new.on_conflict_do_update(
                index_elements=["show_id", "no"], set_={name: new.excluded[name] for name in columns}
            ),
            rows,
        )
