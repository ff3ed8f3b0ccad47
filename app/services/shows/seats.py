"""Taking a place in a show. Seats are ordinary rows; the journal knows people by their numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.engines import lock, now_us
from app.models.shows import Seat
from app.services.commit import reading, repeatable, writing
from app.services.shows.desk import CODE_LETTERS, Desk, Outcome
from app.services.shows.seat import (
    COLUMNS,
    LAPSE_US,
    STAFF_FROM,
    Newcomer,
    SeatLine,
    Wanted,
    device_of,
    digest,
    source_of,
)
from quizzes.engine import AUDIENCE, JUDGE
from quizzes.refusals import Rejected

__all__ = [
    "CODE_LETTERS", "STAFF_FROM", "Newcomer", "SeatLine", "Wanted", "came", "device_of", "digest", "names", "public",
    "seat", "source_of", "staff", "take", "take_group",
]  # fmt: skip

SEAT_KIND = 5
"""The kind of lock that a show's seats are given under."""
CHUNK = 400  # below SQLite's limit on variables in one statement


def take(show_id: int, who: Newcomer, *, locked: bool = False) -> tuple[SeatLine, bool]:
    """The seat of this device, and whether it is new. Never two seats for one device.

    With the seat's `code` another browser takes the same seat; a member's seat only where that member is signed
    in, who gets it anyway: there a code alone answers name_taken, and the host may be asked. Raises Rejected:
    room_locked, name_taken, full, over, sign_in_first.
    """
    outcome = take_group([Wanted(show_id, who, locked)])[0]
    if isinstance(outcome, Rejected):
        raise outcome
    return outcome


@repeatable
@writing
def take_group(db: Session, wanted: Sequence[Wanted]) -> list[Outcome]:
    """`take` for all of a group in one transaction; for each its outcome, in the order given."""
    outcomes: dict[int, Outcome] = {}
    order = sorted(range(len(wanted)), key=lambda at: wanted[at].show_id)  # one order of locks for everybody
    for show_id, members in groupby(order, key=lambda at: wanted[at].show_id):
        lock(db, SEAT_KIND, show_id)
        places = list(members)
        desk = Desk(db, show_id, [wanted[at].who for at in places])
        outcomes.update((at, desk.take(wanted[at].who, wanted[at].locked)) for at in places)
        desk.write()
    return [outcomes[at] for at in range(len(wanted))]


TABLE: Any = Seat.__table__
ONE_SEAT = select(*COLUMNS).where(Seat.show_id == bindparam("show_id"), Seat.number == bindparam("number"))
NAMES = select(TABLE.c.number, TABLE.c.name).where(
    TABLE.c.show_id == bindparam("show_id"), TABLE.c.number.in_(bindparam("numbers", expanding=True))
)
LAPSED = and_(
    TABLE.c.side == "public",
    TABLE.c.connected_at.is_(None),
    TABLE.c.kicked_at.is_(None),
    TABLE.c.joined_at <= bindparam("lapsed_at"),
)
LAST = (
    select(func.max(TABLE.c.number).label("last"))
    .where(TABLE.c.show_id == bindparam("show_id"), TABLE.c.number < STAFF_FROM)
    .subquery()
)
IS_APART = and_(TABLE.c.show_id == bindparam("show_id"), or_(LAPSED, TABLE.c.role.in_((AUDIENCE, JUDGE))))
APART = (
    select(LAST.c.last, TABLE.c.number, TABLE.c.role, LAPSED.label("lapsed"))
    .select_from(LAST.outerjoin(TABLE, IS_APART))
    .order_by(TABLE.c.number)
)
"""All built once: each step of a show and each screen asks, thousands ask within seconds of a restart, and building a
query costs as much as running it."""


@reading
def seat(db: Session, show_id: int, number: int) -> SeatLine | None:
    """One seat of a show."""
    row = db.execute(ONE_SEAT, {"show_id": show_id, "number": number}).one_or_none()
    return SeatLine(*row) if row else None


@reading
def of_device(db: Session, show_id: int, device: str, member_id: int | None) -> SeatLine | None:
    """The public seat of this device: this member's own, else a guest's. Another member's is not
    found."""
    known = [digest(device), device_of(device, member_id)]
    rows = db.execute(
        select(*COLUMNS).where(Seat.show_id == show_id, Seat.device_hash.in_(known), Seat.side == "public")
    ).all()
    lines = sorted((SeatLine(*row) for row in rows), key=lambda line: line.member_id != member_id)
    return lines[0] if lines else None


@reading
def public(db: Session, show_id: int, after: int = 0) -> list[SeatLine]:
    """Every public seat of a show with a number above `after`, in the order people came."""
    query = (
        select(*COLUMNS)
        .where(Seat.show_id == show_id, Seat.side == "public", Seat.number > after)
        .order_by(Seat.number)
    )
    return [SeatLine(*row) for row in db.execute(query)]


@reading
def last_numbers(db: Session, show_ids: Sequence[int]) -> dict[int, int]:
    """Show -> the highest number of a public seat; shows without one are left out."""
    query = select(Seat.show_id, func.max(Seat.number)).where(Seat.show_id.in_(show_ids), Seat.number < STAFF_FROM)
    return {row[0]: row[1] for row in db.execute(query.group_by(Seat.show_id))} if show_ids else {}


@reading
def staff(db: Session, show_id: int) -> list[SeatLine]:
    """The seats of host, stage and whoever else works in the show."""
    query = select(*COLUMNS).where(Seat.show_id == show_id, Seat.side == "staff").order_by(Seat.number)
    return [SeatLine(*row) for row in db.execute(query)]


@reading
def names(db: Session, show_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Seat number -> the name shown."""
    rows = db.connection().execute(NAMES, {"show_id": show_id, "numbers": list(numbers)})
    return {row.number: row.name for row in rows}


@writing
def came(db: Session, numbers: Mapping[int, Iterable[int]]) -> None:
    """Show -> seats that were here with a screen: from now on they count, however long they are away."""
    now = now_us(db)
    for show_id, seats in sorted(numbers.items()):
        _mark(db, show_id, sorted(seats), connected_at=func.coalesce(Seat.connected_at, now))


def _mark(db: Session, show_id: int, numbers: Sequence[int], **values: Any) -> None:
    for start in range(0, len(numbers), CHUNK):
        mine = Seat.show_id == show_id, Seat.number.in_(numbers[start : start + CHUNK])
        db.execute(update(Seat).where(*mine).values(**values).execution_options(synchronize_session=False))


def mark_kicked_in(db: Session, show_id: int, numbers: Sequence[int], at: int | None) -> None:
    """Mark a seat as kicked, as the journal says; None where the host takes it back."""
    _mark(db, show_id, numbers, kicked_at=at)


def on_roll_in(db: Session, show_id: int) -> tuple[int, list[tuple[int, str, bool]]]:
    """The highest number of a public seat (0: there is none), and (number, role, whether it has lapsed) of the seats
    that are no ordinary player's: who looks on, who judges, and public seats that count no more because nobody ever
    came; the last are on no roll."""
    asked = {"show_id": show_id, "lapsed_at": now_us(db) - LAPSE_US}
    rows = db.connection().execute(APART, asked).all()
    return rows[0].last or 0, [(row.number, row.role, bool(row.lapsed)) for row in rows if row.number is not None]
