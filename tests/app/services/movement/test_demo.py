"""The invented campaign: a province's worth of it, marked, never ranked beside real chapters, removed by one button."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.models.engines import Database
from app.models.movement import Campaign, Taught, Teaching
from app.models.people import Chapter, Member, under
from app.models.points import Entry
from app.services import points
from app.services.commit import reading
from app.services.movement import campaigns, check_lists, daily, demo, demo_removal, figures, reviewing
from app.services.movement.clock import now
from quizzes.movement.spread import picture
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import BINH, CHI


@pytest.fixture
def org(bound: Database) -> Organisation:
    way.bind()
    return plant()


@reading
def counted(db: object) -> dict[str, int]:
    return {
        table.__tablename__: int(db.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[attr-defined]
        for table in (Campaign, Teaching, Taught, Member, Chapter)
    }


@reading
def counted_entries(db: object) -> int:
    return int(db.scalar(select(func.count()).select_from(Entry)) or 0)  # type: ignore[attr-defined]


@reading
def of_the_campaign(db: object) -> tuple[int, int, list[str]]:
    path = db.scalar(select(Chapter.path).where(Chapter.code == demo.CODE))  # type: ignore[attr-defined]
    branches = db.scalar(
        select(func.count()).select_from(Chapter).where(under(Chapter.path, path), Chapter.kind == "chi_doan")
    )  # type: ignore[attr-defined]
    members = db.scalar(select(func.count()).select_from(Member).where(under(Member.path, path)))  # type: ignore[attr-defined]
    return branches, members, list(db.scalars(select(Chapter.name).where(under(Chapter.path, path))))  # type: ignore[attr-defined]


def test_a_province_of_twenty_chapters_and_four_hundred_members_is_made_once(org: Organisation) -> None:
    public_id = demo.plant()
    assert public_id is not None and demo.plant() is None
    branches, members, names = of_the_campaign()
    assert (branches, members) == (20, 400)
    assert all("(mẫu)" in name for name in names)
    held = campaigns.campaign(public_id)
    assert held is not None and "(mẫu)" in held.title
    told = figures.figures(held, now())
    assert told.taught > 400 and told.still_using is not None and told.both > 0
    nodes, _ = figures.nodes(held)
    assert sum(count > 0 for count in picture(nodes).rings) >= 2


def test_it_posts_nothing_and_stands_in_no_ranking_beside_real_chapters(org: Organisation) -> None:
    demo.plant()
    lines = points.chapter_ranking(season=points.season_of(now()))
    assert {one.chapter_id for one in lines} == {org.province, org.ward, org.branch, org.village}
    assert points.verify() == []


def test_time_makes_no_lists_reviews_or_points_of_it(org: Organisation) -> None:
    public_id = demo.plant()
    held = campaigns.campaign(str(public_id))
    assert held is not None and held.invented
    with way.at_noon():
        for days in (0, 9, 1, 15, 60):
            way.later(days * DAY)
            daily.minutely()
            daily.hourly()
        assert check_lists.lists(held.id) == [] and reviewing.queue(held.id) == []
    assert counted_entries() == 0


def test_one_button_removes_it_all_and_nobody_but_an_administrator_has_it(org: Organisation) -> None:
    from app.services.people.demo import demo_organisation

    demo_organisation()
    before = counted()
    demo.plant()
    with pytest.raises(Rejected, match="forbidden"):
        demo_removal.remove(org.members[BINH])
    demo_removal.remove(org.members[CHI])
    assert counted() == before
    demo_removal.remove(org.members[CHI])
