"""The way of a place of 1+2: code, first step, a week and more, second step, verification, points."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.engines import Database, database
from app.models.movement import Taught, Teaching
from app.services import points
from app.services.commit import reading
from app.services.movement import campaigns, cards, check_lists, checking, confirming, daily, reviewing, rows, teaching
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.points import checkpoints, rules
from quizzes.ledger.rules import PointRules
from quizzes.movement.steps import DAY, MINUTE
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> int:
    return way.begin(org)


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Rejected, match=code)


def earned(org: Organisation, campaign: int, who: str = AN) -> float:
    return points.balance(org.members[who], 0, campaign)


@reading
def everybody_taught(db: object) -> list[str]:
    return list(db.scalars(select(Taught.name).order_by(Taught.teaching_id)))  # type: ignore[attr-defined]


@reading
def signs(db: object, public_id: str) -> tuple[str, str]:
    one = db.scalar(select(Teaching).where(Teaching.public_id == public_id))  # type: ignore[attr-defined]
    return one.signs, one.review


def test_a_friend_and_a_relative_who_use_it_fill_both_places(org: Organisation, campaign: int) -> None:
    friend = way.taught(org, campaign, "friend", "Lê Thị Mận")
    relative = way.taught(org, campaign, "relative", "Nguyễn Văn Ổi")
    assert earned(org, campaign) == 0, "pending until verified"
    way.later(8 * DAY)
    for one in (friend, relative):
        way.use(*one)
    way.verify_all(org, campaign)
    assert earned(org, campaign) == 60 + 60 + 120 + 120 + 60
    assert points.balance(org.members[AN], points.season_of(now())) in (420.0, 0.0)
    assert points.verify() == []


def test_most_points_come_with_use_and_none_before_verification(org: Organisation, campaign: int) -> None:
    public_id, browser = way.taught(org, campaign)
    way.verify_all(org, campaign)
    assert earned(org, campaign) == 60
    way.use(public_id, browser)
    assert earned(org, campaign) == 60
    way.verify_all(org, campaign)
    assert earned(org, campaign) == 180


def test_the_second_step_is_taken_from_the_seventh_to_the_thirtieth_day(org: Organisation, campaign: int) -> None:
    public_id, browser = way.taught(org, campaign)
    way.later(6 * DAY)
    with refused("not_now"):
        way.use(public_id, browser)
    way.later(25 * DAY)
    with refused("not_now"):
        way.use(public_id, browser)


def test_a_code_lives_fifteen_minutes_and_is_used_once(org: Organisation, campaign: int) -> None:
    public_id, mine, other = way.show(org.members[AN], campaign), way.phone(), way.phone()
    code = teaching.code_of(public_id, now() + 15 * MINUTE)
    assert teaching.open_code(code, mine).public_id == public_id
    assert teaching.open_code(code, mine).public_id == public_id, "the same browser goes on"
    with refused("code_used"):
        teaching.open_code(code, other)
    way.later(16 * MINUTE)
    with refused("code_gone"):
        teaching.open_code(code, mine)
    for forged in (code[:-1] + ("0" if code[-1] != "0" else "1"), "t.x.0." + "0" * 32, "", "t." * 80):
        with refused("code_gone"):
            teaching.open_code(forged, mine)


def test_a_code_that_two_scan_at_once_belongs_to_one(org: Organisation, campaign: int) -> None:
    public_id = way.show(org.members[AN], campaign)
    code = teaching.code_of(public_id, now() + 15 * MINUTE)

    def opened(browser: teaching.Browser) -> bool:
        try:
            return teaching.open_code(code, browser).public_id == public_id
        except Rejected:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(opened, [way.phone() for _ in range(6)])) == 1


def test_a_confirmation_sent_twice_at_once_is_one(org: Organisation, campaign: int) -> None:
    public_id, browser = way.show(org.members[AN], campaign), way.phone()
    way.open_(public_id, browser)
    way.later(MINUTE)
    said = Confirmation(1956, "Lê Thị Mận", True, way.WORDING)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: confirming.confirm(public_id, browser, said), range(4)))
    assert everybody_taught() == ["Lê Thị Mận"]


def test_two_friends_who_confirm_at_once_fill_one_place(org: Organisation, campaign: int) -> None:
    pairs = [(way.show(org.members[AN], campaign), way.phone()) for _ in range(4)]
    for public_id, browser in pairs:
        way.open_(public_id, browser)
    way.later(MINUTE)

    def done(pair: tuple[str, teaching.Browser]) -> bool:
        try:
            confirming.confirm(*pair, Confirmation(1956, f"Lê Thị {pairs.index(pair)}", True, way.WORDING))
        except Rejected as refusal:
            assert refusal.code == "place_taken"
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(done, pairs)) == 1


def test_of_a_child_nothing_is_kept_but_that_it_was_taught(org: Organisation, campaign: int) -> None:
    public_id, browser = way.show(org.members[AN], campaign), way.phone(org.members[BINH])
    way.open_(public_id, browser)
    way.later(MINUTE)
    browser = way.childs(public_id, browser)
    other = way.phone()
    for _ in range(2):  # the answer to the first was lost
        confirming.confirm(public_id, browser, Confirmation(2019, "Bé Sóc", True, way.WORDING))
    way.open_(public_id, other)  # the code still lives, and binds nobody any more
    with refused("code_gone"):
        confirming.confirm(public_id, other, Confirmation(1956, "Lê Thị Mận", True, way.WORDING))
    with refused("code_gone"):
        confirming.leave_number(public_id, browser, "0912345678")
    assert everybody_taught() == []
    with database.read() as db:
        row = db.execute(select(Teaching.__table__)).one()._mapping
    whose_and_when = {"id", "public_id", "campaign_id", "member_id", "chapter_id", "made_at", "code_ends_at"}
    kept = {name for name, value in row.items() if value} - whose_and_when - {"confirmed_at", "code_used_at"}
    assert kept == {"child", "kind", "way", "state"}
    assert (row["kind"], row["way"]) == ("other", "own"), "as of any child"


def test_without_consent_nothing_is_stored(org: Organisation, campaign: int) -> None:
    public_id, browser = way.show(org.members[AN], campaign), way.phone()
    way.open_(public_id, browser)
    with refused("taught_consent"):
        confirming.confirm(public_id, browser, Confirmation(1956, "Lê Thị Mận", False, way.WORDING))
    assert everybody_taught() == []


@pytest.mark.parametrize("name", ["Mận 0912345678", "Mận 079.156.001.234"])
def test_no_phone_or_identity_number_is_kept_as_a_name(org: Organisation, campaign: int, name: str) -> None:
    public_id, browser = way.show(org.members[AN], campaign), way.phone()
    way.open_(public_id, browser)
    with refused("name_no_number"):
        way.confirm(public_id, browser, name)
    with refused("card_label"):
        cards.make(org.members[CHI], campaign, name)
    assert everybody_taught() == []


def test_no_rules_are_published_by_which_showing_earns_more_than_use(org: Organisation, campaign: int) -> None:
    for taught, used in ((60, 60), (60, 0)):
        with refused("use_earns_most"):
            rules.publish(org.members[CHI], campaign, PointRules(taught=taught, used=used), now())
        draft = campaigns.Draft("Đợt khác", way.SERVICES, now(), now() + DAY)
        with refused("use_earns_most"):
            campaigns.start(org.members[CHI], org.province, draft, PointRules(taught=taught, used=used))


def test_another_browser_takes_over_with_the_year_of_birth_and_is_looked_at(org: Organisation, campaign: int) -> None:
    public_id, _ = way.taught(org, campaign)
    code, other = teaching.keep_code(public_id), way.phone()
    assert teaching.open_code(code, other).ask_year
    with refused("other_year"):
        teaching.open_code(code, other, 1957)
    with refused("other_year"):
        teaching.open_code(code, way.phone(org.members[AN]), 1956)
    teaching.open_code(code, other, 1956)
    assert signs(public_id) == ("took_over", "waiting")
    way.later(8 * DAY)
    way.use(public_id, other)


def test_who_withdraws_is_forgotten_and_what_was_verified_stays(org: Organisation, campaign: int) -> None:
    public_id, browser = way.taught(org, campaign)
    way.verify_all(org, campaign)
    confirming.withdraw(public_id, browser)
    one = rows.teaching(public_id)
    assert one is not None and (one.name, one.browser, one.state) == ("", None, "withdrawn")
    assert everybody_taught() == []
    assert earned(org, campaign) == 60
    assert points.verify() == []
    with refused("code_gone"):
        teaching.open_code(teaching.keep_code(public_id), browser, 1956)


def test_who_withdraws_before_verification_is_not_counted_and_the_place_is_free(
    org: Organisation, campaign: int
) -> None:
    confirming.withdraw(*way.taught(org, campaign))
    way.verify_all(org, campaign)
    assert earned(org, campaign) == 0
    way.taught(org, campaign, name="Trần Văn Bưởi")


def test_the_same_browser_and_the_same_person_are_looked_at_and_never_refused(org: Organisation, campaign: int) -> None:
    _, browser = way.taught(org, campaign)
    second = way.show(org.members[AN], campaign, "relative")
    way.open_(second, browser)
    way.confirm(second, browser, "Người khác")
    assert signs(second) == ("same_browser", "waiting")
    third, _ = way.taught(org, campaign, "friend", "LÊ THỊ  MẬN", BINH)
    assert signs(third) == ("same_person", "waiting")
    assert len(reviewing.queue(campaign)) == 2


def test_what_is_looked_at_counts_only_once_somebody_from_outside_says_so(org: Organisation, campaign: int) -> None:
    way.taught(org, campaign)
    second, _ = way.taught(org, campaign, "friend", "Lê Thị Mận", BINH)
    way.verify_all(org, campaign)
    assert (earned(org, campaign), earned(org, campaign, BINH)) == (60, 0)
    with refused("forbidden"):
        reviewing.decide(org.members[BINH], second, True)
    reviewing.decide(org.members[CHI], second, True)
    way.verify_all(org, campaign)
    assert earned(org, campaign, BINH) == 60


def test_a_rejected_one_is_told_and_an_objection_can_bring_it_back(org: Organisation, campaign: int) -> None:
    way.taught(org, campaign)
    second, _ = way.taught(org, campaign, "friend", "Lê Thị Mận", BINH)
    reviewing.decide(org.members[CHI], second, False)
    with refused("complaint_words"):
        reviewing.object_to(org.members[BINH], second, "sai")
    reviewing.object_to(org.members[BINH], second, "Hai bác trùng tên trùng tuổi, ở hai khu phố khác nhau.")
    with refused("answer_needed"):
        reviewing.decide(org.members[CHI], second, True)
    reviewing.decide(org.members[CHI], second, True, "Đã gặp cả hai bác, đúng là hai người.")
    assert earned(org, campaign, BINH) == 60


def test_who_became_a_member_counts_once(org: Organisation, campaign: int) -> None:
    for who in (AN, BINH):
        public_id, browser = way.show(org.members[who], campaign), way.phone(org.members[DUNG])
        way.open_(public_id, browser)
        if who == AN:
            way.confirm(public_id, browser)
        else:
            with refused("taught_already"):
                way.confirm(public_id, browser)


def test_one_who_fails_has_the_whole_list_looked_at(org: Organisation, campaign: int) -> None:
    for number in range(12):
        way.taught(org, campaign, "other", f"Người {number} Một")
        way.later((3 + number) * MINUTE)
    way.later(8 * DAY)
    checking.freeze_due(now())
    checkpoints.make(now())
    assert checking.draw_due() == 0, "the sample is drawn from the next checkpoint"
    way.later(DAY)
    checkpoints.make(now())
    assert checking.draw_due() == 1
    (one,) = check_lists.lists(campaign)
    assert (one.count, one.sampled) == (12, 3)
    first, *others = check_lists.items(one.id)
    with refused("own_chapter|forbidden"):
        checking.decide(org.members[BINH], one.id, first.teaching_id, first.step, "met")
    with refused("wrong_code"):
        checking.decide(org.members[CHI], one.id, first.teaching_id, first.step, "met", "x")
    checking.decide(org.members[CHI], one.id, first.teaching_id, first.step, "failed")
    for item in check_lists.items(one.id):
        if not item.outcome:
            checking.decide(org.members[CHI], one.id, item.teaching_id, item.step, "accepted")
    assert len(others) == 2
    assert earned(org, campaign) == 20 * 10, "eleven accepted, ten count at most"


def test_who_is_not_reached_in_fourteen_days_is_not_counted_and_nobody_is_blamed(
    org: Organisation, campaign: int
) -> None:
    public_id, _ = way.taught(org, campaign)
    way.later(8 * DAY)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    assert checking.close_late(now()) == 0
    way.later(14 * DAY)
    assert checking.close_late(now()) == 1
    assert earned(org, campaign) == 0
    assert signs(public_id) == ("", "")
    way.taught(org, campaign, name="Trần Văn Bưởi")


def test_without_a_phone_an_official_sees_both_steps_and_they_are_worth_the_same(
    org: Organisation, campaign: int
) -> None:
    public_id, official = way.show(org.members[AN], campaign), way.phone(org.members[BINH])
    way.open_(public_id, official)
    said = Confirmation(1948, "Phạm Thị Na", True, way.WORDING)
    way.later(MINUTE)
    confirming.confirm(public_id, official, said, witnessed=True)
    way.later(8 * DAY)
    with refused("code_gone"):
        way.use(public_id, official)
    code = teaching.visit_code(org.members[AN], public_id)
    with refused("witness_needed"):
        teaching.open_code(code, way.phone())
    teaching.open_code(code, official)
    confirming.use(public_id, official, "portal.filed", witnessed=True)
    way.verify_all(org, campaign)
    assert earned(org, campaign) == 180


def test_what_a_revoked_card_witnessed_is_looked_at_and_it_witnesses_no_more(org: Organisation, campaign: int) -> None:
    chi = org.members[CHI]
    number = cards.make(chi, campaign, "Công an xã")
    card = cards.card(number)
    assert card
    holder = replace(way.phone(), card=card.code)
    said = Confirmation(1948, "Phạm Thị Na", True, way.WORDING)
    public_id = way.show(org.members[AN], campaign)
    way.open_(public_id, holder)
    way.later(MINUTE)
    confirming.confirm(public_id, holder, said, witnessed=True)
    assert reviewing.queue(campaign) == []
    assert [cards.revoke(chi, campaign, number) for _ in range(2)] == [1, 0]
    assert [one.reasons for one in reviewing.queue(campaign)] == [("revoked_card",)]
    assert cards.cards(campaign, now()) == [] and cards.card(number) is None
    other = way.show(org.members[AN], campaign, "relative")
    way.open_(other, holder)
    with refused("witness_needed"):
        confirming.confirm(other, holder, said, witnessed=True)


def test_a_day_passes_by_the_clock_alone(org: Organisation, campaign: int) -> None:
    way.taught(org, campaign)
    daily.minutely()
    way.later(8 * DAY)
    daily.minutely()
    daily.minutely()
    (one,) = check_lists.lists(campaign)
    assert one.state == "frozen" and len(checkpoints.texts()) == 2
    way.later(DAY)
    daily.minutely()
    assert [line.state for line in check_lists.lists(campaign)] == ["drawn"]
    daily.hourly()
    assert points.verify() == []
