"""A person's data in awards. The name, the reason of a revocation and the document are erased; numbers stay."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.awards import Award, AwardBatch, AwardFile
from app.services.personal import Part


def _copy_given(db: Session, member_id: int) -> list[dict[str, Any]]:
    query = select(Award, AwardBatch).join(AwardBatch, AwardBatch.id == Award.batch_id)
    return [
        {
            "address": f"/c/{one.public_id}",
            "name": one.name,
            "chapter": one.chapter,
            "prize": one.prize,
            "wording": batch.wording,
            "revoked_at": one.revoked_at,
            "revoked_reason": one.revoked_reason,
        }
        for one, batch in db.execute(query.where(Award.member_id == member_id).order_by(Award.id))
    ]


def _erase_given(db: Session, member_id: int) -> None:
    mine = select(Award.id).where(Award.member_id == member_id)
    db.execute(delete(AwardFile).where(AwardFile.award_id.in_(mine)))
    gone = {"name": "", "chapter": "", "revoked_reason": ""}
    db.execute(update(Award).where(Award.member_id == member_id).values(**gone))


def _copy_made(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(AwardBatch).where(AwardBatch.made_by == member_id).order_by(AwardBatch.id))
    return [{"at": one.made_at, "title": one.title, "reason": one.reason} for one in rows]


PARTS = [
    Part("awards", _copy_given, _erase_given, tables=("award", "award_file")),
    Part("awards_proposed", _copy_made, tables=("award_batch", "letterhead")),
]
