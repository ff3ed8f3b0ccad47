"""The messages to a member: reminders that end, waits with their last day, and nobody's name without a yes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.people import Member
from app.services.commit import writing
from app.services.movement import campaigns, check_lists, checking, confirming, figures, reviewing, rows
from app.services.movement.clock import now
from app.services.people.consent import RANKING, Proof, Wording, decide_consents
from app.services.people.membership import move_member
from app.services.points import balance, checkpoints, reading
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


@writing
def born(db: Session, member: int, year: int) -> None:
    db.get_one(Member, member).birth_year = year


def test_a_place_is_reminded_of_on_two_days_in_all_and_nobody_under_sixteen_is(org: Organisation) -> None:
    campaign, an = way.begin(org), org.members[AN]
    begin = now()
    told = [day for day in range(60) if figures.remind(an, campaign, "friend", begin + day * DAY)]
    assert told == [0, 10]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda _: figures.remind(an, campaign, "relative", begin), range(8)))
    assert at_once == [True] * 8, "one reminder, seen in eight windows"
    assert [figures.remind(an, campaign, "relative", begin + day * DAY) for day in (5, 12, 13, 40)] == [
        False,
        True,
        False,
        False,
    ]
    assert not figures.remind(an, campaign, "other", begin)
    born(an, 2015)
    other = way.begin(org, title="Đợt sau")
    assert not figures.remind(an, other, "friend", begin)


def test_neighbours_are_told_only_to_and_of_who_said_yes_to_rankings(org: Organisation) -> None:
    def agree(who: str, yes: bool = True) -> None:
        decide_consents(org.members[who], {RANKING: yes}, {RANKING: Wording("vi", "Đồng ý hiện tên.")}, Proof("a", "d"))

    agree(BINH)
    assert reading.neighbours(org.members[AN], 2026) == [], "An has not said yes"
    agree(AN)
    assert [one.name for one in reading.neighbours(org.members[AN], 2026)] == ["Nguyễn Thị An", "Nguyễn Thị Bình"]
    agree(BINH, False)
    assert [one.name for one in reading.neighbours(org.members[AN], 2026)] == ["Nguyễn Thị An"]


def test_what_waits_names_its_last_day_from_the_first_hour_and_keeps_to_it(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, _ = way.taught(org, campaign)
    seen = rows.teaching(public_id)
    assert seen is not None and seen.confirmed_at is not None
    first = check_lists.decided_by([seen.id])[seen.id, "taught"]
    assert first == seen.confirmed_at + 23 * DAY, "a week, a day for the list, a day for the draw, a fortnight"
    way.later(7 * DAY + DAY // 2)
    checking.freeze_due(now())
    frozen = check_lists.decided_by([seen.id])[seen.id, "taught"]
    assert frozen <= first
    for _ in range(2):
        checkpoints.make(now())
    checking.draw_due()
    assert check_lists.decided_by([seen.id])[seen.id, "taught"] <= frozen
    assert [at // DAY for at in check_lists.decided_by([seen.id]).values()] == [(now() + 14 * DAY) // DAY]


def test_what_was_done_in_a_campaign_is_told_when_it_is_over_and_when_its_teacher_has_moved(org: Organisation) -> None:
    campaign = way.begin(org, days=5, chapter=org.ward)
    way.taught(org, campaign)
    move_member(org.members[CHI], org.members[AN], org.village)

    def told() -> list[int]:
        return [one.id for one in campaigns.of_member(org.members[AN], org.path(org.village), now())]

    assert told() == [campaign], "the campaign of the chapter An came from"
    way.later(9 * DAY)
    assert told() == [campaign], "over"
    assert [one.id for one in campaigns.for_member(org.path(org.village), now())] == []


def test_what_begins_to_look_odd_on_a_list_counts_only_once_it_is_cleared(org: Organisation) -> None:
    campaign = way.begin(org)
    first = [way.taught(org, campaign, "other", f"Người {number}")[0] for number in range(2)]
    way.later(8 * DAY)
    checking.freeze_due(now())
    checkpoints.make(now())
    mark(first[1])
    way.verify_all(org, campaign)
    assert balance(org.members[AN], 0, campaign) == 20, "the other one waits for its reviewer"
    reviewing.decide(org.members[CHI], first[1], True)
    assert balance(org.members[AN], 0, campaign) == 40, "the list had verified it meanwhile"


@writing
def mark(db: Session, public_id: str) -> None:
    from app.services.movement.rows import locked_in
    from app.services.movement.teaching import signed_code

    signed_code(locked_in(db, public_id), "burst")


def test_two_campaigns_at_once_have_two_places_each_and_one_person_counts_in_one(org: Organisation) -> None:
    wide, near = way.begin(org), way.begin(org, title="1+2 của phường", chapter=org.ward)
    for number, campaign in enumerate((wide, near)):
        for kind in ("friend", "relative"):
            way.taught(org, campaign, kind, f"Người {kind} {number}")
            way.later(MINUTE)
    again, _ = way.taught(org, near, "other", "Người friend 0")
    way.verify_all(org, wide)
    way.verify_all(org, near)
    assert [balance(org.members[AN], 0, one) for one in (wide, near)] == [120, 120]
    seen = rows.teaching(again)
    assert seen is not None and (seen.review, seen.taught_ok) == ("waiting", False)


def test_who_does_the_second_step_before_a_witness_counts_among_the_witnessed(org: Organisation) -> None:
    number = way.begin(org)
    held = campaigns.campaign_numbered(number)
    taught = [way.taught(org, number, kind, f"Bà {kind}")[0] for kind in ("friend", "relative")]
    for person in range(4):
        way.taught(org, number, "other", f"Người Số {person}")
    way.later(8 * DAY)
    for public_id in taught:
        confirming.use(public_id, way.phone(org.members[BINH]), "portal.filed", witnessed=True)
    told, (chapter,) = figures.figures(held, now()), figures.by_chapter(held, now())
    assert (told.taught, told.own, told.visits) == (6, 4, 2)
    assert (told.used, told.used_own, told.used_visits, told.both, told.both_visits) == (2, 0, 2, 1, 1)
    assert (chapter.taught, chapter.visits, chapter.used_visits) == (6, 2, 2)
    assert rows.teaching(taught[0]).witnessed
