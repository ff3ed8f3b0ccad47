"""Every table that knows a member is answered for: copied out for them, and erased with them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app.models.base import Base
from app.models.engines import Database
from app.services import personal, points
from app.services.movement import checking, reviewing, rows
from app.services.movement.clock import now
from app.services.people import my_data
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

OURS = {"campaign", "teaching", "taught", "witness_card", "check_list", "check_item", "objection", "reminder",
        "points_adjustment"}  # fmt: skip
TWICE = "An, lần hai"
NO_PERSON_CONCERNED = {"campaign", "witness_card", "check_list"}
"""They name organisers by number, as the audit log does: who made it, never whom it is about."""


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


def test_every_table_of_1_plus_2_and_of_points_by_hand_has_its_part() -> None:
    claimed = {table for part in personal.parts() for table in part.tables}
    assert set(Base.metadata.tables) >= OURS
    assert claimed >= OURS - NO_PERSON_CONCERNED


def test_a_copy_tells_what_one_taught_and_names_nobody_else(org: Organisation) -> None:
    campaign = way.begin(org)
    way.taught(org, campaign, name="Lê Thị Mận")
    copy = my_data.copy_of(org.members[AN])
    assert [one["kind"] for one in copy["teachings"]] == ["friend"]
    assert "Mận" not in json.dumps(copy, ensure_ascii=False)


def test_who_is_erased_leaves_numbers_and_whom_they_had_taught_is_forgotten(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, _ = way.taught(org, campaign, name="Lê Thị Mận")
    my_data.erase(org.members[CHI], org.members[AN])
    one = rows.teaching(public_id)
    assert one is not None and (one.name, one.state) == ("", "withdrawn")
    way.verify_all(org, campaign)
    assert points.balance(org.members[AN], 0, campaign) == 0
    assert points.verify() == []


def test_who_is_erased_while_a_list_waits_holds_nobody_up(org: Organisation) -> None:
    campaign = way.begin(org)
    way.taught(org, campaign)
    way.taught(org, campaign, name="Trần Văn Bưởi", who=BINH)
    way.later(8 * DAY)
    checking.freeze_due(now())
    my_data.erase(org.members[CHI], org.members[AN])
    way.verify_all(org, campaign)
    assert [points.balance(org.members[who], 0, campaign) for who in (AN, BINH)] == [0, 60]
    assert points.verify() == []


def test_a_member_who_moved_while_pending_earns_for_the_chapter_of_that_day(org: Organisation) -> None:
    from app.services.people.membership import move_member

    campaign = way.begin(org)
    way.taught(org, campaign)
    move_member(org.members[CHI], org.members[AN], org.village)
    way.verify_all(org, campaign)
    earned = {line.chapter_id: line.points for line in points.chapter_ranking(season=0, campaign_id=campaign)}
    assert (earned[org.branch], earned[org.village]) == (60, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("verified_before", [False, True])
def test_a_member_found_twice_fills_each_place_once_and_both_again_when_that_was_wrong(
    org: Organisation, verified_before: bool
) -> None:
    from app.services.movement import posting
    from app.services.people.membership import add_member
    from app.services.people.merging import merge, merged, undo
    from app.services.people.person import Person

    def held() -> tuple[float, float]:
        one, other = (points.balance(org.members[who], 0, campaign) for who in (AN, TWICE))
        return one, other

    campaign = way.begin(org)
    org.members[TWICE] = add_member(None, org.branch, Person("Nguyễn Thị An", 2004, "DV-AN-2"))
    way.taught(org, campaign, "friend", "Lê Thị Mận")
    way.taught(org, campaign, "friend", "Trần Văn Bưởi", TWICE)
    way.taught(org, campaign, "relative", "Phạm Thị Na", TWICE)
    if verified_before:
        way.verify_all(org, campaign)
        assert held() == (60, 120)
    merge(org.members[CHI], org.members[AN], org.members[TWICE], "Một người hai dòng trong danh sách.")
    way.verify_all(org, campaign)
    posting.judge_again(campaign)
    assert held() == (120, 0), "one friend and one relative, though two friends were taught"
    assert points.verify() == []
    (one,) = merged(org.members[AN])
    undo(org.members[CHI], one.id)
    posting.judge_again(campaign)
    assert held() == (60, 120)
    assert points.verify() == []


def test_a_chapter_merged_while_pending_keeps_its_points_and_its_list(org: Organisation) -> None:
    from datetime import date

    from app.services.people.tree import close_chapter

    campaign = way.begin(org)
    way.taught(org, campaign)
    close_chapter(org.members[CHI], org.branch, date(2030, 1, 1), org.village)
    way.verify_all(org, campaign)
    assert points.balance(org.members[AN], 0, campaign) == 60
    assert points.verify() == []


def test_a_code_is_not_shown_once_the_campaign_is_over_and_the_second_step_still_counts(org: Organisation) -> None:
    from quizzes.refusals import Rejected

    campaign = way.begin(org, days=5)
    public_id, browser = way.taught(org, campaign)
    way.later(9 * DAY)
    with pytest.raises(Rejected, match="campaign_over"):
        way.show(org.members[AN], campaign, "relative")
    way.use(public_id, browser)
    way.verify_all(org, campaign)
    assert points.balance(org.members[AN], 0, campaign) == 180


def test_after_half_a_year_names_are_gone_and_numbers_stay(org: Organisation) -> None:
    from app.services.movement import retention

    campaign = way.begin(org, days=10)
    public_id, _ = way.taught(org, campaign)
    way.show(org.members[AN], campaign, "relative")
    way.verify_all(org, campaign)
    way.later(200 * DAY)
    assert {what: rows for what, rows in retention.erase_due(now()).items() if rows} == {
        "unfinished": 1,
        "addresses": 1,
        "names": 1,
    }
    one = rows.teaching(public_id)
    assert one is not None and (one.name, one.browser) == ("", None)
    assert points.balance(org.members[AN], 0, campaign) == 60
    assert points.verify() == []


def test_who_was_taught_and_became_a_member_is_let_go_when_erased(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, browser = way.show(org.members[AN], campaign), way.phone(org.members[DUNG])
    way.open_(public_id, browser)
    way.confirm(public_id, browser)
    my_data.erase(org.members[CHI], org.members[DUNG])
    assert "Dũng" not in json.dumps(my_data.copy_of(org.members[AN]), ensure_ascii=False)
    assert reviewing.look_through(campaign, now()) == 0
