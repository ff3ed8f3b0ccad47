"""Organisers read and search what concerns their own subtree, and nothing that was written above it."""

from __future__ import annotations

import pytest

from app.services import audit
from app.services.people import logins, membership, own_mail
from app.services.people.person import Person
from app.services.people.roles import grant_role
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: object) -> Organisation:
    """Chi, from above, and Bình, of the chapter, have both done something to An and said why."""
    org = plant()
    membership.set_left(org.members[CHI], org.members[AN], True, "lý do của tỉnh")
    membership.set_left(org.members[BINH], org.members[AN], False, "lý do của chi đoàn")
    membership.set_left(org.members[CHI], org.members[DUNG], True, "chuyện của xã")
    return org


def read(org: Organisation, who: str = BINH, **about: object) -> list[audit.Entry]:
    return audit.log(org.path(org.branch), reader=org.members[who], **about)  # type: ignore[arg-type]


def test_the_own_subtree_is_seen_and_no_other(org: Organisation) -> None:
    logins.set_disabled(org.members[CHI], org.members[AN], True)
    membership.move_member(org.members[CHI], org.members[DUNG], org.village)
    seen = read(org)
    assert {one.member for one in seen if one.member} == {"Nguyễn Thị An", "Nguyễn Thị Bình"}
    assert seen[0].action == "account.disabled", "people are followed, also where no chapter is named"
    assert {one.member for one in audit.log("/") if one.member} >= {"Nguyễn Thị Dũng"}


def test_reasons_of_higher_levels_stay_there(org: Organisation) -> None:
    reasons = {one.action: (one.reason, one.hidden) for one in read(org)}
    assert reasons["member.left"] == ("", True)
    assert reasons["member.returned"] == ("lý do của chi đoàn", False)
    above = audit.log("/", reader=org.members[CHI])
    assert {one.reason for one in above} >= {"lý do của tỉnh", "lý do của chi đoàn", "chuyện của xã"}


def test_one_of_the_chapter_who_has_power_above_speaks_from_above(org: Organisation) -> None:
    upper = membership.add_member(None, org.branch, Person("Trần Thị Trên", 1990))
    grant_role(None, upper, "organiser", org.ward)
    membership.set_left(upper, org.members[AN], True, "lý do của phường")
    assert (read(org)[0].reason, read(org)[0].hidden) == ("", True)


def test_the_log_is_searched_by_person_chapter_and_kind(org: Organisation) -> None:
    membership.add_member(org.members[BINH], org.branch, Person("Lê Thị Mận", 2004, "MAN-1"))
    assert [one.action for one in read(org, words="man")] == ["member.added"]
    assert [one.action for one in read(org, words="le thi MAN-1")] == ["member.added"]
    assert [one.action for one in read(org, action="member.left")] == ["member.left"]
    assert read(org, words="dũng") == [], "nobody is found who is not of the subtree"
    assert {one.chapter for one in read(org, words="khu phố 1")} == {"Chi đoàn khu phố 1"}
    first = read(org, limit=2)
    rest = read(org, before=first[-1].id)
    assert [one.id for one in first + rest] == [one.id for one in read(org)]


def test_no_line_holds_an_address(org: Organisation) -> None:
    own_mail._change_login(org.members[AN], "ban.an", "an@doan.example")
    said = " ".join(f"{one}" for one in audit.log("/", reader=org.members[CHI]))
    assert "an@doan.example" not in said and "127.0.0.1" not in said
