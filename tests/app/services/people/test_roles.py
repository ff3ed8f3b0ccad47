"""Roles count in their subtree, and only who may gives them on."""

from __future__ import annotations

import pytest

from app.services.audit import log
from app.services.people.roles import grant_role, grants, may, may_give, revoke_role
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


@pytest.mark.parametrize(
    ("held", "role", "path", "expected"),
    [
        (("organiser", "/1/2/"), "organiser", "/1/2/3/", True),
        (("organiser", "/1/2/"), "organiser", "/1/", False),
        (("organiser", "/1/2/"), "organiser", "/1/22/", False),
        (("organiser", "/1/2/"), "host", "/1/2/", True),
        (("organiser", "/1/2/"), "reviewer", "/1/2/", False),
        (("host", "/1/2/"), "organiser", "/1/2/", False),
        (("admin", "/"), "judge", "/9/", True),
        (("admin", "/1/"), "admin", "/", False),
    ],
)
def test_a_role_reaches_down_never_up_or_sideways(held: tuple[str, str], role: str, path: str, expected: bool) -> None:
    assert may([held], role, path) is expected


def test_an_organiser_gives_lesser_roles_only_and_only_at_home(org: Organisation) -> None:
    grant_role(org.members[BINH], org.members[AN], "host", org.branch)
    for role, where in (("organiser", org.branch), ("admin", org.branch), ("host", org.ward), ("host", None)):
        with pytest.raises(Rejected) as refusal:
            grant_role(org.members[BINH], org.members[AN], role, where)
        assert refusal.value.code == "forbidden"
    with pytest.raises(Rejected):
        grant_role(org.members[AN], org.members[AN], "admin", None)
    assert [one.role for one in grants("/", member_id=org.members[AN])] == ["host"]


def test_giving_twice_is_giving_once(org: Organisation) -> None:
    first = grant_role(org.members[CHI], org.members[AN], "admin", None)
    assert grant_role(org.members[CHI], org.members[AN], "admin", None) == first


def test_taking_back_needs_the_same_power(org: Organisation) -> None:
    (granted,) = grants("/", member_id=org.members[DUNG])
    with pytest.raises(Rejected) as refusal:
        revoke_role(org.members[BINH], granted.id)
    assert refusal.value.code == "forbidden"
    revoke_role(org.members[CHI], granted.id, "Hết nhiệm kỳ")
    assert grants("/", member_id=org.members[DUNG]) == []
    revoke_role(org.members[CHI], granted.id)


def test_the_last_administrator_stays(org: Organisation) -> None:
    (granted,) = grants("/", member_id=org.members[CHI])
    with pytest.raises(Rejected) as refusal:
        revoke_role(org.members[CHI], granted.id)
    assert refusal.value.code == "last_admin"
    assert grants("/", member_id=org.members[CHI]) == [granted]


def test_every_change_is_in_the_log_with_its_reason(org: Organisation) -> None:
    grant = grant_role(org.members[CHI], org.members[AN], "judge", org.branch, "Giám khảo vòng 1")
    revoke_role(org.members[CHI], grant, "Xong vòng 1")
    taken, given = log("/")[:2]
    assert (given.action, given.actor, given.member, given.chapter) == (
        "role.granted",
        "Nguyễn Thị Chi",
        "Nguyễn Thị An",
        "Chi đoàn khu phố 1",
    )
    assert (given.reason, taken.reason) == ("Giám khảo vòng 1", "Xong vòng 1")
    assert taken.data == {"role": "judge"}
    assert [one.action for one in log(org.path(org.branch))][:2] == ["role.revoked", "role.granted"]
    assert all(one.chapter != "Chi đoàn khu phố 1" for one in log(org.path(org.village)))


def test_who_gives_what() -> None:
    assert may_give([("admin", "/1/")], "admin", "/1/2/")
    assert not may_give([("admin", "/1/")], "admin", "/")
    assert not may_give([("host", "/1/")], "host", "/1/")
