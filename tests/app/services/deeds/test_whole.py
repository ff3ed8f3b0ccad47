"""The chart of a whole province reads the sums of all chapters and no chapter's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.models.engines import Database
from app.services.commit import reading, writing
from app.services.deeds import sums
from app.services.deeds.noting import day_at
from app.services.movement.clock import now
from app.services.people.tree import Draft, add_chapter
from quizzes.deeds.spans import runs
from tests.counting import counted
from tests.organisation import Organisation, plant


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@writing
def plenty(db: Session, chapters: list[int], day: date) -> None:
    """A verified deed of each of eight days in every chapter."""
    mine = ((chapter, day - timedelta(days=ago)) for chapter in chapters for ago in range(8))
    made = [Deed(chapter_id=one, kind="payment", step="done", day=on, count=1, state="waiting") for one, on in mine]
    sums.turn_in(db, made, lambda _deed: "good")


@reading
def by_day(db: Session, path: str, day: date) -> dict[date, int]:
    return dict(sums.by_day_in(db, path, ["payment"], runs(day - timedelta(days=7), day, day - timedelta(days=27))))


def test_the_days_of_a_whole_province_are_read_whatever_chapters_it_has(org: Organisation) -> None:
    day = day_at(now())
    plenty([add_chapter(None, org.ward, Draft(f"Chi đoàn {n}", "chi_doan")) for n in range(40)], day)
    with counted() as read:
        whole = by_day(org.path(org.province), day)
    assert set(whole.values()) == {40} and len(whole) == 8 and read.rows <= 10
    assert not any("deed_span" in statement for statement in read.said), "a row for each chapter, day and kind"
    assert by_day(org.path(org.ward), day) == whole and by_day(org.path(org.village), day) == {}
    add_chapter(None, None, Draft("Tỉnh đoàn khác", "tinh"))
    assert by_day(org.path(org.province), day) == whole, "beside another province it is added up from its chapters"
