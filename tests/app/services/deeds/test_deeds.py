"""Deeds: noted once however often a phone sends them, verified by sample, paid by the rules, only in pairs where
due."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.services.commit import reading
from app.services.deeds import checking, kinds, looking, noting, partners, posting
from app.services.deeds.noting import day_at
from app.services.movement.clock import now
from app.services.people.membership import add_member, confirm_member
from app.services.people.person import Person
from app.services.points import checkpoints
from app.services.points.reading import total
from app.services.points.verifying import verify
from quizzes.deeds.entries import Entry
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from tests import movement as way
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def entry(number: int, kind: str = "payment", step: str = "done", days_ago: int = 0, **more: str) -> Entry:
    return Entry(f"phone-{number:08d}", kind, step, day_at(now()) - timedelta(days=days_ago), **more)  # type: ignore[arg-type]


def note(org: Organisation, *entries: Entry, who: str = AN) -> list[str]:
    return [one.code for one in noting.note(org.members[who], entries)]


def code_of(org: Organisation, *entries: Entry) -> str:
    return note(org, *entries)[0]


@reading
def stored(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Deed)) or 0


def draw(org: Organisation) -> looking.ListLine:
    """Freeze what waits, and let the next checkpoints name and draw it."""
    way.later(8 * DAY)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    return looking.lists(org.path(org.province))[0]


def verify_all(org: Organisation, outcome: str = "met") -> None:
    one = draw(org)
    checking.decide(org.members[CHI], one.id, [each.id for each in looking.items(one.id)], outcome)


def test_the_same_queue_half_of_it_and_two_phones_at_once_are_one_day(org: Organisation) -> None:
    queue = [entry(number) for number in range(40)]
    assert set(note(org, *queue[:25])) == {"ok"}  # the network went away in the middle
    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(lambda _: note(org, *queue), range(16)))
    assert {code for codes in answers for code in codes} == {"ok"} and stored() == 40


def test_two_hundred_phones_at_once_double_nothing(org: Organisation) -> None:
    people = [add_member(org.members[BINH], org.branch, Person(f"Lê Văn {n}", 2005, f"S-{n}")) for n in range(200)]
    queue = [entry(number) for number in range(3)]
    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(lambda each: noting.note(each, queue), [*people, *people]))
    assert all(one.code == "ok" for of in answers for one in of) and stored() == 600


def test_each_entry_is_answered_and_good_ones_stand_whatever_is_wrong_with_others(org: Organisation) -> None:
    bad = entry(2, "nothing")
    assert note(org, entry(1), bad, entry(3, note="số 0912345678"), entry(4)) == [
        "ok",
        "deed_kind",
        "deed_number",
        "ok",
    ]
    assert stored() == 2
    with pytest.raises(Rejected, match="too_many"):
        note(org, *(entry(number) for number in range(501)))


def test_a_household_is_saved_only_with_a_member_and_a_respected_local_person(org: Organisation) -> None:
    chi, visit = org.members[CHI], entry(1, "household")
    assert code_of(org, visit) == "deed_partner"
    assert code_of(org, entry(1, "household", partner="d.1.2.3")) == "deed_partner"
    card = partners.card(partners.make_card(chi, org.ward, "Nhà văn hóa khu phố 3"))
    village = partners.card(partners.make_card(chi, org.village, "Trụ sở xã"))
    assert card and village and partners.shown(card.code) == "Nhà văn hóa khu phố 3"
    assert code_of(org, entry(1, "household", partner=village.code)) == "deed_partner", "a card of somewhere else"
    assert code_of(org, entry(1, "household", partner=card.code)) == "ok"
    partners.name(chi, org.branch, org.members[BINH], "Trưởng khu phố 1")
    binh, _ = partners.my_code(org.members[BINH])
    assert code_of(org, entry(2, "household", partner=binh)) == "ok"
    assert note(org, entry(3, "household", partner=binh), who=BINH) == ["deed_partner"], "nobody is their own partner"
    partners.unname(chi, org.branch, org.members[BINH])
    assert code_of(org, entry(4, "household", partner=binh)) == "deed_partner"
    with pytest.raises(Rejected, match="forbidden"):
        partners.my_code(org.members[BINH])
    assert stored() == 2


def test_a_card_of_the_day_arrives_late_and_is_looked_at_and_not_a_week_later(org: Organisation) -> None:
    card = partners.card(partners.make_card(org.members[CHI], org.ward, "Nhà văn hóa"))
    assert card
    way.later(2 * DAY)
    assert code_of(org, entry(1, "household", days_ago=2, partner=card.code)) == "ok"
    assert code_of(org, entry(2, "household", days_ago=0, partner=card.code)) == "deed_partner_day"
    (seen,) = looking.odd(org.path(org.province))
    assert seen.signs == ("over_card",)
    way.later(7 * DAY)
    assert code_of(org, entry(3, "household", days_ago=9, partner=card.code)) == "deed_partner_day"


def test_a_revoked_card_is_good_for_nothing_and_its_visits_are_looked_at(org: Organisation) -> None:
    chi = org.members[CHI]
    number = partners.make_card(chi, org.ward, "Nhà văn hóa")
    card = partners.card(number)
    assert card
    note(org, *(entry(n, "household", partner=card.code) for n in range(2)), *(entry(n) for n in range(10, 22)))
    assert checking.freeze(chi, org.branch) == 14
    note(org, entry(3, "household", partner=card.code), entry(4))
    with pytest.raises(Rejected, match="forbidden"):
        partners.revoke(org.members[BINH], org.ward, number)
    with pytest.raises(Rejected, match="not_found"):
        partners.revoke(chi, org.village, number)
    assert [partners.revoke(chi, org.ward, number) for _ in range(2)] == [3, 0]
    assert partners.cards(org.ward) == [] and partners.card(number) is None
    with pytest.raises(Rejected, match="code_gone"):
        partners.shown(card.code)
    assert code_of(org, entry(5, "household", partner=card.code)) == "ok", (
        "a phone without a network knew nothing of it"
    )
    assert [one.signs for one in looking.odd(org.path(org.province))] == [("revoked_card",)] * 2
    draw(org)
    (listed,) = (one for one in looking.lists(org.path(org.province)) if one.count == 14)
    asked = {one.kind for one in looking.items(listed.id)}
    assert "household" in asked and listed.asked > 3, "on a list it is looked at whatever the lot says"


def test_a_sample_is_verified_by_somebody_from_outside_and_all_of_the_list_is_paid(org: Organisation) -> None:
    way.begin(org)
    note(org, *(entry(number) for number in range(4)), entry(5, step="first"))
    assert checking.freeze(org.members[CHI], org.branch) == 5
    with pytest.raises(Rejected, match="not_now"):  # nobody knows the sample yet
        checking.decide(org.members[CHI], looking.lists(org.path(org.province))[0].id, [1], "met")
    one = draw(org)
    assert (one.state, one.count, one.asked) == ("drawn", 5, 3)
    sample = [each.id for each in looking.items(one.id)]
    with pytest.raises(Rejected, match="own_chapter"):
        checking.decide(org.members[BINH], one.id, sample, "met")
    with pytest.raises(Rejected, match="forbidden"):
        checking.decide(org.members[DUNG], one.id, sample, "met")
    assert checking.decide(org.members[CHI], one.id, sample, "met") == 3
    assert looking.mine(org.members[AN]) == {"good": 5}
    season = day_at(now()).year
    assert total(org.members[AN], season) == 50 == total(org.members[AN], 0, 1)
    assert posting.judge_again() == 0, "posted once is posted"
    assert not verify()


def test_one_that_failed_has_all_of_them_looked_at(org: Organisation) -> None:
    way.begin(org)
    note(org, *(entry(number) for number in range(40)))
    bulk = looking.odd(org.path(org.province))
    assert {one.signs for one in bulk} == {("many",)} and len(bulk) == 10
    assert checking.review(org.members[CHI], org.province, [one.id for one in bulk], good=False) == 10
    one = draw(org)
    first, *rest = (each.id for each in looking.items(one.id))
    checking.decide(org.members[CHI], one.id, [first], "failed")
    one = looking.lists(org.path(org.province))[0]
    assert (one.state, one.asked) == ("review", 30)
    left = [each.id for each in looking.items(one.id) if not each.outcome]
    checking.decide(org.members[CHI], one.id, left[:5], "rejected")
    checking.decide(org.members[CHI], one.id, left[5:], "accepted")
    assert looking.mine(org.members[AN]) == {"good": 24, "rejected": 16}


def test_the_same_words_are_a_sign_though_each_deed_is_sent_alone(org: Organisation) -> None:
    for number in range(6):
        assert code_of(org, entry(number, note="Giúp bác hàng xóm")) == "ok"
    assert code_of(org, entry(7), entry(8)) == "ok"
    assert [one.signs for one in looking.odd(org.path(org.province))] == [("same_words",)] * 2


def test_the_oldest_list_to_look_at_stands_first_and_none_is_out_of_reach(org: Organisation) -> None:
    for number in range(3):
        note(org, entry(number))
        checking.freeze(org.members[CHI], org.branch)
    newest, _, oldest = (one.id for one in looking.lists(org.path(org.province))[::-1])
    draw(org)
    assert [one.id for one in looking.lists(org.path(org.province), limit=1)] == [oldest]
    assert looking.to_check(org.path(org.province)) == 3 and looking.to_check(org.path(org.village)) == 0
    beyond = looking.list_of(org.path(org.province), newest)
    assert beyond and beyond.asked == 1 and looking.list_of(org.path(org.village), newest) is None
    checking.decide(org.members[CHI], oldest, [one.id for one in looking.items(oldest)], "met")
    assert looking.lists(org.path(org.province))[-1].id == oldest, "what is done stands last"


def test_a_mistake_is_taken_back_until_it_is_listed(org: Organisation) -> None:
    note(org, entry(1), entry(2))
    one, other = looking.of_member(org.members[AN])
    noting.take_back(org.members[AN], one.id)
    assert [each.id for each in looking.of_member(org.members[AN])] == [other.id]
    with pytest.raises(Rejected, match="not_found"):
        noting.take_back(org.members[DUNG], other.id)
    checking.freeze(org.members[CHI], org.branch)
    with pytest.raises(Rejected, match="not_now"):
        noting.take_back(org.members[AN], other.id)


def test_a_chapter_has_kinds_of_its_own_below_it_alone(org: Organisation) -> None:
    made = kinds.make(org.members[CHI], org.ward, "Lắp camera an ninh", 20, 5, paired=False)
    key = f"own:{made}"
    assert code_of(org, entry(1, key), entry(2, key, "first")) == "ok"
    assert note(org, entry(1, key), who=DUNG) == ["deed_kind"]
    kinds.end(org.members[CHI], made)
    assert code_of(org, entry(3, key)) == "deed_kind"
    way.begin(org)
    verify_all(org)
    assert total(org.members[AN], day_at(now()).year) == 25, "what was noted by it goes on counting"


def test_who_left_notes_nothing(org: Organisation) -> None:
    new = add_member(None, org.branch, Person("Lê Văn Mới", 2005, "M-1"))
    confirm_member(org.members[BINH], new)
    assert [one.code for one in noting.note(new, [entry(1)])] == ["ok"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sums_read_as_many_rows_for_a_thousand_deeds_as_for_ten(org: Organisation) -> None:
    """The rows a page reads grow with chapters and kinds, not with deeds: the database adds up."""
    path, figures = org.path(org.province), []
    for first, count in ((0, 10), (10, 990)):
        deeds = [entry(number, ("payment", "bill")[number % 2]) for number in range(first, first + count)]
        for at in range(0, count, 500):
            note(org, *deeds[at : at + 500])
        with counted() as reading:
            sums = looking.own_sums(path)
        figures.append((reading.statements, reading.rows))
        assert sums[org.path(org.branch)]["payment"].waiting == (first + count) // 2
    assert figures[0] == figures[1]
