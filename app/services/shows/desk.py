"""Gives the seats of a show: to whom, under which number and name, and when the room is full."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import Seat, Show
from app.services.shows.namesakes import Namesakes, key_of
from app.services.shows.seat import (
    BOTS,
    COLUMNS,
    LAPSE_US,
    MOST_SEATS,
    NAMELESS,
    STAFF_FROM,
    Newcomer,
    SeatLine,
    device_of,
    digest,
)
from quizzes.refusals import Rejected
from quizzes.text import fold

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else

Outcome = tuple[SeatLine, bool] | Rejected


class Desk:
    """Gives the seats of one show while it is locked: what a group needs to know is read once. The unique keys of
    the table stand guard: a group that breaks one is undone whole."""

    def __init__(self, db: Session, show_id: int, people: Sequence[Newcomer]) -> None:
        self._show, self._now = db.get_one(Show, show_id), now_us(db)
        here = Seat.show_id == show_id
        found = select(Seat.device_hash, Seat.name_key, Seat.kicked_at, *COLUMNS).where(
            here,
            or_(
                Seat.device_hash.in_([digest(who.device) for who in people]),
                Seat.device_hash.in_([device_of(who.device, who.member_id) for who in people]),
                Seat.name_key.in_([key_of(who.name) for who in people]),
                Seat.name_key.in_([fold(who.name) for who in people]),  # seats taken before marks counted
                Seat.member_id.in_([who.member_id for who in people if who.member_id is not None]),
                Seat.code.in_([code_of(who) for who in people if who.code]),
            ),
        )
        self._devices: dict[bytes, SeatLine] = {}
        self._names = Namesakes(db, show_id)
        self._nameless: set[int] = set()
        self._members: dict[tuple[int | None, str], SeatLine] = {}
        self._codes: dict[str, SeatLine] = {}
        for device, name, kicked_at, *columns in db.execute(found):
            self._know(device, name, SeatLine(*columns), kicked=kicked_at is not None)
        self._connected, self._last, self._coming = counted(db, show_id, self._now)
        self._db, self._most, self._free = db, len(people), list[str]()
        self._rows: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []

    def _know(self, device: bytes, name: str, line: SeatLine, *, kicked: bool = False) -> None:
        self._devices[device] = line
        leaving = line.number if kicked or not line.counts(self._now) else None
        if name.startswith(NAMELESS):
            self._nameless.add(line.number)
        elif line.side == "public":
            self._names.know(name, leaving)
            self._names.know(key_of(line.name), leaving)
        if line.member_id is not None:
            self._members[line.member_id, line.side] = line
        if line.side == "public":
            self._codes[line.code] = line

    def take(self, who: Newcomer, locked: bool) -> Outcome:
        """The seat this person has already, a new one, or why there is none."""
        mine = self._members.get((who.member_id, who.side)) or self._devices.get(digest(who.device))
        coded = self._codes.get(code_of(who)) if who.code else None
        if mine is None and coded is not None and coded.member_id is not None:
            return Rejected("name_taken")
        if found := mine or coded:
            return self._renamed(found, who) if found.number in self._nameless else (found, False)
        last = self._last.get(who.side, 0 if who.side == "public" else STAFF_FROM)
        if who.side != "public":
            return self._seat(who, f"\x01{last + 1}", last + 1), True
        who = self._told_apart(who)
        code = self._refusal(who, locked, last)
        return Rejected(code) if code else (self._seat(who, key_of(who.name), last + 1), True)

    def _told_apart(self, who: Newcomer) -> Newcomer:
        """The newcomer under a name that nobody else has. A member is known by the account, and a guest may say to be
        somebody else of that name: such people are called with their chapter or a number."""
        if (who.member_id is None and not who.another) or not self._names.is_taken(key_of(who.name)):
            return who
        return replace(who, name=self._names.apart(who.name, who.chapter_id))

    def _refusal(self, who: Newcomer, locked: bool, last: int) -> str | None:
        if self._show.over_at is not None:
            return "over"
        if locked:
            return "room_locked"
        if who.member_id is None and not self._show.guests_allowed and who.source != BOTS:
            return "sign_in_first"
        if self._connected + self._coming.get(who.source, 0) >= MOST_SEATS or last + 1 >= STAFF_FROM:
            return "full"
        return "name_taken" if self._names.is_taken(key_of(who.name)) else None

    def _take_name(self, name: str) -> None:
        """The name is another seat's from now on; who had it and counts no more is nameless."""
        before = self._names.take(name)
        if before is not None:
            self._change(before, name_key=f"{NAMELESS}{before}")
            self._nameless.add(before)

    def _renamed(self, line: SeatLine, who: Newcomer) -> Outcome:
        """A seat that comes back after its name was given away takes the one that is given now."""
        who = self._told_apart(who)
        name = key_of(who.name)
        if self._names.is_taken(name):
            return Rejected("name_taken")
        self._take_name(name)
        self._nameless.discard(line.number)
        self._change(line.number, name_key=name, name=who.name)
        return replace(line, name=who.name), False

    def _change(self, number: int, **values: Any) -> None:
        self._changed.append({"number": number, **values})

    def _seat(self, who: Newcomer, name: str, number: int) -> SeatLine:
        self._free = self._free or free_codes(self._db, self._show.id, self._most)
        line = SeatLine(
            self._show.id,
            number,
            who.side,
            who.role,
            who.name,
            self._free.pop(),
            who.lang,
            who.member_id,
            who.chapter_id,
            self._now,
            None,
            who.source,
        )
        device = device_of(who.device, who.member_id)
        self._take_name(name)
        self._rows.append({**asdict(line), "name_key": name, "device_hash": device})
        self._last[who.side] = number
        self._coming[who.source] = self._coming.get(who.source, 0) + (who.side == "public")
        self._know(device, name, line)
        return line

    def write(self) -> None:
        """Store what was given; names are free before they are given to others."""
        for one in self._changed:
            mine = Seat.show_id == self._show.id, Seat.number == one.pop("number")
            self._db.execute(update(Seat).where(*mine).values(**one).execution_options(synchronize_session=False))
        if self._rows:
            self._db.execute(insert(self._db, Seat), self._rows)


def counted(db: Session, show_id: int, at: int) -> tuple[int, dict[str, int], dict[str, int]]:
    """Seats that have been here; side -> its last number; source -> seats that may still come from there.

    A source is not refused for what others do: who takes thousands of seats and never comes stands in nobody's way.
    """
    counts = and_(Seat.side == "public", Seat.kicked_at.is_(None))
    came = func.sum(case((and_(counts, Seat.connected_at.is_not(None)), 1), else_=0))
    rows = db.execute(select(Seat.side, func.max(Seat.number), came).where(Seat.show_id == show_id).group_by(Seat.side))
    sides = {side: (last, connected) for side, last, connected in rows}
    coming = select(Seat.source, func.count()).where(
        Seat.show_id == show_id, counts, Seat.connected_at.is_(None), Seat.joined_at > at - LAPSE_US
    )
    by_source = {row[0] or "": row[1] for row in db.execute(coming.group_by(Seat.source))}
    connected = int(sides.get("public", (0, 0))[1])
    return connected, {side: last for side, (last, _) in sides.items()}, by_source


def code_of(who: Newcomer) -> str:
    return (who.code or "").strip().upper()


def free_codes(db: Session, show_id: int, count: int) -> list[str]:
    """Draw so many codes that no seat of the show has."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {"".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(count + 4)}
        free |= drawn - set(db.scalars(select(Seat.code).where(Seat.show_id == show_id, Seat.code.in_(drawn))))
    return list(free)
