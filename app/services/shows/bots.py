"""Seats of a rehearsal that nobody sits in: made from the console, so that a host alone sees a full hall play."""

from __future__ import annotations

import random
import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.shows import Seat
from app.services.commit import reading
from app.services.shows import listing, seats
from app.services.shows.asked import REHEARSAL
from app.services.shows.seat import BOTS
from app.services.shows.seats import Newcomer, SeatLine, Wanted
from quizzes.refusals import Rejected

MOST = 300  # seats that nobody sits in, at most
MIDDLE = "Thu Ngọc Minh Quốc Gia Phương Khánh Thanh Đức Hoàng Bảo Tuấn Thùy Hữu Kim Nhật Xuân Hải Quang Mỹ"
GIVEN = "An Bình Chi Dũng Giang Hà Huy Khôi Lan Linh Long Mai Nam Nhi Phúc Quân Trang Trâm Uyên Vy"


def add(show_id: int, count: int, called: str) -> list[SeatLine]:
    """Add this many bots, each named by `called` ("%(name)s (máy)"). Raises Rejected: rehearsal_only, over, bad_request
    for a count that is none, full beyond 300."""
    if listing.by_id(show_id).stakes != REHEARSAL:
        raise Rejected("rehearsal_only")
    if count < 1:
        raise Rejected("bad_request")
    if _how_many(show_id) + count > MOST:
        raise Rejected("full")
    dice = random.SystemRandom()
    names = dice.sample([f"{middle} {given}" for middle in MIDDLE.split() for given in GIVEN.split()], count)
    wanted = [
        Wanted(show_id, Newcomer(called % {"name": name}, secrets.token_urlsafe(24), source=BOTS, another=True))
        for name in names
    ]
    made = []
    for outcome in seats.take_group(wanted):
        if isinstance(outcome, Rejected):
            raise outcome
        made.append(outcome[0])
    return made


@reading
def _how_many(db: Session, show_id: int) -> int:
    return db.scalar(select(func.count()).where(Seat.show_id == show_id, Seat.source == BOTS)) or 0
