"""A person's data in shows: seats, answers, the scripts they compose."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.shows import Ballot, OwnScript, Seat
from app.services.personal import Part


def _copy_seats(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Seat).where(Seat.member_id == member_id).order_by(Seat.id))
    return [{"show": one.show_id, "name": one.name, "role": one.role, "joined_at": one.joined_at} for one in rows]


def _erase_seats(db: Session, member_id: int) -> None:
    for seat in db.scalars(select(Seat).where(Seat.member_id == member_id)):
        seat.name, seat.name_key = f"#{member_id}", f"#{member_id}/{seat.id}"


def _copy_ballots(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(
        select(Ballot)
        .join(Seat, (Seat.show_id == Ballot.show_id) & (Seat.number == Ballot.seat))
        .where(Seat.member_id == member_id)
        .order_by(Ballot.show_id, Ballot.no)
    )
    return [{"show": b.show_id, "no": b.no, "choice": b.choice, "received_at": b.received_at} for b in rows]


def _copy_scripts(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(OwnScript).where(OwnScript.member_id == member_id).order_by(OwnScript.id))
    return [{"updated_at": one.updated_at, "script": json.loads(one.body)} for one in rows]


def _erase_scripts(db: Session, member_id: int) -> None:
    db.execute(delete(OwnScript).where(OwnScript.member_id == member_id))


PARTS = [
    Part("seats", _copy_seats, _erase_seats),
    Part("ballots", _copy_ballots),
    Part("scripts", _copy_scripts, _erase_scripts, tables=("own_script",)),
]
