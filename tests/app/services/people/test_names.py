"""Codes, usernames and addresses are one namespace: nobody takes another's way in, whichever door they come by."""

from __future__ import annotations

import pytest

from app.services.people import logins, membership, own_mail, passwords
from app.services.people.imports import imports
from app.services.people.members import member_with_code
from app.services.people.membership import add_member
from app.services.people.names import owner_in
from app.services.people.person import Person
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

MAIL = "chi@doan.example"


@pytest.fixture
def org(bound: object, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    made = plant()
    own_mail._change_login(made.members[CHI], "ban.chi", MAIL)
    return made


def refused(work: object) -> str:
    with pytest.raises(Rejected) as refusal:
        work()  # type: ignore[operator]
    return refusal.value.code


def coded(org: Organisation, code: str) -> str:
    return refused(
        lambda: membership.change_member(org.members[BINH], org.members[AN], Person("Nguyễn Thị An", 2004, code))
    )


def login(org: Organisation, username: str, email: str = "") -> str:
    return refused(lambda: own_mail._change_login(org.members[DUNG], username, email))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (MAIL, "bad_code"),
        (MAIL.upper(), "bad_code"),
        ("chi @doan.example", "bad_code"),
        ("moi@doan.example", "bad_code"),
        ("ban.chi", "code_taken"),
        ("BAN . CHI", "code_taken"),
        ("dv-3", "code_taken"),
        ("#3", "bad_code"),
    ],
)
def test_a_code_never_takes_anybodys_way_in(org: Organisation, code: str, why: str) -> None:
    assert coded(org, code) == why
    assert refused(lambda: add_member(org.members[CHI], org.branch, Person("Lê Thị Mới", 2004, code))) == why
    assert {member_with_code(MAIL), member_with_code("ban.chi"), member_with_code("DV-3")} == {org.members[CHI]}


def test_a_username_or_address_is_never_anothers_code_or_name(org: Organisation) -> None:
    membership.change_member(org.members[BINH], org.members[AN], Person("Nguyễn Thị An", 2004, "KHU.PHO-1"))
    for username in ("khu.pho-1", "ban.chi"):
        assert login(org, username) == "username_taken"
    for address in (MAIL, "CHI@doan.example", "chí@doan.example"):
        assert login(org, "ban.dung", address) == "email"
    own_mail._change_login(org.members[DUNG], "dv-1", "")
    own_mail._change_login(org.members[AN], "khu.pho-1", ""), "the own code may be the own username"
    assert coded(org, "dv-1") == "code_taken", "Dũng signs in with it now"


def test_a_list_takes_nobodys_way_in_either(org: Organisation) -> None:
    text = f"Mã đoàn viên,Họ và tên\n{MAIL},Lê Thị Một\nban.chi,Lê Thị Hai\n#3,Lê Thị Ba\nM4,Lê Thị Bốn\n"
    job_id = imports.start(org.members[BINH], org.branch, "members", "ds.csv", text.encode())
    job = imports.job(job_id)
    assert job is not None
    assert [(one.row, one.code) for one in job.problems] == [(2, "no_code"), (4, "no_code"), (3, "name_taken")]
    own_mail._change_login(org.members[DUNG], "m4-x", "")
    own_mail._change_login(org.members[DUNG], "dung.m4", "")
    imports.confirm(org.members[BINH], job_id)
    assert member_with_code("m4") is not None


def test_a_name_given_away_while_a_list_waits_stays_its_owners(org: Organisation) -> None:
    text = "Mã đoàn viên,Họ và tên\nDUNG.MOI,Lê Thị Một\n"
    job_id = imports.start(org.members[BINH], org.branch, "members", "ds.csv", text.encode())
    own_mail._change_login(org.members[DUNG], "dung.moi", "")
    assert refused(lambda: imports.confirm(org.members[BINH], job_id)) == "import_moved"
    assert member_with_code("dung.moi") == org.members[DUNG]


def test_spaces_and_case_lead_to_the_same_account(org: Organisation) -> None:
    from app.models.engines import database

    with database.read() as db:
        found = {owner_in(db, login) for login in (" d v - 3", "DV-3", "ban. chi", " CHI@DOAN.example ", "BAN.CHI")}
    assert found == {org.members[CHI]}


def test_the_password_threads_are_asked_once_for_an_unknown_name_too(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(asked.append(stored)))
    for login in ("khong.co", "ban.chi"):
        assert refused(lambda login=login: logins.right_password(login, "x")) == "wrong_password"
    assert len(asked) == 2
