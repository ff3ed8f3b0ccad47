"""Verification by sample, whatever is verified: a frozen list is drawn from the first checkpoint made after it.

A list is a row with `state`, `checkpoint_id`, `drawn_from` and `drawn_at`: deeds have theirs, 1+2 has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.models.points import Checkpoint
from app.services.points.checkpoints import checkpoint_text
from quizzes.movement import checks, steps
from quizzes.movement.checks import DRAWN, FROZEN

L = TypeVar("L")


@dataclass(frozen=True)
class ListHead:
    """The head of one list, as organisers see it. `count`: everything on it."""

    id: int
    chapter_id: int
    chapter: str
    count: int
    state: str
    frozen_at: int
    drawn_from: int | None
    """The checkpoint whose seed drew the sample: with its published text anybody can draw it again."""


def with_sums(lists: Any, items: Any, *sums: ColumnElement[int]) -> Select[Any]:
    """The lists with the names of their chapters and sums over their items."""
    query = select(lists, Chapter.name, *sums).join(Chapter, Chapter.id == lists.chapter_id)
    return query.join(items, items.list_id == lists.id).group_by(lists.id, Chapter.name)


Head = tuple[int, int, str, int, str, int, int | None]
"""The values of a ListHead, one after the other."""


def heads_in(db: Session, query: Select[Any]) -> list[tuple[Any, Head, list[int]]]:
    """(list, the values of its ListHead, the sums over its items) of what `with_sums` asks for."""
    found = []
    for one, name, *sums in db.execute(query):
        head = (one.id, one.chapter_id, name, one.count, one.state, one.frozen_at, one.drawn_from)
        found.append((one, head, [int(each or 0) for each in sums]))
    return found


def drawable_in(db: Session, lists: Any) -> list[int]:
    """The frozen lists after which a checkpoint has been made."""
    newest = db.scalar(select(func.max(Checkpoint.id))) or 0
    ready = (lists.state == FROZEN, lists.checkpoint_id < newest)
    return list(db.scalars(select(lists.id).where(*ready).order_by(lists.id)))


def draw_in(db: Session, lists: type[L], list_id: int, now: int, mark: Callable[[L, str], None]) -> L | None:
    """Draws a list: `mark` notes its sample, drawn by the seed. Returns None when somebody else has drawn it."""
    found = _held_in(db, lists, list_id)
    if found is None or found.state != FROZEN:
        return None
    found.drawn_from, seed = _seed_in(db, found)
    mark(found, seed)
    found.drawn_at, found.state = now, DRAWN
    drawn: L = found
    return drawn


def _seed_in(db: Session, one: Any) -> tuple[int, str]:
    """The checkpoint after a frozen list: its number, and the seed that nobody could know when the list was made."""
    after = db.execute(
        select(Checkpoint.id, Checkpoint.text)
        .where(Checkpoint.id > (one.checkpoint_id or 0))
        .order_by(Checkpoint.id)
        .limit(1)
    ).one()
    return after.id, checkpoint_text(after.text).seed()


def late_in(db: Session, lists: Any, now: int) -> list[int]:
    """The drawn lists in which the time to reach people is over."""
    late = (lists.state == DRAWN, lists.drawn_at <= now - checks.DAYS * steps.DAY)
    return list(db.scalars(select(lists.id).where(*late)))


def overdue_in(db: Session, lists: type[L], list_id: int, now: int) -> L | None:
    """Such a list, held until the transaction ends; None when it was closed meanwhile."""
    found = _held_in(db, lists, list_id)
    over = found is not None and found.state == DRAWN and found.drawn_at is not None
    return found if over and checks.late(found.drawn_at, now) else None


def _held_in(db: Session, lists: Any, list_id: int) -> Any:
    return db.scalar(select(lists).where(lists.id == list_id).with_for_update())
