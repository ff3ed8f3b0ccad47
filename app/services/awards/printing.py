"""Printing what was accepted: slice by slice, each stored when it is done, so that a restart goes on where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from app.fail_points import point
from app.models.awards import Award, AwardBatch, AwardFile
from app.models.engines import insert, now_us
from app.services.awards.letterheads import Pictures, head_in
from app.services.awards.proposing import ACCEPTED, giver_in
from app.services.awards.signing import document_key
from app.services.awards.typesetting import Giver, document, typeset
from app.services.commit import breathe, reading, writing
from quizzes.hours import local
from quizzes.refusals import Rejected

SLICE = 50
"""Documents printed with one start of the child."""
LEASE = 60 * 1_000_000
"""How long one worker has a batch for itself, microseconds; it asks again with each slice, which takes seconds. A slice
that took longer and was printed twice counts once."""


class Address:
    """The public address of a document's page; the application binds it once."""

    def __init__(self) -> None:
        self._base = ""

    def bind(self, base: str) -> None:
        """`https://thi.example.vn`"""
        self._base = base.rstrip("/")

    def of(self, public_id: str) -> str:
        return f"{self._base}/c/{public_id}"


address = Address()


@dataclass(frozen=True)
class Piece:
    """Some awards of a batch that have no document yet."""

    batch: int
    awards: tuple[int, ...]
    documents: tuple[dict[str, Any], ...]
    pictures: Pictures


def print_due(most: int | None = None) -> int:
    """Print what has been accepted and not printed, at most so many slices; how many documents were made."""
    made = slices = 0
    while (most is None or slices < most) and (piece := _take()) is not None:
        signing = document_key.job()
        point("award_taken")
        found = typeset(piece.documents, piece.pictures, signing=signing)
        point("award_made")
        made += _store(piece.batch, list(zip(piece.awards, found, strict=True)), signing is not None)
        point("award_stored")
        slices += 1
        breathe()
    return made


@writing
def _take(db: Session) -> Piece | None:
    """The next slice of a batch nobody is printing. One that could not be printed was taken last, so it holds up no
    other."""
    now = now_us(db)
    missing = exists().where(
        Award.batch_id == AwardBatch.id, ~exists().where(AwardFile.award_id == Award.id), Award.name != ""
    )
    query = select(AwardBatch).where(AwardBatch.state == ACCEPTED, AwardBatch.leased_until <= now, missing)
    batch = db.scalar(query.order_by(AwardBatch.leased_until, AwardBatch.id).limit(1).with_for_update())
    if batch is None:
        return None
    batch.leased_until = now + LEASE
    unprinted = (Award.batch_id == batch.id, ~exists().where(AwardFile.award_id == Award.id), Award.name != "")
    rows = list(db.scalars(select(Award).where(*unprinted).order_by(Award.place).limit(SLICE)))
    giver, day = _giver_of_in(db, batch), local(batch.decided_at or now).date()
    documents = tuple(document(batch, one, giver, day, address.of(one.public_id)) for one in rows)
    return Piece(batch.id, tuple(one.id for one in rows), documents, head_in(db, batch.chapter_id).pictures)


def _giver_of_in(db: Session, batch: AwardBatch) -> Giver:
    """The giver of a batch: as accepted, or as the chapter is called until then."""
    return Giver(batch.giver, batch.above) if batch.giver else giver_in(db, batch.chapter_id)


@writing
def _store(db: Session, batch: int, made: list[tuple[int, bytes]], signed: bool) -> int:
    """Keep the documents and give the batch back; who was first stays."""
    now = now_us(db)
    rows = [
        {"award_id": award, "digest": sha256(content).hexdigest(), "content": content, "signed": signed, "made_at": now}
        for award, content in made
    ]
    db.execute(insert(db, AwardFile).on_conflict_do_nothing(), rows)
    db.execute(update(AwardBatch).where(AwardBatch.id == batch).values(leased_until=0))
    return len(rows)


@reading
def sample(db: Session, public_id: str) -> tuple[dict[str, Any], Pictures]:
    """The first document of a batch as it will be printed, for whoever decides."""
    batch = db.scalars(select(AwardBatch).where(AwardBatch.public_id == public_id)).one()
    first = db.scalars(select(Award).where(Award.batch_id == batch.id).order_by(Award.place).limit(1)).one()
    day = local(batch.decided_at or now_us(db)).date()
    found = document(batch, first, _giver_of_in(db, batch), day, address.of(first.public_id))
    return found, head_in(db, batch.chapter_id).pictures


@reading
def one_document(db: Session, public_id: str) -> dict[str, Any]:
    """The data of one document that was accepted, or Rejected("not_found")."""
    row = db.execute(
        select(AwardBatch, Award)
        .join(Award, Award.batch_id == AwardBatch.id)
        .where(Award.public_id == public_id, AwardBatch.state == ACCEPTED)
    ).first()
    if row is None:
        raise Rejected("not_found")
    batch, award = row
    day = local(batch.decided_at or now_us(db)).date()
    return document(batch, award, _giver_of_in(db, batch), day, address.of(public_id))


@reading
def example(db: Session, chapter_id: int, kind: str, design: str, day: date) -> tuple[dict[str, Any], Pictures]:
    """An example of a design, with this chapter's letterhead and an invented name."""
    head = head_in(db, chapter_id)
    batch = AwardBatch(
        kind=kind,
        design=design,
        wording="Đã đạt giải trong cuộc thi trực tuyến “Chuyển đổi số quanh ta”",
        decision_no="15-QĐ/ĐTN",
        decided_on=day,
        signer=head.signer or "Trần Văn Mẫu",
        place=head.place,
        signer_title=head.signer_title or "TM. Ban Chấp hành, Bí thư",
    )
    award = Award(
        name="Nguyễn Thị Ánh Nguyệt", chapter="Chi đoàn khu phố 1", prize="Giải Nhất", serial=1, year=day.year
    )
    return document(batch, award, giver_in(db, chapter_id), day, address.of("mau")), head.pictures
