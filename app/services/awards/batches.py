"""Batches of awards as their desk shows them: each batch, its lines, how far it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.awards import Award, AwardBatch, AwardFile
from app.models.people import Chapter, Member, under
from app.services.awards.proposing import WAITING
from app.services.awards.reading import SHOWN
from app.services.commit import reading
from app.services.rows import OfChapter
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Batch(OfChapter):
    """A batch as organisers see it. `printed` of `count` documents are there, `unsigned` of these without a
    signature. `guardians`: how the guardians of children agreed to names on paper; without it children have nicknames.
    """

    kind: str
    title: str
    design: str
    wording: str
    decision_no: str
    decided_on: date | None
    signer: str
    signer_title: str
    source: str
    reason: str
    guardians: str
    state: str
    made_by: int
    maker: str
    made_at: int
    count: int
    printed: int
    unsigned: int


@dataclass(frozen=True)
class Line:
    """One award of a batch as organisers see it. `full_name`: of a child whose document has the nickname, else ""."""

    public_id: str
    name: str
    full_name: str
    chapter: str
    prize: str
    serial: int | None
    member_id: int | None
    printed: bool
    revoked_at: int | None


@reading
def batches(db: Session, paths: Sequence[str], chapter_id: int | None = None) -> list[Batch]:
    """Those of these subtrees, or of one chapter alone, waiting ones first."""
    query = _batches().order_by(AwardBatch.state != WAITING, AwardBatch.id.desc()).limit(SHOWN)
    if chapter_id is not None:
        return [_batch(row) for row in db.execute(query.where(AwardBatch.chapter_id == chapter_id))]
    found = [_batch(row) for path in paths for row in db.execute(query.where(under(Chapter.path, path)))]
    return list({one.public_id: one for one in found}.values())


@reading
def batch(db: Session, public_id: str, most: int | None = None) -> tuple[Batch, list[Line]]:
    """One batch with everybody in it, or with the first so many; or Rejected("not_found")."""
    row = db.execute(_batches().where(AwardBatch.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    rows = db.execute(
        select(Award, AwardFile.award_id, Member.name)
        .outerjoin(Member, Member.id == Award.member_id)
        .outerjoin(AwardFile, AwardFile.award_id == Award.id)
        .where(Award.batch_id == row[0].id)
        .order_by(Award.place)
        .limit(most)
    )
    return _batch(row), [
        Line(
            one.public_id,
            one.name,
            real if one.nickname and one.name else "",
            one.chapter,
            one.prize,
            one.serial,
            one.member_id,
            file is not None,
            one.revoked_at,
        )
        for one, file, real in rows
    ]


@reading
def gives_to(db: Session, public_id: str, member_id: int) -> bool:
    """True when somebody is given something in a batch."""
    query = select(Award.id).join(AwardBatch, AwardBatch.id == Award.batch_id).where(AwardBatch.public_id == public_id)
    return db.scalar(query.where(Award.member_id == member_id).limit(1)) is not None


@reading
def progress(db: Session, public_id: str) -> tuple[int, int]:
    """How many documents of a batch are printed, and how many there are."""
    row = db.execute(_batches().where(AwardBatch.public_id == public_id)).first()
    return (row[5], row[4]) if row else (0, 0)


def _batches() -> Any:
    there = (Award.batch_id == AwardBatch.id, Award.name != "")  # who was erased is never printed
    count = select(func.count()).select_from(Award).where(*there).scalar_subquery()
    files = select(func.count()).select_from(AwardFile).join(Award, Award.id == AwardFile.award_id)
    printed = files.where(Award.batch_id == AwardBatch.id)
    unsigned = printed.where(AwardFile.signed.is_(False))
    return (
        select(
            *(AwardBatch, Chapter.name, Chapter.path, Member.name, count),
            printed.scalar_subquery(),
            unsigned.scalar_subquery(),
        )
        .join(Chapter, Chapter.id == AwardBatch.chapter_id)
        .join(Member, Member.id == AwardBatch.made_by)
    )


def _batch(row: Any) -> Batch:
    one, chapter, path, maker, count, printed, unsigned = row
    return Batch(
        one.public_id,
        one.chapter_id,
        chapter,
        path,
        one.kind,
        one.title,
        one.design,
        one.wording,
        one.decision_no,
        one.decided_on,
        one.signer,
        one.signer_title,
        one.source,
        one.reason,
        one.guardians,
        one.state,
        one.made_by,
        maker,
        one.made_at,
        count,
        printed,
        unsigned,
    )
