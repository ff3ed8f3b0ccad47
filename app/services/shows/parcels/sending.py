"""Writing a parcel: a show that is over, with every line of its journal and every ballot.

Members are named by code and name, so that the province finds them. What a host typed as a reason stays here: it is
free text about persons and decides nothing.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Member
from app.models.shows import Ballot, JournalLine, Seat, Show
from app.services.apart import apart
from app.services.commit import reading
from app.services.shows.asked import REHEARSAL
from app.services.shows.parcels.file import pack
from app.services.shows.parcels.key import own
from quizzes.refusals import Rejected

LINE = ("seq", "at", "actor", "client_id", "part", "step", "name")
BALLOT = ("no", "seat", "take", "client_id", "received_at", "lag_us")
SEAT = ("number", "side", "role", "name", "name_key", "lang", "joined_at", "connected_at", "kicked_at")
SHOW = ("script", "guests_allowed", "created_at", "over_at", "stakes")


def write(show_id: int) -> tuple[str, bytes]:
    """(public id, the file). Rejected: no_such_show, not_now before its end, rehearsal_stays."""
    public_id, at, parts = _parts(show_id)
    return public_id, apart(pack, public_id, at, parts, own)


@reading
def _parts(db: Session, show_id: int) -> tuple[str, int, dict[str, Any]]:
    show = db.get(Show, show_id)
    if show is None:
        raise Rejected("no_such_show")
    if show.stakes == REHEARSAL:
        raise Rejected("rehearsal_stays")
    if show.over_at is None:
        raise Rejected("not_now")
    lines = db.scalars(select(JournalLine).where(JournalLine.show_id == show_id).order_by(JournalLine.seq))
    given = db.scalars(select(Ballot).where(Ballot.show_id == show_id).order_by(Ballot.no, Ballot.seat, Ballot.take))
    seats = db.execute(
        select(Seat, Member.code, Member.name)
        .outerjoin(Member, Member.id == Seat.member_id)
        .where(Seat.show_id == show_id)
        .order_by(Seat.number)
    )
    return (
        show.public_id,
        now_us(db),
        {
            "show": {name: getattr(show, name) for name in SHOW} | {"title": json.loads(show.title)},
            "journal": [[*(getattr(one, name) for name in LINE), json.loads(one.data)] for one in lines],
            "ballots": [[*(getattr(one, name) for name in BALLOT), json.loads(one.choice)] for one in given],
            "seats": [
                [*(getattr(seat, name) for name in SEAT), [code, name] if code else None] for seat, code, name in seats
            ],
        },
    )
