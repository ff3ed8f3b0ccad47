"""Cards and names that make somebody a second pair of eyes end with the power, and the account, they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.services.deeds import partners
from app.services.deeds.partners import REVOKED
from app.services.movement import cards, confirming
from app.services.movement.confirming import Confirmation
from app.services.people import logins, membership
from app.services.people.roles import grant_role, grants, revoke_role
from quizzes.deeds.entries import Entry
from quizzes.refusals import Rejected
from tests import movement as way
from tests.app.services.deeds import test_deeds
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

Ended = Callable[[Organisation], object]


def role_falls(org: Organisation) -> None:
    for one in grants("/", member_id=org.members[BINH]):
        revoke_role(org.members[CHI], one.id)


ENDINGS: dict[str, Ended] = {
    "the role is taken away": role_falls,
    "the account is closed": lambda org: logins.set_disabled(org.members[CHI], org.members[BINH], True),
}


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        made = plant()
        grant_role(None, made.members[BINH], "organiser", made.ward)
        yield made


@pytest.fixture(params=list(ENDINGS))
def end(request: pytest.FixtureRequest) -> Ended:
    return ENDINGS[request.param]


def test_a_witness_card_ends_with_the_power_of_whoever_made_it(org: Organisation, end: Ended) -> None:
    campaign = way.begin(org)
    grant_role(None, org.members[BINH], "organiser", org.province)
    card = cards.card(cards.make(org.members[BINH], campaign, "Công an xã"))
    assert card
    holder = replace(way.phone(), card=card.code)
    before, after = (way.show(org.members[AN], campaign, kind) for kind in ("friend", "relative"))
    for public_id in (before, after):
        way.open_(public_id, holder)
    way.later(60_000_000)
    said = Confirmation(1948, "Phạm Thị Na", True, way.WORDING)
    confirming.confirm(before, holder, said, witnessed=True)
    end(org)
    with pytest.raises(Rejected, match="witness_needed"):
        confirming.confirm(after, holder, said, witnessed=True)


def signs_of(org: Organisation, code: str) -> tuple[str, ...] | str:
    """The reasons to look at a visit with this code first, or the code of its refusal."""
    visit: Entry = test_deeds.entry(len(code), "household", partner=code)
    (said,) = test_deeds.note(org, visit)
    odd = test_deeds.looking.odd(org.path(org.province))
    return said if said != "ok" else odd[-1].signs if odd else ()


def test_a_deed_card_ends_with_the_power_of_whoever_made_it(org: Organisation, end: Ended) -> None:
    card = partners.card(partners.make_card(org.members[BINH], org.ward, "Nhà văn hóa"))
    assert card and partners.shown(card.code) == "Nhà văn hóa"
    end(org)
    with pytest.raises(Rejected, match="code_gone"):
        partners.shown(card.code)
    assert signs_of(org, card.code) == (REVOKED,), "a phone without a network knew nothing of it"


@pytest.mark.parametrize("leaves", [True, False])
def test_a_respected_local_person_is_one_with_an_open_account_on_the_list(org: Organisation, leaves: bool) -> None:
    chi, binh = org.members[CHI], org.members[BINH]
    role_falls(org)
    partners.name(chi, org.branch, binh, "Trưởng khu phố 1")
    code, _ = partners.my_code(binh)
    assert signs_of(org, code) == ()
    end = membership.set_left if leaves else logins.set_disabled
    end(chi, binh, True)
    for refused in (lambda: partners.my_code(binh), lambda: partners.shown(code)):
        with pytest.raises(Rejected, match=r"forbidden|code_gone"):
            refused()
    (said,) = test_deeds.note(org, test_deeds.entry(77, "household", partner=code))
    assert said == "deed_partner"
