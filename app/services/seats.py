"""Taking a place in a show. Seats are ordinary rows; the journal knows people by their numbers only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import insert, lock, now_us
from app.models.shows import Seat, Show
from app.services.commit import reading, repeatable, writing
from quizzes.engine import Rejected
from quizzes.text import fold

MOST_SEATS = 5000
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
SEAT_KIND = 5
STAFF_FROM = 1_000_000
"""Staff seats are numbered above every player's, so that a roll is simply "up to N"."""


@dataclass(frozen=True)
class Place:
    """A seat as the shell passes it on."""

    show_id: int
    number: int
    side: str
    role: str
    name: str
    code: str
    lang: str
    member_id: int | None = None
    chapter_id: int | None = None


@dataclass(frozen=True)
class Newcomer:
    """Somebody who wants a seat. `name` is clean already; `device` is the browser's secret."""

    name: str
    device: str
    lang: str = "vi"
    code: str | None = None
    member_id: int | None = None
    chapter_id: int | None = None
    side: str = "public"
    role: str = "player"


def digest(device: str) -> bytes:
    """Devices are stored hashed: who reads the table cannot take a seat."""
    return hashlib.sha256(device.encode()).digest()


def _place(row: Seat) -> Place:
    return Place(row.show_id, row.number, row.side, row.role, row.name, row.code, row.lang,
                 row.member_id, row.chapter_id)


@repeatable
@writing
def take(db: Session, show_id: int, who: Newcomer, *, locked: bool = False) -> tuple[Place, bool]:
    """The seat of this device, and whether it is new. Never two seats for one device.

    With the seat's `code` another browser takes the same seat. Raises Rejected: room_locked, name_taken,
    full, over.
    """
    lock(db, SEAT_KIND, show_id)
    mine = _seat_of(db, show_id, who)
    if mine is not None:
        return _place(mine), False
    _check_room(db, show_id, who, locked)
    taken = db.scalar(select(func.max(Seat.number)).where(Seat.show_id == show_id, Seat.side == who.side))
    number = (taken or (0 if who.side == "public" else STAFF_FROM)) + 1
    for _ in range(8):
        row = {
            "show_id": show_id, "number": number, "side": who.side, "role": who.role, "name": who.name,
            "name_key": fold(who.name) if who.side == "public" else f"\x01{number}",
            "device_hash": digest(who.device), "code": _new_code(), "lang": who.lang,
            "member_id": who.member_id, "chapter_id": who.chapter_id, "joined_at": now_us(db),
        }
        if db.execute(insert(db, Seat).values(**row).on_conflict_do_nothing()).rowcount:  # type: ignore[attr-defined]
            return _place(db.scalars(select(Seat).where(Seat.show_id == show_id, Seat.number == number)).one()), True
        if db.scalar(select(Seat.id).where(Seat.show_id == show_id, Seat.name_key == row["name_key"])):
            raise Rejected("name_taken")
    raise Rejected("busy")


def _seat_of(db: Session, show_id: int, who: Newcomer) -> Seat | None:
    here = select(Seat).where(Seat.show_id == show_id)
    mine = db.scalar(here.where(Seat.device_hash == digest(who.device)))
    if mine is None and who.member_id is not None:
        mine = db.scalar(here.where(Seat.member_id == who.member_id, Seat.side == who.side))
    if mine is None and who.code:
        mine = db.scalar(here.where(Seat.code == who.code.strip().upper(), Seat.side == "public"))
    return mine


def _check_room(db: Session, show_id: int, who: Newcomer, locked: bool) -> None:
    if who.side != "public":
        return
    show = db.get_one(Show, show_id)
    if show.over_at is not None:
        raise Rejected("over")
    if locked:
        raise Rejected("room_locked")
    if who.member_id is None and not show.guests_allowed:
        raise Rejected("sign_in_first")
    if (db.scalar(select(func.count()).where(Seat.show_id == show_id, Seat.side == "public")) or 0) >= MOST_SEATS:
        raise Rejected("full")


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(4))


@reading
def place(db: Session, show_id: int, number: int) -> Place | None:
    """One seat of a show."""
    row = db.scalar(select(Seat).where(Seat.show_id == show_id, Seat.number == number))
    return _place(row) if row else None


@reading
def places(db: Session, show_id: int, after: int = 0) -> list[Place]:
    """Every public seat of a show with a number above `after`, in the order people came."""
    query = select(Seat).where(
        Seat.show_id == show_id, Seat.side == "public", Seat.number > after).order_by(Seat.number)
    return [_place(row) for row in db.scalars(query)]


@reading
def staff(db: Session, show_id: int) -> list[Place]:
    """The seats of host, stage and whoever else works in the show."""
    query = select(Seat).where(Seat.show_id == show_id, Seat.side == "staff").order_by(Seat.number)
    return [_place(row) for row in db.scalars(query)]


@reading
def names(db: Session, show_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Seat number -> the name shown."""
    query = select(Seat.number, Seat.name).where(Seat.show_id == show_id, Seat.number.in_(list(numbers)))
    return {row.number: row.name for row in db.execute(query)}
