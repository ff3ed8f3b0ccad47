"""The ledger: posting makes a sum equal, corrections go where the first entry went, the chain holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.models.engines import Database
from app.models.points import ChapterBalance, Entry
from app.services import points
from app.services.commit import reading, writing
from app.services.people.members import move_member, set_left
from quizzes.ledger import Due
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def organisation(bound: Database) -> Organisation:
    return plant()


@reading
def entries(db: object) -> list[Entry]:
    found = list(db.scalars(select(Entry).order_by(Entry.id)))  # type: ignore[attr-defined]
    db.expunge_all()  # type: ignore[attr-defined]
    return found


@reading
def of_chapters(db: object) -> dict[int, tuple[int, int]]:
    rows = db.scalars(select(ChapterBalance))  # type: ignore[attr-defined]
    return {row.chapter_id: (row.half_points, row.members) for row in rows}


def test_posting_twice_is_posting_once(organisation: Organisation) -> None:
    an = organisation.members[AN]
    due = {an: Due(40, organisation.branch)}
    assert [points.post("contest", 7, due), points.post("contest", 7, due)] == [1, 0]
    assert of_chapters() == {organisation.branch: (40, 1)}
    assert points.verify() == []


def test_without_a_chapter_it_goes_to_the_chapter_of_that_day(organisation: Organisation) -> None:
    points.post("show", 1, {organisation.members[CHI]: Due(10, None)})
    assert [one.chapter_id for one in entries()] == [organisation.province]


def test_a_correction_goes_to_the_chapter_of_the_first_entry_though_the_member_moved(organisation: Organisation) -> None:
    an = organisation.members[AN]
    points.post("contest", 7, {an: Due(40, None)})
    move_member(organisation.members[CHI], an, organisation.village)
    points.post("contest", 7, {an: Due(30, None)})
    assert of_chapters() == {organisation.branch: (30, 1)}
    assert [(one.revision, one.half_points) for one in entries()] == [(1, 40), (2, -10)]


def test_a_member_no_longer_named_is_brought_to_zero(organisation: Organisation) -> None:
    an, binh = organisation.members[AN], organisation.members[BINH]
    points.post("contest", 7, {an: Due(40, None), binh: Due(20, None)})
    points.post("contest", 7, {an: Due(40, None)})
    assert of_chapters() == {organisation.branch: (40, 2)}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from([AN, BINH, CHI]), st.integers(0, 50), max_size=3), max_size=4), st.booleans())
def test_whatever_is_posted_the_sums_are_the_last_result(organisation: Organisation, history: list[dict[str, int]], sliced: bool) -> None:
    post = points.post_in_slices if sliced else points.post
    for result in [*history, history[-1] if history else {}]:
        post("contest", 9, {organisation.members[name]: Due(half, None) for name, half in result.items()})
    sums = dict.fromkeys(organisation.members.values(), 0)
    for one in entries():
        sums[one.member_id] += one.half_points
    last = history[-1] if history else {}
    assert sums == {number: last.get(name, 0) for name, number in organisation.members.items()}
    assert points.verify() == []
    clear()


@writing
def clear(db: object) -> None:
    """As if nothing was ever posted; only the owner of the database can do this."""
    if db.get_bind().dialect.name == "sqlite":  # type: ignore[attr-defined]
        db.execute(text("DROP TRIGGER IF EXISTS entry_no_delete"))  # type: ignore[attr-defined]
    else:
        db.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))  # type: ignore[attr-defined]
    for table in ("entry", "member_balance", "chapter_balance"):
        db.execute(text(f"DELETE FROM {table}"))  # type: ignore[attr-defined]


def test_a_changed_entry_is_found_by_the_chain(organisation: Organisation) -> None:
    points.post("contest", 7, {organisation.members[AN]: Due(40, None), organisation.members[BINH]: Due(20, None)})
    tamper()
    assert points.verify() == ["entry 1: changed", f"balance of member {organisation.members[AN]} in {points.season_of(entries()[0].at)}"]


@writing
def tamper(db: object) -> None:
    if db.get_bind().dialect.name == "sqlite":  # type: ignore[attr-defined]
        db.execute(text("DROP TRIGGER entry_no_update"))  # type: ignore[attr-defined]
    else:
        db.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))  # type: ignore[attr-defined]
    db.execute(text("UPDATE entry SET half_points = 99 WHERE id = 1"))  # type: ignore[attr-defined]


def test_the_ranking_counts_a_whole_subtree_and_lists_equals_by_name(organisation: Organisation) -> None:
    points.post("show", 1, {organisation.members[AN]: Due(40, None), organisation.members[DUNG]: Due(20, None)})
    season = points.season_of(entries()[0].at)
    lines = points.chapter_ranking(season=season)
    assert [(one.rank, one.name, one.points, one.people) for one in lines] == [
        (1, "Tỉnh đoàn Thử", 30, 4), (2, "Chi đoàn khu phố 1", 20, 2), (2, "Đoàn phường Sao Mai", 20, 2),
        (4, "Đoàn xã Sóng Xanh", 10, 1),
    ]  # fmt: skip
    per_head = points.chapter_ranking(season=season, by="per_head", kind="xa_phuong", top=1)
    assert [(one.rank, one.name, one.per_head) for one in per_head] == [(1, "Đoàn phường Sao Mai", 10)]
    below = points.chapter_ranking(season=season, under=organisation.path(organisation.ward))
    assert [one.chapter_id for one in below] == [organisation.branch, organisation.ward]


def test_who_left_and_who_was_erased_is_nobodys_head(organisation: Organisation) -> None:
    set_left(organisation.members[CHI], organisation.members[AN], True)
    assert [one.people for one in points.chapter_ranking(season=2026, under=organisation.path(organisation.branch))] == [1]
