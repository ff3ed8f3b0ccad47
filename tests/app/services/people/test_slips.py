"""Slips: printed ways into an account, which end when used, printed again, or when their maker loses the right."""

from __future__ import annotations

import pytest

from app.services.audit import log
from app.services.people import accounts, links, membership, passwords, slips
from app.services.people.links import SLIP, link
from app.services.people.logins import set_disabled
from app.services.people.person import Person
from app.services.people.roles import grant_role, grants, revoke_role
from quizzes.refusals import Rejected
from tests.app.services.people.test_power import PASSWORD, terms
from tests.organisation import Organisation, plant
from tests.people import BINH, CHI


@pytest.fixture
def org(bound: object, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(passwords, "hashed", lambda password: "no hash: the password is not what is tried here")
    return plant()


def listed(org: Organisation, name: str = "Lê Thị Em") -> int:
    return membership.add_member(None, org.branch, Person(name, 2004))


def printed(org: Organisation, who: str, *people: int) -> list[str]:
    return [slip.code for slip in slips.make(org.members[who], org.branch, people)]


def test_a_slip_opens_the_account_of_who_it_is_for_and_ends(org: Organisation) -> None:
    em = listed(org)
    (code,) = printed(org, BINH, em)
    other = links.password_link(org.members[BINH], em)
    found = link(slips.clean_slip(f" {code[:4].lower()}-{code[4:8]} {code[8:]}"), SLIP)
    assert found and found.member_id == em
    assert accounts.activate(code, "em.le", PASSWORD, 2004, terms(), SLIP).member_id == em
    for token, purpose in ((code, SLIP), (other, links.PASSWORD)):
        assert link(token, purpose) is None, "whoever has an account needs no other way to open one"
    assert [line.action for line in log("/", limit=3)][::-1] == ["slip.printed", "link.made", "slip.used"]
    assert slips.wanting(org.members[BINH], org.path(org.branch)).people == 0


def test_a_slip_ends_when_printed_again_and_with_its_makers_right(org: Organisation) -> None:
    em = listed(org)
    (first,) = printed(org, BINH, em)
    (second,) = printed(org, BINH, em)
    assert [link(code, SLIP) is not None for code in (first, second)] == [False, True]
    (grant,) = grants("/", member_id=org.members[BINH])
    revoke_role(org.members[CHI], grant.id)
    assert link(second, SLIP) is None
    grant_role(None, org.members[BINH], "organiser", org.branch)
    assert link(second, SLIP) is None, "the right came back, the slip does not"
    (third,) = printed(org, BINH, em)
    set_disabled(org.members[CHI], org.members[BINH], True)
    with pytest.raises(Rejected, match="link_gone"):
        accounts.activate(third, "em.le", PASSWORD, 2004, terms(), SLIP)


def test_slips_of_people_with_a_role_are_an_administrators(org: Organisation) -> None:
    em, ha = listed(org), listed(org, "Phạm Thị Hà")
    grant_role(None, em, "judge", org.branch)
    wanting = slips.wanting(org.members[BINH], org.path(org.branch))
    assert (wanting.people, wanting.with_roles, wanting.batches) == (2, 1, [[ha]])
    assert len(printed(org, BINH, em, ha)) == 1
    (code,) = printed(org, CHI, em)
    assert slips.wanting(org.members[CHI], org.path(org.branch)).batches == []
    (everything,) = grants("/", member_id=org.members[CHI])
    grant_role(None, org.members[BINH], "admin", None)
    revoke_role(org.members[BINH], everything.id)
    grant_role(None, org.members[CHI], "organiser", org.province)
    assert link(code, SLIP) is None, "an organiser could not print it"


def test_nobody_prints_for_another_chapter_or_for_who_has_an_account(org: Organisation) -> None:
    em, away = listed(org), membership.add_member(None, org.village, Person("Vũ Xa", 2001))
    with pytest.raises(Rejected, match="forbidden"):
        slips.make(org.members[BINH], org.village, [away])
    assert printed(org, BINH, em, away, org.members[BINH]) and len(printed(org, BINH, em, away)) == 1


def test_batches_end_where_a_chapter_ends() -> None:
    rows = [(1, n) for n in range(30)] + [(2, n) for n in range(30, 50)] + [(3, n) for n in range(50, 160)]
    assert [len(one) for one in slips.batches(rows, 48)] == [30, 20, 48, 48, 14]
    assert [n for one in slips.batches(rows, 48) for n in one] == list(range(160))
    assert slips.batches([]) == []
