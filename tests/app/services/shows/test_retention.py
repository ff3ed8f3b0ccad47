"""The data that shows keep only for a time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.shows import Show, ShowScreen
from app.services.commit import reading, writing
from app.services.shows import retention
from tests.app.services.shows.playing import Play
from tests.contests import now


@writing
def screen_of(db: Session, show_id: int) -> None:
    row = {"key": "k" * 20, "role": "stage", "number": 1, "name": "Máy chiếu", "view": "", "reload": 0, "told": "{}"}
    db.add(ShowScreen(show_id=show_id, **row))


@reading
def shown(db: Session) -> list[int]:
    return list(db.scalars(select(ShowScreen.show_id)))


@reading
def over_at(db: Session, show_id: int) -> int:
    return db.scalars(select(Show.over_at).where(Show.id == show_id)).one() or 0


def test_the_screens_of_a_show_are_forgotten_a_month_after_it_was_over(bound: Database) -> None:
    over, running = Play().until("over"), Play().until("open")
    for one in (over, running):
        screen_of(one.show_id)
    ended = over_at(over.show_id)
    assert retention.erase_due(ended + retention.KEPT) == {"show_screens": 0}
    assert shown() == [over.show_id, running.show_id]
    assert retention.erase_due(now() + 10 * retention.KEPT) == {"show_screens": 1}
    assert shown() == [running.show_id]
