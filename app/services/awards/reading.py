"""Awards as they are read: by everybody who holds a document's address, by the holder, by organisers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.models.awards import Award, AwardBatch, AwardFile
from app.models.people import Chapter, Member, under
from app.services.awards.proposing import ACCEPTED, WAITING
from app.services.commit import reading
from app.services.people.public_names import is_child
from quizzes.awards import kinds
from quizzes.refusals import Rejected

SHOWN = 100


@dataclass(frozen=True)
class Shown:
    """Every field of a document, as its page shows it. `by_nickname`: a child's full name stands on the paper only."""

    public_id: str
    kind: str
    number: str
    name: str
    by_nickname: bool
    chapter: str
    prize: str
    wording: str
    giver: str
    giver_id: int
    giver_path: str
    decision_no: str
    decided_on: date | None
    signer: str
    signer_title: str
    issued_at: int
    member_id: int | None
    chapter_id: int | None
    digest: str
    signed: bool
    revoked_at: int | None
    revoked_decision: str
    revoked_reason: str


def _query() -> Any:
    giver, holder = aliased(Chapter), aliased(Member)
    return (
        select(Award, AwardBatch, giver.name, giver.path, holder.birth_year, holder.public_name, AwardFile.digest,
               AwardFile.signed)
        .join(AwardBatch, AwardBatch.id == Award.batch_id).join(giver, giver.id == AwardBatch.chapter_id)
        .outerjoin(holder, holder.id == Award.member_id).outerjoin(AwardFile, AwardFile.award_id == Award.id)
        .where(AwardBatch.state == ACCEPTED)
    )  # fmt: skip


def _shown(row: Any) -> Shown:
    one, batch, giver, path, born, public, digest, signed = row
    child = is_child(born)
    return Shown(
        one.public_id, batch.kind, kinds.number_of(batch.kind, one.serial, one.year),
        (public if child else one.name) if one.name else "", child and bool(one.name), one.chapter, one.prize,
        batch.wording, giver, batch.chapter_id, path, batch.decision_no, batch.decided_on, batch.signer,
        batch.signer_title, batch.decided_at or 0, one.member_id, one.chapter_id, digest or "", bool(signed),
        one.revoked_at, one.revoked_decision, one.revoked_reason,
    )  # fmt: skip


@reading
def shown(db: Session, public_id: str) -> Shown:
    """The document with this code, or Rejected("not_found")."""
    row = db.execute(_query().where(Award.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return _shown(row)


@reading
def of_file(db: Session, content: bytes) -> Shown | None:
    """The document this very file is, letter by letter; None for a forged or an edited one."""
    row = db.execute(_query().where(AwardFile.digest == sha256(content).hexdigest())).first()
    return _shown(row) if row else None


@reading
def of_member(db: Session, member_id: int) -> list[Shown]:
    """What a member was given, the newest first."""
    rows = db.execute(_query().where(Award.member_id == member_id).order_by(Award.id.desc()).limit(SHOWN))
    return [_shown(row) for row in rows]


@reading
def of_chapter(db: Session, chapter_id: int) -> list[Shown]:
    """What a chapter was given itself, the newest first."""
    rows = db.execute(_query().where(Award.chapter_id == chapter_id).order_by(Award.id.desc()).limit(SHOWN))
    return [_shown(row) for row in rows]


@reading
def content_of(db: Session, public_id: str) -> bytes | None:
    """The document's file; None while it is being printed."""
    query = select(AwardFile.content).join(Award, Award.id == AwardFile.award_id)
    return db.scalar(query.where(Award.public_id == public_id))


@dataclass(frozen=True)
class Batch:
    """A batch as organisers see it. `printed` of `count` documents are there."""

    public_id: str
    chapter_id: int
    chapter: str
    path: str
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
    state: str
    made_by: int
    maker: str
    made_at: int
    count: int
    printed: int


@dataclass(frozen=True)
class Line:
    """One award of a batch as organisers see it."""

    public_id: str
    name: str
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
def batch(db: Session, public_id: str) -> tuple[Batch, list[Line]]:
    """One batch with everybody in it, or Rejected("not_found")."""
    row = db.execute(_batches().where(AwardBatch.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    rows = db.execute(
        select(Award, AwardFile.award_id).outerjoin(AwardFile, AwardFile.award_id == Award.id)
        .where(Award.batch_id == row[0].id).order_by(Award.place)
    )  # fmt: skip
    return _batch(row), [
        Line(one.public_id, one.name, one.chapter, one.prize, one.serial, one.member_id, file is not None,
             one.revoked_at) for one, file in rows
    ]  # fmt: skip


@reading
def progress(db: Session, public_id: str) -> tuple[int, int]:
    """How many documents of a batch are printed, and of how many."""
    row = db.execute(_batches().where(AwardBatch.public_id == public_id)).first()
    return (row[5], row[4]) if row else (0, 0)


def _batches() -> Any:
    count = select(func.count()).select_from(Award).where(Award.batch_id == AwardBatch.id).scalar_subquery()
    printed = (
        select(func.count()).select_from(AwardFile).join(Award, Award.id == AwardFile.award_id)
        .where(Award.batch_id == AwardBatch.id).scalar_subquery()
    )  # fmt: skip
    return (
        select(AwardBatch, Chapter.name, Chapter.path, Member.name, count, printed)
        .join(Chapter, Chapter.id == AwardBatch.chapter_id).join(Member, Member.id == AwardBatch.made_by)
    )  # fmt: skip


def _batch(row: Any) -> Batch:
    one, chapter, path, maker, count, printed = row
    return Batch(
        one.public_id, one.chapter_id, chapter, path, one.kind, one.title, one.design, one.wording, one.decision_no,
        one.decided_on, one.signer, one.signer_title, one.source, one.reason, one.state, one.made_by, maker,
        one.made_at, count, printed,
    )  # fmt: skip
