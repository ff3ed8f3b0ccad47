"""A taught person who became a member goes on: the next ring of the map, never a second place in it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.models.engines import Database
from app.services.movement import becoming, campaigns, confirming, figures, rows
from app.services.movement.teaching import Browser
from app.services.people.membership import add_member
from app.services.people.person import Person
from quizzes.movement.spread import generations
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, DUNG


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


def signed_in(phone: Browser, member: int) -> Browser:
    return replace(phone, member_id=member)


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Rejected, match=code)


def test_who_became_a_member_later_teaches_the_next_ring(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, phone = way.taught(org, campaign, name="Lê Thị Mận")
    assert becoming.standing(rows.teaching(public_id), phone) == "sign_up"
    man = add_member(None, org.branch, Person("Lê Thị Mận", 1956, "DV-MAN"))
    mine = signed_in(phone, man)
    assert becoming.standing(rows.teaching(public_id), mine) == "ask"
    for _ in range(2):
        becoming.become(public_id, mine)
    assert becoming.standing(rows.teaching(public_id), mine) == "done"
    org.members["Mận"] = man
    way.taught(org, campaign, "relative", "Phạm Văn Cam", "Mận")
    nodes, _ = figures.nodes(campaigns.campaign_numbered(campaign))
    assert sorted(generations(nodes).values()) == [1, 2]


def test_one_who_became_a_member_is_refused_a_second_time_and_cannot_be_two(org: Organisation) -> None:
    campaign = way.begin(org)
    first, phone = way.taught(org, campaign, name="Lê Thị Mận")
    second, other = way.taught(org, campaign, "friend", "Lê Thị Mận B", BINH)
    man = add_member(None, org.branch, Person("Lê Thị Mận", 1956, "DV-MAN"))
    becoming.become(first, signed_in(phone, man))
    with refused("taught_already"):
        becoming.become(second, signed_in(other, man))
    third = way.show(org.members[BINH], campaign, "relative")
    again = signed_in(way.phone(), man)
    way.open_(third, again)
    with refused("taught_already"):
        way.confirm(third, again)


def test_nobody_becomes_who_they_are_not(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, phone = way.taught(org, campaign, name="Lê Thị Mận")
    for browser, code in (
        (phone, "code_gone"),  # nobody is signed in
        (signed_in(way.phone(), org.members[DUNG]), "code_gone"),  # another browser
        (signed_in(phone, org.members[AN]), "code_gone"),  # the teacher
        (signed_in(phone, org.members[DUNG]), "other_member"),  # another year of birth: a shared phone
    ):
        with refused(code):
            becoming.become(public_id, browser)
    assert becoming.standing(rows.teaching(public_id), signed_in(phone, org.members[AN])) == ""
    confirming.withdraw(public_id, phone)
    with refused("code_gone"):
        becoming.become(public_id, signed_in(phone, org.members[DUNG]))


def test_a_child_becomes_nobody_on_the_map(org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, phone = way.child(org, campaign)
    with refused("code_gone"):
        becoming.become(public_id, signed_in(phone, org.members[DUNG]))


def test_two_pages_at_once_become_one_member_once(org: Organisation) -> None:
    campaign = way.begin(org)
    pages = [way.taught(org, campaign, "other", f"Lê Thị Mận {number}") for number in range(4)]
    man = add_member(None, org.branch, Person("Lê Thị Mận", 1956, "DV-MAN"))

    def said(pair: tuple[str, Browser]) -> bool:
        try:
            becoming.become(pair[0], signed_in(pair[1], man))
        except Rejected as refusal:
            assert refusal.code == "taught_already"
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(said, pages)) == 1
