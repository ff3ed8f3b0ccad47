"""Storing answers: a group of them in one transaction, each answered from what is stored.

A ballot group takes the show together with other groups, reads the fence, and refuses what came after
`closes_at` or finds the opening not accepting. Before any refusal the client's id is looked up: a
repeated answer that was once accepted is accepted for ever.

Every choice is stored when the last one counts. Which one counts is said when they are read (`last_of_each`): no
look at what stands before could know of another group that is being stored at the same time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar
from zlib import crc32

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, lock_show
from app.models.shows import Ballot, Opening
from app.services.commit import reading, writing
from quizzes.engine import Ballot as Given

Key = TypeVar("Key")
What = TypeVar("What")

OK = "ok"
DEVICES, MOST_NUMBER = 200_000, 10_000
"""A take is one number of 31 bits: the client's own counter (below MOST_NUMBER) and a number for its device (below
DEVICES). Two devices on one seat share a device number once in 200,000 pairs; then the second choice with the same
counter is told `already`. Older shows stored the counter alone. All of those are below DEVICES, so each reads as a
device of its own, and the one received last counts, as it did then."""
PLACE = itemgetter("no", "seat", "take")
CHUNK = 400  # below SQLite's limit on variables in one statement

# Built once: a statement's building and cache key are half of its cost, and these run for every answer and screen.
SHOW: Any = bindparam("show")
BALLOTS, OPENINGS = Ballot.__table__.c, Opening.__table__.c
FENCES = select(OPENINGS.no, OPENINGS.closes_at, OPENINGS.accepting, OPENINGS.code).where(
    OPENINGS.show_id == SHOW, OPENINGS.no.in_(bindparam("numbers", expanding=True))
)
BY_CLIENT_ID = select(BALLOTS.seat, BALLOTS.client_id).where(
    BALLOTS.show_id == SHOW,
    BALLOTS.seat.in_(bindparam("seats", expanding=True)),
    BALLOTS.client_id.in_(bindparam("ids", expanding=True)),
)
HELD = select(OPENINGS.show_id, OPENINGS.no, OPENINGS.held).where(
    OPENINGS.show_id.in_(bindparam("shows", expanding=True)), OPENINGS.held.is_not(None)
)
CHOICES = select(BALLOTS.seat, BALLOTS.no, BALLOTS.take, BALLOTS.received_at, BALLOTS.choice).where(
    BALLOTS.show_id == SHOW,
    BALLOTS.no.in_(bindparam("numbers", expanding=True)),
    BALLOTS.seat.in_(bindparam("seats", expanding=True)),
)
OF_ONE = (BALLOTS.show_id == SHOW, BALLOTS.no == bindparam("no"))
GIVEN = select(BALLOTS.seat, BALLOTS.take, BALLOTS.received_at, BALLOTS.lag_us, BALLOTS.choice).where(*OF_ONE)
ANSWERED = select(BALLOTS.seat).where(*OF_ONE).distinct()


@dataclass(frozen=True, slots=True)
class Line:
    """One answer on its way in. `choice` is canonical JSON, `received_at` the kernel's microseconds."""

    show_id: int
    no: int
    seat: int
    take: int
    client_id: str
    choice: str
    received_at: int
    lag_us: int = 0

    @property
    def about(self) -> dict[str, Any]:
        """The facts for the log, without any choice."""
        return {"show": self.show_id, "no": self.no}


def take_of(client_id: str) -> int:
    """The take of a choice that may be changed, `<random>-<n>`: which of a device's choices it is, and of which device.
    One that is not numbered so is taken for a device of its own."""
    device, _, tail = client_id.rpartition("-")
    number = int(tail) if tail.isascii() and tail.isdigit() else 0
    if not 0 < number <= MOST_NUMBER:
        device, number = client_id, 1
    return number * DEVICES + crc32(device.encode()) % DEVICES


def last_of_each(rows: Iterable[tuple[Key, int, int, What]]) -> dict[Key, What]:
    """The rows that count, out of (whose, take, received at, what): each device's highest number, however late it came
    by another way than the newer ones, and of those the one received last."""
    newest = {(row[0], row[1] % DEVICES): row for row in sorted(rows, key=itemgetter(1))}
    return {row[0]: row[3] for row in sorted(newest.values(), key=itemgetter(2, 1))}


@writing
def store(db: Session, lines: Sequence[Line]) -> list[str]:
    """Store a group; for each line "ok" or the code of its refusal, in the order given."""
    said: dict[int, str] = {}
    order = sorted(range(len(lines)), key=lambda at: lines[at].show_id)  # one order of locks for everybody
    for show_id, members in groupby(order, key=lambda at: lines[at].show_id):
        places = list(members)
        lock_show(db, show_id, shared=True)
        answers = _store_in(db, show_id, [lines[at] for at in places])
        said.update(zip(places, answers, strict=True))
    return [said[at] for at in range(len(lines))]


def _store_in(db: Session, show_id: int, lines: Sequence[Line]) -> list[str]:
    fences = _fences(db, show_id, {line.no for line in lines})
    refused = {at: code for at, line in enumerate(lines) if (code := _refusal(fences.get(line.no), line))}
    rows = [
        {name: getattr(line, name) for name in Line.__slots__} for at, line in enumerate(lines) if at not in refused
    ]
    if rows:
        rows.sort(key=PLACE)  # two groups that meet in the same seats in different orders would wait for each other
        db.execute(insert(db, Ballot.__table__).on_conflict_do_nothing(), rows)
    known = _by_client_id(db, show_id, lines)  # an answer accepted once is accepted for ever
    held = Counter(
        lines[at].no
        for at in refused
        if (lines[at].seat, lines[at].client_id) not in known
        and _was_held(fences.get(lines[at].no), lines[at].received_at)
    )
    for no, count in sorted(held.items()):
        _hold(db, show_id, no, count)
    return [OK if (line.seat, line.client_id) in known else refused.get(at, "already") for at, line in enumerate(lines)]


def _refusal(fence: Any, line: Line) -> str | None:
    if fence is None:
        return "not_open"
    if not fence.accepting:
        return str(fence.code)
    late = fence.closes_at is not None and line.received_at > fence.closes_at
    return "too_late" if late else None


def _was_held(fence: Any, received_at: int) -> bool:
    """True when an answer came in time, but a worker that stood still brings it after the fence was shut."""
    return (
        fence is not None
        and not fence.accepting
        and fence.code == "too_late"
        and fence.closes_at is not None
        and received_at <= fence.closes_at
    )


def _hold(db: Session, show_id: int, no: int, count: int) -> None:
    row = Opening.show_id == show_id, Opening.no == no
    db.execute(update(Opening).where(*row).values(held=func.coalesce(Opening.held, 0) + count))


@writing
def hold(db: Session, show_id: int, no: int) -> None:
    """One more answer of this opening came in time and was not stored: its worker stood still for too long."""
    _hold(db, show_id, no, 1)


@reading
def held(db: Session, show_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """(show, opening) -> how many these are. The host is told."""
    rows = db.connection().execute(HELD, {"shows": show_ids}) if show_ids else ()
    return {(row.show_id, row.no): row.held for row in rows}


def _fences(db: Session, show_id: int, numbers: Iterable[int]) -> dict[int, Any]:
    return {row.no: row for row in db.execute(FENCES, {"show": show_id, "numbers": list(numbers)})}


def _by_client_id(db: Session, show_id: int, lines: Sequence[Line]) -> set[tuple[int, str]]:
    """(seat, client id) of those lines that stand in the table. Asked for apart: SQLite uses no index for pairs
    and would walk all ballots of the show."""
    found: set[tuple[int, str]] = set()
    for start in range(0, len(lines), CHUNK):
        wanted = {(line.seat, line.client_id) for line in lines[start : start + CHUNK]}
        seats, ids = zip(*wanted, strict=True)
        asked = {"show": show_id, "seats": sorted(set(seats)), "ids": sorted(set(ids))}
        found |= wanted.intersection((row.seat, row.client_id) for row in db.execute(BY_CLIENT_ID, asked))
    return found


@reading
def given(db: Session, show_id: int, no: int) -> list[Given]:
    """Every ballot of an opening; where the last counts, only each seat's last one. By time, then seat."""
    rows = db.connection().execute(GIVEN, {"show": show_id, "no": no})
    last = last_of_each((row.seat, row.take, row.received_at, row) for row in rows)
    found = [Given(row.seat, json.loads(row.choice), row.received_at, row.lag_us) for row in last.values()]
    return sorted(found, key=lambda ballot: (ballot.at, ballot.seat))


@reading
def answered(db: Session, show_id: int, no: int) -> set[int]:
    """The seats that have answered an opening."""
    return set(db.connection().scalars(ANSWERED, {"show": show_id, "no": no}))


@reading
def oldest(db: Session, show_id: int, no: int) -> int | None:
    """When the first answer of an opening arrived."""
    return db.scalar(select(func.min(Ballot.received_at)).where(Ballot.show_id == show_id, Ballot.no == no))


@reading
def how_many_answered(db: Session, show_id: int, no: int) -> int:
    """The number of seats that have answered an opening."""
    query = select(func.count(Ballot.seat.distinct())).where(Ballot.show_id == show_id, Ballot.no == no)
    return db.scalar(query) or 0


@reading
def choices_of(db: Session, show_id: int, seats: Sequence[int], numbers: Sequence[int]) -> dict[int, dict[int, Any]]:
    """Seat -> opening -> what that seat has chosen there."""
    rows = db.execute(CHOICES, {"show": show_id, "seats": sorted(set(seats)), "numbers": list(numbers)})
    found: dict[int, dict[int, Any]] = {}
    for (seat, no), choice in _last_choices(rows).items():
        found.setdefault(seat, {})[no] = json.loads(choice)
    return found


def _last_choices(rows: Iterable[Any]) -> dict[tuple[int, int], str]:
    """(seat, no) -> the choice that counts."""
    return last_of_each(((row.seat, row.no), row.take, row.received_at, row.choice) for row in rows)


@reading
def quoted(db: Session, show_id: int, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    """(no, seat) -> what that seat sent: the texts a screen shows by their place in the journal."""
    seats, numbers = {seat for _, seat in places}, {no for no, _ in places}
    rows = db.execute(CHOICES, {"show": show_id, "seats": sorted(seats), "numbers": sorted(numbers)})
    found = _last_choices(rows)
    return {(no, seat): json.loads(found[seat, no]) for no, seat in places if (seat, no) in found}


@reading
def is_stored(db: Session, show_id: int, seat: int, client_id: str) -> bool:
    """True when this answer of this seat was accepted before; asked before every refusal."""
    one = (Ballot.show_id == show_id, Ballot.seat == seat, Ballot.client_id == client_id)
    return db.scalar(select(Ballot.no).where(*one)) is not None
