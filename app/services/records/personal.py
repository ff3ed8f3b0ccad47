"""A person's data in records: copied out with their history, erased with the person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.member_records import MemberRecord
from app.services.personal import Part


def _copy_records(db: Session, member_id: int) -> list[dict[str, Any]]:
    mine = select(MemberRecord).where(MemberRecord.member_id == member_id).order_by(MemberRecord.id)
    return [
        {
            "operation": one.operation,
            "on": one.on.isoformat(),
            "document": one.document,
            "text": one.text,
            "noted_at": one.made_at,
            "taken_back_at": one.taken_back_at,
            "why": one.why,
        }
        for one in db.scalars(mine)
    ]


def _erase_records(db: Session, member_id: int) -> None:
    db.execute(delete(MemberRecord).where(MemberRecord.member_id == member_id))


PARTS = [Part("member_records", _copy_records, _erase_records, tables=("member_record",))]
