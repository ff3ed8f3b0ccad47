"""A person's data on boards: the notices they put up. A vote bears no name, so nobody can find it again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.board import Announcement, BoardPoll
from app.services.personal import Part


def _copy_put_up(db: Session, member_id: int) -> list[dict[str, Any]]:
    told = db.scalars(select(Announcement).where(Announcement.made_by == member_id).order_by(Announcement.id))
    asked = db.scalars(select(BoardPoll).where(BoardPoll.made_by == member_id).order_by(BoardPoll.id))
    return [{"at": one.at, "title": one.title, "text": one.text} for one in told] + [
        {"at": one.at, "question": one.question} for one in asked
    ]


PARTS = [Part("board", _copy_put_up, tables=("announcement", "board_poll", "vote"))]
