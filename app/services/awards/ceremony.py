"""Prize-giving in a hall: the winners of what was accepted, as a big screen names them. Children by their nicknames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import segno
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.awards import Award, AwardBatch
from app.models.people import Chapter, under
from app.services.awards.alike import Alike, among
from app.services.awards.printing import address
from app.services.awards.proposing import ACCEPTED
from app.services.awards.reading import Shown, shown_of_batch_in
from app.services.commit import reading

MOST = 40
"""The number of recipients who are called up one by one."""
TOGETHER = 9
"""The number of recipients who are called up at a time, before those who come one by one."""
LISTED = 6  # batches listed
MASK = 5
"""The mask of the drawn codes, named: looking for the fairest of eight takes three quarters of the time, and a stage
draws 40 at once."""


@dataclass(frozen=True)
class Ceremony:
    """The prizes of a ceremony and their recipients, the first prize first."""

    public_id: str
    batch: int
    title: str
    giver: str
    winners: tuple[Shown, ...]
    count: int

    @cached_property
    def alike(self) -> Alike:
        """The names that several of those have who are called up one by one."""
        return among(self.winners)

    def apart(self, one: Shown, by_chapter: bool = True, beside: Sequence[Shown] = ()) -> str:
        """The words that tell a recipient from another of the same name: the chapter, unless it is shown anyhow, and in
        one chapter the document's number; "" where nobody else is called so. `beside` come on together with them."""
        alike = self.alike | among(beside)
        in_one_chapter, in_several = (one.name, one.chapter) in alike, (one.name, "") in alike
        said = [one.chapter] if by_chapter and (in_one_chapter or in_several) else []
        return " · ".join([*said, one.number] if in_one_chapter else said)

    @property
    def groups(self) -> int:
        """The number of steps at which several come on together."""
        return -(-(self.count - len(self.winners)) // TOGETHER)

    @property
    def last_step(self) -> int:
        """The number of the last step: 0 opens, then come those who are called together, then one after the other, the
        last ones first, then everybody."""
        return self.groups + len(self.winners) + 1

    def on_stage(self, step: int) -> Shown | None:
        """Returns the person who is called up alone at this step, if there is one."""
        return self.winners[-(step - self.groups)] if self.groups < step < self.last_step else None

    def before(self, step: int) -> int | None:
        """The number of recipients before those who come on together at this step; None where nobody does so."""
        return len(self.winners) + (self.groups - step) * TOGETHER if 0 < step <= self.groups else None


@reading
def ceremonies(db: Session, chapter_id: int) -> list[tuple[str, str]]:
    """(public id, title) of what this chapter and those below it have accepted lately."""
    path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id))
    query = (
        select(AwardBatch.public_id, AwardBatch.title)
        .join(Chapter, Chapter.id == AwardBatch.chapter_id)
        .where(AwardBatch.state == ACCEPTED, under(Chapter.path, path or "-"))
    )
    rows = db.execute(query.order_by(AwardBatch.decided_at.desc(), AwardBatch.id.desc()).limit(LISTED))
    return [(row[0], row[1]) for row in rows]


@reading
def ceremony(db: Session, public_id: str, path: str) -> Ceremony | None:
    """The ceremony of a batch; None unless it was accepted and its chapter lies in the subtree of `path`."""
    query = select(AwardBatch, Chapter.name).join(Chapter, Chapter.id == AwardBatch.chapter_id)
    row = db.execute(
        query.where(AwardBatch.public_id == public_id, AwardBatch.state == ACCEPTED, under(Chapter.path, path))
    ).first()
    if row is None:
        return None
    given = (Award.batch_id == row[0].id, Award.revoked_at.is_(None), Award.name != "")
    count = db.scalar(select(func.count()).select_from(Award).where(*given)) or 0
    winners = tuple(shown_of_batch_in(db, row[0].id, MOST))
    return Ceremony(public_id, row[0].id, row[0].title, row[1], winners, count)


@reading
def together(db: Session, held: Ceremony, step: int) -> list[Shown]:
    """The people who come on together at this step."""
    before = held.before(step)
    return [] if before is None else shown_of_batch_in(db, held.batch, TOGETHER, before)


def code_of(public_id: str) -> str:
    """The QR of a document's page, as SVG."""
    return _drawn(address.of(public_id))


@lru_cache(maxsize=256)
def _drawn(where: str) -> str:
    drawn = segno.make(where, error="m", micro=False, mask=MASK)
    return str(drawn.svg_inline(border=2, omitsize=True, dark="#071b4a", light="#ffffff"))
