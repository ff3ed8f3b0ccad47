"""Making accounts and coming in, with the gates the law asks for."""

from __future__ import annotations

import pytest

from app.services.people import accounts, guardians, links, logins, sign_ins
from app.services.people.accounts import Agreed, SignUp
from app.services.people.consent import PURPOSES, Proof, Wording, given_consents
from app.services.people.links import admin_link, guardian_link, invite, link, password_link
from app.services.people.members import member
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.public_names import this_year
from app.services.people.roles import grants
from app.services.people.tree import Draft
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

PASSWORD = "bốn con vịt bơi"
WORDS = {purpose: Wording("vi", words) for purpose, (_, words) in PURPOSES.items()}


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def agreed(*purposes: str, channel: str = "self") -> Agreed:
    return Agreed({one: one in purposes for one in PURPOSES}, WORDS, Proof("address", "device", channel))


def adult(org: Organisation, username: str = "em.le", **more: str) -> SignUp:
    return SignUp(org.branch, 2004, username, PASSWORD, name="Lê Thị Em", **more)


def child(org: Organisation) -> SignUp:
    return SignUp(org.branch, this_year() - 12, "soc.nau", PASSWORD, nickname="Sóc Nâu")


def met(org: Organisation, child_id: int) -> None:
    assert not given_consents(child_id), "nobody has met the guardian yet"
    guardians.confirm_guardian(org.members[BINH], child_id)


def refused(work: object) -> str:
    with pytest.raises(Rejected) as refusal:
        work()  # type: ignore[operator]
    return refusal.value.code


def test_who_signed_up_comes_in_by_username_mail_or_code(org: Organisation) -> None:
    made = accounts.sign_up(adult(org, email="Em@Example.VN"), agreed("contest", "ranking"))
    found = member(made.member_id)
    assert found is not None
    assert found.account == "active"
    assert not found.confirmed, "an organiser has not vouched for her yet"
    assert found.public_name == "Lê Thị Em"
    for login in ("em.le", " EM.LE ", "em@example.vn", found.code, found.code.lower()):
        assert logins.right_password(login, PASSWORD) == made.member_id


def test_a_wrong_password_and_an_unknown_login_are_told_alike(org: Organisation) -> None:
    accounts.sign_up(adult(org), agreed("contest"))
    assert refused(lambda: logins.right_password("em.le", "sai")) == "wrong_password"
    assert refused(lambda: logins.right_password("khong.co", PASSWORD)) == "wrong_password"
    assert refused(lambda: logins.right_password("ban.an", "")) == "wrong_password", "an account without password"


def test_without_the_needed_consent_nothing_is_stored(org: Organisation) -> None:
    assert refused(lambda: accounts.sign_up(adult(org), agreed("ranking"))) == "consent_needed"
    assert refused(lambda: accounts.sign_up(adult(org), None)) == "consent_needed"
    assert refused(lambda: logins.right_password("em.le", PASSWORD)) == "wrong_password"


def test_a_child_has_no_name_and_no_way_in_until_the_guardian_agrees(org: Organisation) -> None:
    made = accounts.sign_up(child(org), None)
    assert made.guardian_token
    before = member(made.member_id)
    assert before is not None
    assert (before.name, before.public_name) == ("Sóc Nâu", "Sóc Nâu")
    assert refused(lambda: logins.right_password("soc.nau", PASSWORD)) == "account_waiting"
    accounts.guardian_agrees(
        made.guardian_token, "Lê Văn Con", "Lê Văn Cha", "father", agreed("contest", "ranking", channel="guardian")
    )
    met(org, made.member_id)
    after = member(made.member_id)
    assert after is not None
    assert (after.name, after.public_name) == ("Lê Văn Con", "Sóc Nâu"), "never named in public, whatever was ticked"
    assert logins.right_password("soc.nau", PASSWORD) == made.member_id


def test_the_guardians_link_works_once_and_only_with_the_needed_consent(org: Organisation) -> None:
    token = accounts.sign_up(child(org), None).guardian_token
    assert token
    work = lambda ticked: accounts.guardian_agrees(token, "Lê Con", "Lê Cha", "father", ticked)  # noqa: E731
    assert refused(lambda: work(agreed())) == "consent_needed"
    work(agreed("contest", channel="guardian"))
    assert refused(lambda: work(agreed("contest"))) == "link_gone"


def test_an_organiser_can_make_the_guardians_link_anew_and_the_lost_one_dies(org: Organisation) -> None:
    made = accounts.sign_up(child(org), None)
    assert made.guardian_token
    again = guardian_link(org.members[BINH], made.member_id)
    assert link(made.guardian_token, links.GUARDIAN) is None
    assert link(again, links.GUARDIAN) is not None
    assert refused(lambda: guardian_link(org.members[BINH], org.members[AN])) == "not_now"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("12345678", "password_too_common"),
        ("98765432", "password_too_common"),
        ("aaaaaaaaaa", "password_too_common"),
        ("Mật khẩu 123", "password_too_common"),
        ("em.le2004", "password_too_common"),
    ],
)
def test_passwords_people_would_guess_are_refused(org: Organisation, password: str, code: str) -> None:
    new = SignUp(org.branch, 2004, "em.le", password, name="Lê Thị Em")
    assert refused(lambda: accounts.sign_up(new, agreed("contest"))) == code


@pytest.mark.parametrize(
    ("username", "code"),
    [("ab", "username"), ("có dấu", "username"), ("ban.an", "username_taken"), ("dv-1", "username_taken")],
)
def test_a_login_is_plain_and_belongs_to_one(org: Organisation, username: str, code: str) -> None:
    assert refused(lambda: accounts.sign_up(adult(org, username), agreed("contest"))) == code


def test_an_invitation_vouches_and_runs_out(org: Organisation) -> None:
    token = invite(org.members[BINH], org.branch, 2)
    made = accounts.sign_up(adult(org), agreed("contest"), invitation=token)
    found = member(made.member_id)
    assert found is not None
    assert found.confirmed
    accounts.sign_up(adult(org, "em.hai"), agreed("contest"), invitation=token)
    assert refused(lambda: accounts.sign_up(adult(org, "em.ba"), agreed("contest"), invitation=token)) == "link_gone"
    assert refused(lambda: invite(org.members[BINH], org.ward, 2)) == "forbidden"


def test_an_invitation_leads_only_into_its_own_chapter(org: Organisation) -> None:
    token = invite(org.members[BINH], org.branch, 5)
    new = SignUp(org.village, 2004, "em.le", PASSWORD, name="Lê Thị Em")
    found = member(accounts.sign_up(new, agreed("contest"), invitation=token).member_id)
    assert found is not None
    assert found.chapter_id == org.branch


def test_a_password_link_sets_a_new_password_once_and_ends_the_old_sessions(org: Organisation) -> None:
    session = sign_ins.begin(org.members[AN])
    token = password_link(org.members[BINH], org.members[AN])
    logins.new_password(token, PASSWORD)
    assert logins.right_password("ban.an", PASSWORD) == org.members[AN]
    assert sign_ins.who(session) is None
    assert refused(lambda: logins.new_password(token, PASSWORD)) == "link_gone"


def test_a_newer_password_link_kills_the_older(org: Organisation) -> None:
    older = password_link(org.members[BINH], org.members[AN])
    newer = password_link(org.members[BINH], org.members[AN])
    assert link(older, links.PASSWORD) is None
    assert link(newer, links.PASSWORD) is not None


def test_nobody_gets_a_link_into_the_account_of_someone_stronger(org: Organisation) -> None:
    from app.services.people.roles import grant_role

    assert refused(lambda: password_link(org.members[BINH], org.members[DUNG])) == "forbidden"
    grant_role(org.members[CHI], org.members[AN], "admin", org.branch)
    assert refused(lambda: password_link(org.members[BINH], org.members[AN])) == "stronger_role"
    assert refused(lambda: logins.set_disabled(org.members[BINH], org.members[AN], True)) == "stronger_role"


def test_a_listed_member_opens_an_account_with_consent_and_age(org: Organisation) -> None:
    listed = add_member(org.members[BINH], org.branch, Person("Phạm Văn Giang", code="DV-9"))
    token = password_link(org.members[BINH], listed)
    assert refused(lambda: accounts.activate(token, "giang", PASSWORD, None, agreed("contest"))) == "birth_year"
    assert refused(lambda: accounts.activate(token, "giang", PASSWORD, 2004, None)) == "consent_needed"
    accounts.activate(token, "giang", PASSWORD, 2004, agreed("contest"))
    assert logins.right_password("DV-9", PASSWORD) == listed
    assert given_consents(listed) == {"contest"}


def test_a_listed_child_still_waits_for_the_guardian(org: Organisation) -> None:
    listed = add_member(org.members[BINH], org.branch, Person("Phạm Văn Con", this_year() - 12))
    made = accounts.activate(password_link(org.members[BINH], listed), "con.pham", PASSWORD, None, None)
    assert made.guardian_token
    assert refused(lambda: logins.right_password("con.pham", PASSWORD)) == "account_waiting"
    accounts.guardian_agrees(made.guardian_token, "Phạm Văn Con", "Phạm Cha", "father", agreed("contest"))
    met(org, listed)
    found = member(listed)
    assert found is not None
    assert found.public_name == "P.V.C."


def test_a_closed_account_is_out_at_once(org: Organisation) -> None:
    logins.new_password(password_link(org.members[BINH], org.members[AN]), PASSWORD)
    session = sign_ins.begin(org.members[AN])
    logins.set_disabled(org.members[BINH], org.members[AN], True, "Dùng chung tài khoản")
    assert sign_ins.who(session) is None
    assert refused(lambda: logins.right_password("ban.an", PASSWORD)) == "account_disabled"
    assert refused(lambda: logins.right_password("ban.an", "sai")) == "wrong_password", "said only to who knows it"
    logins.set_disabled(org.members[BINH], org.members[AN], False)
    assert logins.right_password("ban.an", PASSWORD) == org.members[AN]


def test_changing_the_password_keeps_this_device_and_ends_the_others(org: Organisation) -> None:
    logins.new_password(password_link(org.members[BINH], org.members[AN]), PASSWORD)
    mine, other = sign_ins.begin(org.members[AN]), sign_ins.begin(org.members[AN])
    me = sign_ins.who(mine)
    assert me is not None
    change = lambda old: logins.change_password(me.id, old, "năm con gà rừng", keep=me.sign_in)  # noqa: E731
    assert refused(lambda: change("sai")) == "wrong_password"
    change(PASSWORD)
    assert sign_ins.who(mine) is not None
    assert sign_ins.who(other) is None


def test_the_first_link_makes_one_administrator_and_dies(bound: object) -> None:
    older = admin_link()
    token = admin_link()
    assert older
    assert token
    new = SignUp(0, 1995, "quan.tri", PASSWORD, name="Trần Thị Quản")
    make = lambda key: accounts.first_administrator(  # noqa: E731
        key, Draft("Đoàn phường Sao Mai", "xa_phuong"), new, agreed("contest")
    )
    assert refused(lambda: make(older)) == "link_gone", "a newer link replaced it"
    made = make(token)
    assert [(one.role, one.chapter_id) for one in grants("/", member_id=made)] == [("admin", None)]
    assert refused(lambda: make(token)) == "link_gone"
    assert admin_link() is None, "there is an administrator now"
    assert link(token, links.FIRST_ADMIN) is None


def test_the_first_link_lives_fifteen_minutes(bound: object, monkeypatch: pytest.MonkeyPatch) -> None:
    token = admin_link()
    assert token
    found = link(token, links.FIRST_ADMIN)
    assert found is not None
    now = found.ends_at - 15 * 60 * 1_000_000
    monkeypatch.setattr(links, "now_us", lambda db: now + 15 * 60 * 1_000_000 - 1)
    assert link(token, links.FIRST_ADMIN) is not None
    monkeypatch.setattr(links, "now_us", lambda db: now + 15 * 60 * 1_000_000)
    assert link(token, links.FIRST_ADMIN) is None
