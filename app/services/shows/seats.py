"""Taking a place in a show. Seats are ordinary rows; the journal knows people by their numbers only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import insert, lock, now_us
from app.models.shows import Seat, Show
from app.services.commit import reading, repeatable, writing
from quizzes.refusals import Rejected
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


def device_of(device: str, member_id: int | None) -> bytes:
    """What a seat knows its device by. A member's seat is known by device and member together: who has signed out
    there is somebody else."""
    return digest(device if member_id is None else f"{device} {member_id}")


COLUMNS = (Seat.show_id, Seat.number, Seat.side, Seat.role, Seat.name, Seat.code, Seat.lang, Seat.member_id,
           Seat.chapter_id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish for a seat on its way in. `locked`: the host lets nobody new in."""

    show_id: int
    who: Newcomer
    locked: bool = False
    received_at: int = 0

    @property
    def about(self) -> dict[str, int]:
        """What the log may say of it."""
        return {"show": self.show_id}


Outcome = tuple[Place, bool] | Rejected


def take(show_id: int, who: Newcomer, *, locked: bool = False) -> tuple[Place, bool]:
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
        desk = _Desk(db, show_id, [wanted[at].who for at in places])
        outcomes.update((at, desk.take(wanted[at].who, wanted[at].locked)) for at in places)
        if desk.rows:
            db.execute(insert(db, Seat), desk.rows)
    return [outcomes[at] for at in range(len(wanted))]


class _Desk:
    """Gives the seats of one show while it is locked: what a group needs to know is read once. The unique keys of
    the table stand guard: a group that breaks one is undone whole."""

    def __init__(self, db: Session, show_id: int, people: Sequence[Newcomer]) -> None:
        self._show, self._now = db.get_one(Show, show_id), now_us(db)
        here = Seat.show_id == show_id
        found = select(Seat.device_hash, Seat.name_key, *COLUMNS).where(here, or_(
            Seat.device_hash.in_([digest(who.device) for who in people]),
            Seat.device_hash.in_([device_of(who.device, who.member_id) for who in people]),
            Seat.name_key.in_([fold(who.name) for who in people]),
            Seat.member_id.in_([who.member_id for who in people if who.member_id is not None]),
            Seat.code.in_([_code(who) for who in people if who.code]),
        ))
        self._devices: dict[bytes, Place] = {}
        self._names: set[str] = set()
        self._members: dict[tuple[int | None, str], Place] = {}
        self._codes: dict[str, Place] = {}
        for device, name, *columns in db.execute(found):
            self._know(device, name, Place(*columns))
        counted = select(Seat.side, func.count(), func.max(Seat.number)).where(here).group_by(Seat.side)
        self._taken = {side: (count, last) for side, count, last in db.execute(counted)}
        self._db, self._most, self._free = db, len(people), list[str]()
        self.rows: list[dict[str, Any]] = []

    def _know(self, device: bytes, name: str, place: Place) -> None:
        self._devices[device] = place
        self._names.add(name)
        if place.member_id is not None:
            self._members[place.member_id, place.side] = place
        if place.side == "public":
            self._codes[place.code] = place

    def take(self, who: Newcomer, locked: bool) -> Outcome:
        """The seat this person has already, a new one, or why there is none."""
        mine = self._members.get((who.member_id, who.side)) or self._devices.get(digest(who.device))
        coded = self._codes.get(_code(who)) if who.code else None
        if mine is None and coded is not None and coded.member_id is not None:
            return Rejected("name_taken")
        if found := mine or coded:
            return found, False
        count, last = self._taken.get(who.side, (0, 0 if who.side == "public" else STAFF_FROM))
        name = fold(who.name) if who.side == "public" else f"\x01{last + 1}"
        code = self._refusal(who, locked, count, name)
        return Rejected(code) if code else (self._seat(who, name, count + 1, last + 1), True)

    def _refusal(self, who: Newcomer, locked: bool, count: int, name: str) -> str | None:
        if who.side != "public":
            return None
        if self._show.over_at is not None:
            return "over"
        if locked:
            return "room_locked"
        if who.member_id is None and not self._show.guests_allowed:
            return "sign_in_first"
        if count >= MOST_SEATS:
            return "full"
        return "name_taken" if name in self._names else None

    def _seat(self, who: Newcomer, name: str, count: int, number: int) -> Place:
        self._free = self._free or _free_codes(self._db, self._show.id, self._most)
        place = Place(self._show.id, number, who.side, who.role, who.name, self._free.pop(), who.lang,
                      who.member_id, who.chapter_id)  # fmt: skip
        device = device_of(who.device, who.member_id)
        self.rows.append({**asdict(place), "name_key": name, "device_hash": device, "joined_at": self._now})
        self._taken[who.side] = (count, number)
        self._know(device, name, place)
        return place


def _code(who: Newcomer) -> str:
    return (who.code or "").strip().upper()


def _free_codes(db: Session, show_id: int, count: int) -> list[str]:
    """So many codes that no seat of the show has."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {"".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(count + 4)}
        free |= drawn - set(db.scalars(select(Seat.code).where(Seat.show_id == show_id, Seat.code.in_(drawn))))
    return list(free)


ONE_PLACE = select(*COLUMNS).where(Seat.show_id == bindparam("show_id"), Seat.number == bindparam("number"))
"""Built once: thousands ask within seconds of a restart, and building a query costs as much as running it."""


@reading
def place(db: Session, show_id: int, number: int) -> Place | None:
    """One seat of a show."""
    row = db.execute(ONE_PLACE, {"show_id": show_id, "number": number}).one_or_none()
    return Place(*row) if row else None


@reading
def of_device(db: Session, show_id: int, device: str, member_id: int | None) -> Place | None:
    """The public seat of this device, where a member's counts as theirs only."""
    known = [digest(device), device_of(device, member_id)]
    rows = db.execute(select(*COLUMNS).where(
        Seat.show_id == show_id, Seat.device_hash.in_(known), Seat.side == "public")).all()
    places = sorted((Place(*row) for row in rows), key=lambda place: place.member_id != member_id)
    return places[0] if places else None


@reading
def places(db: Session, show_id: int, after: int = 0) -> list[Place]:
    """Every public seat of a show with a number above `after`, in the order people came."""
    query = select(*COLUMNS).where(
        Seat.show_id == show_id, Seat.side == "public", Seat.number > after).order_by(Seat.number)
    return [Place(*row) for row in db.execute(query)]


@reading
def last_numbers(db: Session, show_ids: Sequence[int]) -> dict[int, int]:
    """Show -> the highest number of a public seat; shows without one are left out."""
    query = select(Seat.show_id, func.max(Seat.number)).where(Seat.show_id.in_(show_ids), Seat.number < STAFF_FROM)
    return {row[0]: row[1] for row in db.execute(query.group_by(Seat.show_id))} if show_ids else {}


@reading
def staff(db: Session, show_id: int) -> list[Place]:
    """The seats of host, stage and whoever else works in the show."""
    query = select(*COLUMNS).where(Seat.show_id == show_id, Seat.side == "staff").order_by(Seat.number)
    return [Place(*row) for row in db.execute(query)]


@reading
def names(db: Session, show_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Seat number -> the name shown."""
    query = select(Seat.number, Seat.name).where(Seat.show_id == show_id, Seat.number.in_(list(numbers)))
    return {row.number: row.name for row in db.execute(query)}
