"""The choices and typed texts of a hall in one opening, without the seats: for bars and for what is told after a
reveal."""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.commit import reading
from app.services.shows.ballots import BALLOTS, last_of_each


@reading
def choices(db: Session, show_id: int, no: int, without: Container[int] = ()) -> list[Any]:
    """The choice that counts of everybody, in no order that tells of whom; those of `without` are left out."""
    columns = BALLOTS.seat, BALLOTS.take, BALLOTS.received_at, BALLOTS.choice
    rows = db.execute(select(*columns).where(BALLOTS.show_id == show_id, BALLOTS.no == no))
    last = last_of_each((row.seat, row.take, row.received_at, row.choice) for row in rows)
    return [json.loads(choice) for seat, choice in last.items() if seat not in without]
