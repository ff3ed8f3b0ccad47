"""Awards as they are read: by everybody who holds a document's address, by the holder, by organisers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models.awards import Award, AwardBatch, AwardFile
from app.models.people import Chapter, Member
from app.services.awards.proposing import ACCEPTED
from app.services.commit import reading
from app.services.people.public_names import is_child
from quizzes.awards import kinds
from quizzes.hours import local
from quizzes.refusals import Rejected

SHOWN = 100  # awards listed


@dataclass(frozen=True)
class Shown:
    """Every field of a document, as its page shows it. `by_nickname`: the holder is a child, whom the page does not
    name; `named_on_paper`: the paper does, with the guardian's consent."""

    public_id: str
    kind: str
    number: str
    name: str
    by_nickname: bool
    named_on_paper: bool
    chapter: str
    prize: str
    wording: str
    giver: str
    above: str
    giver_id: int
    giver_path: str
    decision_no: str
    decided_on: date | None
    place: str
    dated: date
    """Place and day beside the signature."""
    signer: str
    signer_title: str
    issued_at: int
    member_id: int | None
    chapter_id: int | None
    digest: str
    signed: bool
    printed_at: int | None
    revoked_at: int | None
    revoked_decision: str
    revoked_reason: str


def _query() -> Any:
    giver, holder = aliased(Chapter), aliased(Member)
    return (
        select(
            Award,
            AwardBatch,
            giver.path,
            holder.birth_year,
            holder.public_name,
            AwardFile.digest,
            AwardFile.signed,
            AwardFile.made_at,
        )
        .join(AwardBatch, AwardBatch.id == Award.batch_id)
        .join(giver, giver.id == AwardBatch.chapter_id)
        .outerjoin(holder, holder.id == Award.member_id)
        .outerjoin(AwardFile, AwardFile.award_id == Award.id)
        .where(AwardBatch.state == ACCEPTED)
    )


def _shown(row: Any) -> Shown:
    """An award as pages and its document show it; the name of a child is the public one."""
    one, batch, path, born, public, digest, signed, printed_at = row
    child = bool(one.name) and is_child(born)
    hidden = child and not one.nickname
    return Shown(
        one.public_id,
        batch.kind,
        kinds.number_of(batch.kind, one.serial, one.year),
        public if hidden else one.name,
        child,
        hidden,
        one.chapter,
        one.prize,
        batch.wording,
        batch.giver,
        batch.above,
        batch.chapter_id,
        path,
        batch.decision_no,
        batch.decided_on,
        batch.place,
        kinds.dated(batch.kind, batch.decided_on, local(batch.decided_at or 0).date()),
        batch.signer,
        batch.signer_title,
        batch.decided_at or 0,
        one.member_id,
        one.chapter_id,
        digest or "",
        bool(signed),
        printed_at,
        one.revoked_at,
        one.revoked_decision,
        one.revoked_reason,
    )


@reading
def shown(db: Session, public_id: str) -> Shown:
    """The document with this code, or Rejected("not_found")."""
    row = db.execute(_query().where(Award.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return _shown(row)


def shown_of_batch_in(db: Session, batch_id: int, most: int, before: int = 0) -> list[Shown]:
    """The documents of a batch that hold, in its order: so many of them behind those `before`."""
    query = _query().where(*_given(Award, batch_id)).order_by(Award.place).limit(most)
    if before:  # found by place first, so that those before are not joined with anything
        other = aliased(Award)
        first = select(other.place).where(*_given(other, batch_id)).order_by(other.place).offset(before).limit(1)
        query = query.where(Award.place >= first.scalar_subquery())
    return [_shown(row) for row in db.execute(query)]


def _given(award: Any, batch_id: int) -> tuple[Any, ...]:
    """The conditions of documents of a batch that hold."""
    return award.batch_id == batch_id, award.revoked_at.is_(None), award.name != ""


@reading
def of_file(db: Session, content: bytes) -> Shown | None:
    """The document this very file is, letter by letter; None for a forged or an edited one."""
    row = db.execute(_query().where(AwardFile.digest == sha256(content).hexdigest())).first()
    return _shown(row) if row else None


@reading
def of_member(db: Session, member_id: int) -> list[Shown]:
    """The awards of a member, the newest first."""
    rows = db.execute(_query().where(Award.member_id == member_id).order_by(Award.id.desc()).limit(SHOWN))
    return [_shown(row) for row in rows]


@reading
def of_chapter(db: Session, chapter_id: int) -> list[Shown]:
    """The awards that a chapter itself was given, the newest first."""
    rows = db.execute(_query().where(Award.chapter_id == chapter_id).order_by(Award.id.desc()).limit(SHOWN))
    return [_shown(row) for row in rows]


@reading
def content_of(db: Session, public_id: str) -> bytes | None:
    """The document's file; None while it is being printed."""
    query = select(AwardFile.content).join(Award, Award.id == AwardFile.award_id)
    return db.scalar(query.where(Award.public_id == public_id))
