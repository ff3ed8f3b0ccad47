"""Reading a parcel in: an ordinary show that is over, with its journal and ballots, once.

The journal is played again before anything is written, by the same rules as everywhere; points are posted from it as
from any other show. Members are those of the hall's chapter whose code and name both fit; everybody else is a guest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.parcels import Hall, Origin
from app.models.people import Member, under
from app.models.pouring import pour
from app.models.shows import Ballot, JournalLine, Seat, Show
from app.services.apart import apart
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.shows import results
from app.services.shows.asked import NONE, POINTS
from app.services.shows.parcels import keys
from app.services.shows.parcels.file import Parcel, unpack
from app.services.shows.parcels.sending import BALLOT, LINE, SEAT, SHOW
from app.services.shows.seats import CODE_LETTERS
from app.services.signing import fingerprint
from app.services.tokens import new_address_id
from quizzes.refusals import Rejected
from quizzes.text import fold

LENGTHS = {"actor": 24, "client_id": 64, "name": 120, "name_key": 160, "side": 8, "role": 12, "lang": 2}
ASKED_AT_ONCE = 500
"""The most codes that one statement looks for."""


@dataclass(frozen=True)
class Received:
    """The outcome of a parcel. `new`: false where it was here already. `members` of `people` were found."""

    show: str
    new: bool
    people: int = 0
    members: int = 0


class _Known(Exception):
    """The show has come before; nothing of this transaction stays."""


def receive(actor_id: int | None, data: bytes) -> Received:
    """Read a parcel in and post its points; one that is here already adds nothing.

    Raises Rejected: parcel_broken, parcel_large, parcel_seal, parcel_unknown for a key nobody approved, forbidden,
    parcel_differs where its journal does not give its results.
    """
    parcel = apart(unpack, data)
    found = fingerprint(parcel.key)
    _allowed(actor_id, found)
    before = _before(found, parcel.show)
    if before is not None:
        return Received(before, new=False)
    rows = apart(_checked, parcel)
    try:
        show_id, taken = _store(actor_id, found, parcel, rows)
    except _Known:
        return Received(_before(found, parcel.show) or "", new=False)
    results.post(show_id)
    return taken


@reading
def _allowed(db: Session, actor_id: int | None, found: str) -> None:
    need_in(db, actor_id, found)


def need_in(db: Session, actor_id: int | None, found: str) -> None:
    """Refuse a key that is not approved now, and who may not take its parcels."""
    hall = db.get(Hall, found)
    if hall is None or not keys.holds_in(db, hall):
        raise Rejected("parcel_unknown", fingerprint=found[:16])
    if actor_id is not None:  # the person at the keyboard of the machine may do everything
        require_in(db, actor_id, ORGANISER, path_of_in(db, hall.chapter_id))


@reading
def _before(db: Session, found: str, show: str) -> str | None:
    those = (Origin.fingerprint == found, Origin.public_id == show)
    return db.scalar(select(Show.public_id).join(Origin, Origin.show_id == Show.id).where(*those))


def _checked(parcel: Parcel) -> dict[str, list[dict[str, Any]]]:
    """The rows of a parcel, once its journal, played again with its ballots, gave every verdict and came to its end."""
    try:
        told = parcel.parts["show"]
        rows = {
            "journal": [_row(LINE, one) | {"data": one[len(LINE)]} for one in parcel.parts["journal"]],
            "ballots": [_row(BALLOT, one) | {"choice": one[len(BALLOT)]} for one in parcel.parts["ballots"]],
            "seats": [_row(SEAT, one) | {"member": one[len(SEAT)]} for one in parcel.parts["seats"]],
        }
        journal = rows["journal"]
        if [one["seq"] for one in journal] != list(range(1, len(journal) + 1)) or told["stakes"] not in (POINTS, NONE):
            raise Rejected("parcel_broken")
        played = {
            "journal": [[*(one[name] for name in ("seq", "at", "actor", "step", "name", "data"))] for one in journal],
            "ballots": [
                [*(one[name] for name in ("no", "seat", "take", "choice", "received_at", "lag_us"))]
                for one in rows["ballots"]
            ],
        }
        state, differences = results.replay(played)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as problem:
        raise Rejected("parcel_broken") from problem
    if differences or state.phase != "over":
        raise Rejected("parcel_differs")
    return rows


def _row(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    row = dict(zip(names, values[: len(names)], strict=True))
    if any(isinstance(row.get(name), str) and len(row[name]) > longest for name, longest in LENGTHS.items()):
        raise Rejected("parcel_broken")
    return row


@writing
def _store(
    db: Session, actor_id: int | None, found: str, parcel: Parcel, rows: dict[str, list[dict[str, Any]]]
) -> tuple[int, Received]:
    need_in(db, actor_id, found)  # once more: playing it again took a while
    hall = db.get_one(Hall, found)
    members = _members(db, path_of_in(db, hall.chapter_id), rows["seats"])
    show = Show(
        public_id=new_address_id(16),
        pin=None,
        chapter_id=hall.chapter_id,
        host_member_id=_host(rows["seats"], members),
        head=len(rows["journal"]),
        title=json.dumps(parcel.parts["show"]["title"], ensure_ascii=False),
        **{name: parcel.parts["show"][name] for name in SHOW},
    )
    db.add(show)
    db.flush()
    origin = insert(db, Origin).values(
        show_id=show.id, fingerprint=found, public_id=parcel.show, digest=parcel.digest, read_at=now_us(db)
    )
    if db.scalar(origin.on_conflict_do_nothing().returning(Origin.show_id)) is None:
        raise _Known
    pour(db, _of(JournalLine), _lines(show.id, rows["journal"]))
    pour(db, _of(Seat), _seats(show.id, found, parcel.show, rows["seats"], members))
    pour(db, _of(Ballot), _ballots(show.id, rows["ballots"]))
    audit_in(db, actor_id, "parcel.taken", chapter_id=hall.chapter_id, show=show.public_id)
    people = sum(one["side"] == "public" for one in rows["seats"])
    return show.id, Received(show.public_id, True, people, sum(n is not None for n in members.values()))


def _of(model: Any) -> Any:
    return model.__table__


def _members(db: Session, path: str, seats: list[dict[str, Any]]) -> dict[int, int]:
    """Seat -> the member of the chapter at `path` or below whose code and folded name both fit."""
    told = {one["number"]: one["member"] for one in seats if one["member"]}
    codes = sorted({str(code) for code, _ in told.values()})
    known: dict[str, tuple[int, str]] = {}
    for start in range(0, len(codes), ASKED_AT_ONCE):
        part = codes[start : start + ASKED_AT_ONCE]
        those = (Member.code.in_(part), under(Member.path, path), Member.left_at.is_(None))
        for row in db.execute(select(Member.id, Member.code, Member.name).where(*those)):
            known[row.code] = row.id, fold(row.name)
    return {
        seat: known[code][0] for seat, (code, name) in told.items() if code in known and known[code][1] == fold(name)
    }


def _host(seats: list[dict[str, Any]], members: dict[int, int]) -> int | None:
    return next((members[one["number"]] for one in seats if one["role"] == "host" and one["number"] in members), None)


def _lines(show_id: int, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in rows:
        text = json.dumps(one["data"], ensure_ascii=False, separators=(",", ":"))
        yield {"show_id": show_id, "member_id": None, **{name: one[name] for name in LINE}, "data": text}


def _ballots(show_id: int, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in rows:
        yield {"show_id": show_id, **{name: one[name] for name in BALLOT}, "choice": json.dumps(one["choice"])}


def _seats(
    show_id: int, found: str, public_id: str, rows: list[dict[str, Any]], members: dict[int, int]
) -> Iterator[dict[str, Any]]:
    """Nobody comes back to these seats: device and code fit no phone."""
    size = len(CODE_LETTERS)
    for place, one in enumerate(rows):
        yield {
            "show_id": show_id,
            **{name: one[name] for name in SEAT},
            "device_hash": sha256(f"parcel {found} {public_id} {one['number']}".encode()).digest(),
            "code": "".join(CODE_LETTERS[place // size**power % size] for power in (3, 2, 1, 0)),
            "member_id": members.get(one["number"]),
            "chapter_id": None,
            "source": None,
        }
