"""Scorecards as things: making one, reading it, moving it from open to verifying to closed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter, under
from app.models.scorecards import Scorecard
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.campaigns import new_public_id
from app.services.people.kinds import KINDS
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.rows import Numbered, OfChapter, row_in
from quizzes.hours import DAY, local
from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import Criterion, as_data, from_data
from quizzes.text import visible

OPEN, VERIFYING, CLOSED = "open", "verifying", "closed"
NEXT = {OPEN: VERIFYING, VERIFYING: CLOSED}
SHOWN = 50
"""Cards in one list."""
MOST = 500
"""Chapters of one card."""
LONGEST = 366 * DAY
"""How far ahead a card may end, microseconds."""


@dataclass(frozen=True)
class Card(OfChapter, Numbered):
    """A scorecard as pages show it."""

    title: str
    kind: str
    criteria: tuple[Criterion, ...]
    source: str
    state: str
    until: int
    closed_at: int | None

    def takes_claims(self, now: int) -> bool:
        """True while chapters may score themselves."""
        return self.state == OPEN and now <= self.until


@dataclass(frozen=True)
class Draft:
    """The content of a new card's form."""

    title: str
    kind: str
    criteria: Sequence[Criterion]
    until: int
    source: str = ""


@writing
def make(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> str:
    """Begin a card for the chapters below; its public id.

    Rejected: scorecard_title, scorecard_empty, bad_dates, scorecard_wide {most}.
    """
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    title, now = visible(draft.title), now_us(db)
    if not 3 <= len(title) <= 120:
        raise Rejected("scorecard_title", field="title")
    if draft.kind not in KINDS:
        raise Rejected("chapter_kind", field="kind")
    if not draft.criteria:
        raise Rejected("scorecard_empty", field="criteria")
    if not now < draft.until <= now + LONGEST:
        raise Rejected("bad_dates", field="until")
    here = compared(path, draft.kind, now)
    if (db.scalar(select(func.count()).select_from(Chapter).where(*here)) or 0) > MOST:
        raise Rejected("scorecard_wide", field="kind", most=MOST)
    new = Scorecard(
        public_id=new_public_id(),
        chapter_id=chapter_id,
        title=title,
        kind=draft.kind,
        source=draft.source[:40],
        criteria=json.dumps(as_data(draft.criteria), ensure_ascii=False),
        state=OPEN,
        until=draft.until,
    )
    db.add(new)
    audit_in(db, actor_id, "scorecard.made", chapter_id=chapter_id)
    return new.public_id


def compared(path: str, kind: str, at: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions that select the chapters of a card: those of its kind that had not been closed at that moment."""
    there = or_(Chapter.valid_to.is_(None), Chapter.valid_to >= local(at).date())
    return under(Chapter.path, path), Chapter.kind == kind, there


@writing
def advance(db: Session, actor_id: int, public_id: str, state: str) -> str:
    """From `state` on to the next one, which is returned: nobody scores any more; then nothing changes any more."""
    row = row_in(db, Scorecard, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, row.chapter_id))
    if row.state != state or state not in NEXT:
        raise Rejected("already_decided")
    row.state = NEXT[state]
    row.closed_at = now_us(db) if row.state == CLOSED else None
    audit_in(db, actor_id, "scorecard.moved", chapter_id=row.chapter_id, card=row.id, state=row.state)
    return row.state


@reading
def card(db: Session, public_id: str) -> Card:
    """One card, or Rejected("not_found")."""
    row = db.execute(_query().where(Scorecard.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return _card(row)


@reading
def listed(db: Session, path: str) -> list[Card]:
    """The cards of a subtree and of the chapters above it, the newest first."""
    above = [int(one) for one in path.strip("/").split("/") if one]
    query = _query().order_by(Scorecard.id.desc()).limit(SHOWN)
    rows = db.execute(query.where(under(Chapter.path, path) | Scorecard.chapter_id.in_(above)))
    return [_card(row) for row in rows]


def _query() -> Any:
    return select(Scorecard, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Scorecard.chapter_id)


def _card(row: Any) -> Card:
    one, chapter, path = row
    return Card(
        one.id,
        one.public_id,
        one.chapter_id,
        chapter,
        path,
        one.title,
        one.kind,
        tuple(from_data(json.loads(one.criteria))),
        one.source,
        one.state,
        one.until,
        one.closed_at,
    )
