"""A member's data in deeds: copied out for them; their words and pictures are erased with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedPhoto, LocalPerson
from app.services.personal import Part


def _copy_deeds(db: Session, member_id: int) -> list[dict[str, Any]]:
    photos = set(db.scalars(select(DeedPhoto.deed_id).join(Deed).where(Deed.member_id == member_id)))
    return [
        {
            "kind": one.kind,
            "step": one.step,
            "count": one.count,
            "day": one.day.isoformat(),
            "at": one.at,
            "note": one.note,
            "place": one.place,
            "with_partner": bool(one.partner),
            "for_a_team": one.team_id is not None,
            "state": one.state,
            "decided_at": one.decided_at,
            "photo": one.id in photos,
        }
        for one in db.scalars(select(Deed).where(Deed.member_id == member_id).order_by(Deed.id))
    ]


def _erase_deeds(db: Session, member_id: int) -> None:
    """The numbers stay in the sums; words and pictures go."""
    mine = select(Deed.id).where(Deed.member_id == member_id)
    db.execute(delete(DeedPhoto).where(DeedPhoto.deed_id.in_(mine)))
    db.execute(update(Deed).where(Deed.member_id == member_id).values(note="", place=""))


def _copy_named(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(LocalPerson).where(LocalPerson.member_id == member_id))
    return [{"chapter": one.chapter_id, "title": one.title, "at": one.named_at} for one in rows]


def _erase_named(db: Session, member_id: int) -> None:
    db.execute(delete(LocalPerson).where(LocalPerson.member_id == member_id))


PARTS = [
    Part("deeds", _copy_deeds, _erase_deeds, tables=("deed", "deed_photo")),
    Part("local_person", _copy_named, _erase_named, tables=("local_person",)),
]
