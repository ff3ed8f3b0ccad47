"""A child's account opens by the word of somebody who is known, never by the child's own."""

from __future__ import annotations

import pytest

from app.models.engines import database
from app.models.people import Member
from app.services.people import accounts, guardians, links, logins, members, membership, passwords
from app.services.people.accounts import SignUp
from app.services.people.consent import consents, given_consents
from app.services.people.notices import told
from app.services.people.person import Person
from app.services.people.public_names import public_name, reveals, this_year
from app.services.people.roles import grant_role
from quizzes.refusals import Rejected
from tests.app.services.people.test_power import terms
from tests.organisation import Organisation, open_account, plant
from tests.people import AN, BINH, CHI, DUNG

BORN = this_year() - 12


@pytest.fixture
def org(bound: object, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(passwords, "hashed", lambda password: "no hash")
    return plant()


def refused(work: object) -> str:
    with pytest.raises(Rejected) as refusal:
        work()  # type: ignore[operator]
    return refusal.value.code


def waiting_child(org: Organisation, nickname: str = "Sóc Nâu", username: str = "soc.nau") -> tuple[int, str]:
    made = accounts.sign_up(SignUp(org.branch, BORN, username, "bốn con vịt bơi", nickname=nickname), None)
    assert made.guardian_token
    return made.member_id, made.guardian_token


def agree(token: str, guardian_id: int | None = None, name: str = "Lê Văn Con", nickname: str = "") -> bool:
    about = {"nickname": nickname, "guardian_id": guardian_id}
    return accounts.guardian_agrees(token, name, "Lê Văn Cha", "father", terms("guardian"), **about)  # type: ignore[arg-type]


def status(member_id: int) -> tuple[str, str | None]:
    found = members.member(member_id)
    assert found is not None
    return found.name, found.account


def test_a_guardian_nobody_knows_waits_until_an_organiser_has_met_them(org: Organisation) -> None:
    child, token = waiting_child(org)
    assert not agree(token)
    assert status(child) == ("Sóc Nâu", "waiting")
    assert given_consents(child) == set(), "no consent is in force before"
    assert [one.data for one in told(org.members[BINH]) if one.code == "guardian_said"] == [{"member": child}]
    for stranger in (org.members[DUNG], child, org.members[AN]):
        assert refused(lambda who=stranger: guardians.confirm_guardian(who, child)) == "forbidden"
    guardians.confirm_guardian(org.members[BINH], child)
    assert status(child) == ("Lê Văn Con", "active")
    assert {one.channel for one in consents(child)} == {"guardian"}
    assert refused(lambda: guardians.confirm_guardian(org.members[BINH], child)) == "not_now"


def test_who_was_not_the_guardian_leaves_nothing_behind(org: Organisation) -> None:
    child, token = waiting_child(org)
    agree(token)
    guardians.refuse_guardian(org.members[BINH], child)
    assert guardians.statement(child) is None
    assert status(child) == ("Sóc Nâu", "waiting")
    assert consents(child) == []
    assert not agree(links.guardian_link(org.members[BINH], child)), "a new link begins anew"


def test_a_member_who_is_grown_up_and_known_is_believed(org: Organisation) -> None:
    mother = membership.add_member(None, org.village, Person("Trần Thị Mẹ", this_year() - 40))
    open_account(mother, "me.tran")
    child, token = waiting_child(org)
    assert agree(token, mother)
    assert status(child) == ("Lê Văn Con", "active")


@pytest.mark.parametrize(
    "who", ["the child", "a child", "seventeen", "unconfirmed", "year unknown", "locked out", "none"]
)
def test_a_member_who_proves_nothing_waits_like_everybody(org: Organisation, who: str) -> None:
    child, token = waiting_child(org)
    born = {"a child": BORN, "seventeen": this_year() - 17, "year unknown": None}.get(who, 1980)
    friend = membership.add_member(None, org.branch, Person("Trần Thị Bạn", born))
    if who != "none":
        open_account(friend, "ban.tran")
    if who == "unconfirmed":
        forget_confirmation(friend)
    if who == "locked out":
        logins.set_disabled(org.members[CHI], friend, True)
    assert not agree(token, child if who == "the child" else friend)
    assert status(child) == ("Sóc Nâu", "waiting")


def forget_confirmation(member_id: int) -> None:
    database.write(lambda db: setattr(db.get(Member, member_id), "confirmed_at", None))


def test_a_guardians_link_ends_when_the_child_moves_or_whoever_made_it_may_not_any_more(org: Organisation) -> None:
    child, own = waiting_child(org)
    membership.move_member(org.members[CHI], child, org.village)
    assert refused(lambda: agree(own)) == "link_gone"
    membership.move_member(org.members[CHI], child, org.branch)
    made = links.guardian_link(org.members[BINH], child)
    logins.set_disabled(org.members[CHI], org.members[BINH], True)
    assert refused(lambda: agree(made)) == "link_gone"


def test_what_was_said_is_confirmed_only_by_who_may_now(org: Organisation) -> None:
    child, token = waiting_child(org)
    agree(token)
    membership.move_member(org.members[CHI], child, org.village)
    assert refused(lambda: guardians.confirm_guardian(org.members[BINH], child)) == "forbidden"
    grant_role(None, org.members[DUNG], "organiser", org.village)
    guardians.confirm_guardian(org.members[DUNG], child)
    assert status(child)[1] == "active"


def test_a_nickname_never_tells_the_name(org: Organisation) -> None:
    child, token = waiting_child(org, "Văn Con")
    assert refused(lambda: agree(token)) == "nickname_is_name"
    assert not agree(token, nickname="Sóc Nâu")
    guardians.confirm_guardian(org.members[BINH], child)
    found = members.member(child)
    assert found is not None
    assert (found.name, found.nickname, found.public_name) == ("Lê Văn Con", "Sóc Nâu", "Sóc Nâu")
    for nickname in ("lê văn con", "LÊ  VĂN CON", "Con", "LêVănCon", "le van con", "Lê Văn Con 2014"):
        person = Person("Lê Văn Con", BORN, nickname=nickname)
        assert refused(lambda who=person: membership.change_member(org.members[BINH], child, who)) == "nickname_is_name"
        assert refused(lambda who=person: membership.change_own(child, who)) == "nickname_is_name"
        assert refused(lambda who=person: membership.add_member(None, org.branch, who)) == "nickname_is_name"


@pytest.mark.parametrize(
    ("nickname", "told_in_public"),
    [
        ("An", "N.V.A."),
        ("Nguyễn Văn An", "N.V.A."),
        ("nguyen van an", "N.V.A."),
        ("An ❤", "N.V.A."),
        ("AN 2012", "N.V.A."),
        ("nguyen-van-an", "N.V.A."),
        ("n.g.u.y.ễ.n v.ă.n a.n", "N.V.A."),
        ("An Nguyễn", "N.V.A."),
        ("AnNguyen99", "N.V.A."),
        ("An Văn Nguyễn", "N.V.A."),
        ("N. V. An", "N.V.A."),
        ("An N.", "N.V.A."),
        ("Anh Nguyên", "Anh Nguyên"),
        ("2012", "2012"),
        ("Sóc Nâu", "Sóc Nâu"),
        ("", "N.V.A."),
    ],
)
def test_a_nickname_of_former_times_that_tells_the_name_is_not_shown(nickname: str, told_in_public: str) -> None:
    assert public_name("Nguyễn Văn An", nickname, 1999, agreed=False) == told_in_public
    assert reveals(nickname, "Nguyễn Văn An") is (told_in_public == "N.V.A." and nickname != "")
