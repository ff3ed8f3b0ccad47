"""The ledger: posting makes a sum equal, corrections go where the first entry went, the chain holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.models.engines import Database
from app.models.points import Balance, ChapterBalance, Entry
from app.services import points
from app.services.commit import reading, writing
from app.services.people.membership import move_member, set_left
from quizzes import ledger
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
def of_chapters(db: object) -> dict[int, int]:
    rows = db.scalars(select(ChapterBalance))  # type: ignore[attr-defined]
    return {row.chapter_id: row.half_points for row in rows}


def test_posting_twice_is_posting_once(organisation: Organisation) -> None:
    an = organisation.members[AN]
    due = {an: Due(40, organisation.branch)}
    assert [points.post("contest", 7, due), points.post("contest", 7, due)] == [1, 0]
    assert of_chapters() == {organisation.branch: 40}
    assert points.verify() == []


def test_without_a_chapter_it_goes_to_the_chapter_of_that_day(organisation: Organisation) -> None:
    points.post("show", 1, {organisation.members[CHI]: Due(10, None)})
    assert [one.chapter_id for one in entries()] == [organisation.province]


def test_a_correction_goes_to_the_chapter_of_the_first_entry_though_the_member_moved(
    organisation: Organisation,
) -> None:
    an = organisation.members[AN]
    points.post("contest", 7, {an: Due(40, None)})
    move_member(organisation.members[CHI], an, organisation.village)
    points.post("contest", 7, {an: Due(30, None)})
    assert of_chapters() == {organisation.branch: 30}
    assert [(one.revision, one.half_points) for one in entries()] == [(1, 40), (2, -10)]


def test_a_member_no_longer_named_is_brought_to_zero(organisation: Organisation) -> None:
    an, binh = organisation.members[AN], organisation.members[BINH]
    points.post("contest", 7, {an: Due(40, None), binh: Due(20, None)})
    points.post("contest", 7, {an: Due(40, None)})
    assert of_chapters() == {organisation.branch: 40}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from([AN, BINH, CHI]), st.integers(0, 50), max_size=3), max_size=4),
    st.booleans(),
)
def test_whatever_is_posted_the_sums_are_the_last_result(
    organisation: Organisation, history: list[dict[str, int]], sliced: bool
) -> None:
    post = points.post_in_slices if sliced else points.post
    for result in [*history, history[-1] if history else {}]:
        post("contest", 9, {organisation.members[name]: Due(half, None) for name, half in result.items()})
    sums = dict.fromkeys(organisation.members.values(), 0)
    for one in entries():
        sums[one.owner_id] += one.half_points
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
    for table in ("entry", "balance", "chapter_balance"):
        db.execute(text(f"DELETE FROM {table}"))  # type: ignore[attr-defined]


def test_a_changed_entry_is_found_by_the_chain(organisation: Organisation) -> None:
    points.post("contest", 7, {organisation.members[AN]: Due(40, None), organisation.members[BINH]: Due(20, None)})
    tamper()
    assert points.verify() == [
        "entry 1: changed",
        f"balance of member {organisation.members[AN]} in {season()}",
        f"points earned for chapter {organisation.branch} in {season()}",
    ]


def season() -> int:
    return points.season_of(entries()[0].at)


@writing
def tamper(db: object) -> None:
    if db.get_bind().dialect.name == "sqlite":  # type: ignore[attr-defined]
        db.execute(text("DROP TRIGGER entry_no_update"))  # type: ignore[attr-defined]
    else:
        db.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))  # type: ignore[attr-defined]
    db.execute(text("UPDATE entry SET half_points = 99 WHERE id = 1"))  # type: ignore[attr-defined]


def test_a_year_and_a_campaign_have_balances_of_their_own(organisation: Organisation) -> None:
    an, team = ("member", organisation.members[AN]), ("team", 5)
    points.post_many(
        {
            ("taught", 1): {an: Due(120, None, campaign=3, rules=2)},
            ("show", 1): {an: Due(20, None), team: Due(30, organisation.village)},
        }
    )
    assert points.balance(an[1], season()) == 70.0
    assert points.balance(an[1], 0, 3) == 60.0
    assert {(one.owner_kind, one.campaign_id, one.rules_version) for one in entries()} == {
        ("member", 0, 0),
        ("team", 0, 0),
        ("member", 3, 2),
    }
    assert points.verify() == []


def test_a_chapters_own_points_go_to_the_chapter(organisation: Organisation) -> None:
    points.post_many({("adjustment", 1): {("chapter", organisation.ward): Due(8, None)}})
    assert of_chapters() == {organisation.ward: 8}


def test_a_source_that_nobody_declared_cannot_be_posted(organisation: Organisation) -> None:
    with pytest.raises(LookupError):
        points.post("birthday", 1, {organisation.members[AN]: Due(8, None)})


def test_five_thousand_sources_are_posted_in_slices_while_others_post(organisation: Organisation) -> None:
    owner = ("member", organisation.members[AN])
    batch = {("taught", number): {owner: Due(2, None, campaign=1)} for number in range(1, 5001)}
    with ThreadPoolExecutor(2) as pool:
        many = pool.submit(points.post_many, batch)
        others = [points.post("show", number, {organisation.members[BINH]: Due(1, None)}) for number in range(1, 21)]
        assert many.result() == 5000
    assert others == [1] * 20
    assert [one.id for one in entries()] == list(range(1, 5021))
    assert points.post_many(batch) == 0
    assert points.verify() == []


def test_two_that_post_the_same_result_at_once_post_it_once(organisation: Organisation) -> None:
    due = {organisation.members[AN]: Due(40, None)}
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: points.post("show", 1, due), range(8))) == 1
    assert points.verify() == []


def test_entries_of_the_first_version_stay_as_they_were_and_are_checked_by_its_link(organisation: Organisation) -> None:
    plant_old(organisation.members[AN], organisation.branch)
    points.post("show", 1, {organisation.members[AN]: Due(30, None)})
    assert [(one.link_version, one.revision, one.half_points) for one in entries()] == [(1, 1, 40), (2, 2, -10)]
    assert points.verify() == []


@writing
def plant_old(db: object, member: int, chapter: int) -> None:
    """An entry as the first version wrote it, with its balances."""
    entry = ledger.Entry(1, "show", 1, "member", member, 1, 40, chapter, 1_790_000_000_000_000, link_version=1)
    db.add(
        Entry(
            id=1,
            source_kind="show",
            source_id=1,
            owner_kind="member",
            owner_id=member,
            revision=1,  # type: ignore[attr-defined]
            chapter_id=chapter,
            half_points=40,
            at=entry.at,
            campaign_id=0,
            rules_version=0,
            note_digest="",
            link_version=1,
            chain=ledger.link(ledger.GENESIS, entry),
        )
    )
    year = points.season_of(entry.at)
    db.add(Balance(owner_kind="member", owner_id=member, campaign_id=0, season=year, half_points=40))  # type: ignore[attr-defined]
    db.add(ChapterBalance(chapter_id=chapter, campaign_id=0, season=year, half_points=40))  # type: ignore[attr-defined]


def test_the_ranking_counts_a_whole_subtree_and_lists_equals_by_name(organisation: Organisation) -> None:
    points.post("show", 1, {organisation.members[AN]: Due(40, None), organisation.members[DUNG]: Due(20, None)})
    season = points.season_of(entries()[0].at)
    lines = points.chapter_ranking(season=season)
    assert [(one.rank, one.name, one.points, one.people) for one in lines] == [
        (1, "Tỉnh đoàn Thử", 30, 4),
        (2, "Chi đoàn khu phố 1", 20, 2),
        (2, "Đoàn phường Sao Mai", 20, 2),
        (4, "Đoàn xã Sóng Xanh", 10, 1),
    ]
    per_head = points.chapter_ranking(season=season, by="per_head", kind="xa_phuong", top=1)
    assert [(one.rank, one.name, one.per_head) for one in per_head] == [(1, "Đoàn phường Sao Mai", 10)]
    below = points.chapter_ranking(season=season, under=organisation.path(organisation.ward))
    assert [one.chapter_id for one in below] == [organisation.branch, organisation.ward]


def test_who_left_and_who_was_erased_is_nobodys_head(organisation: Organisation) -> None:
    set_left(organisation.members[CHI], organisation.members[AN], True)
    assert [
        one.people for one in points.chapter_ranking(season=2026, under=organisation.path(organisation.branch))
    ] == [1]
