"""The owner of the machine lets an administrator in again; nobody else, and everybody with that power is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli import Stop, admin_link
from app.models.engines import Database, database
from app.models.people import Member
from app.models.records import Audit
from app.models.signing_in import OneTimeLink
from app.services.people import links
from app.services.people.admin_reset import reset_link
from app.services.people.notices import told
from app.services.people.roles import grant_role
from quizzes.refusals import Rejected
from tests.conftest import settings_for
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.serving import command

MINUTE = 60 * 1_000_000


def code_of(number: int) -> str:
    with database.read() as db:
        return db.get_one(Member, number).code


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def test_a_link_is_good_for_fifteen_minutes_audited_and_told_to_all(org: Organisation) -> None:
    chi, dung = org.members[CHI], org.members[DUNG]
    grant_role(chi, dung, "admin", None)
    token = reset_link(code_of(chi))
    found = links.link(token, links.PASSWORD)
    assert found and found.member_id == chi
    with database.read() as db:
        row = db.scalars(select(OneTimeLink).where(OneTimeLink.member_id == chi)).one()
        assert row.ends_at - row.made_at == pytest.approx(15 * MINUTE, abs=MINUTE)
        assert db.scalars(select(Audit.member_id).where(Audit.action == "admin.reset")).all() == [chi]
    assert [[one.code for one in told(number)][:1] for number in (chi, dung)] == [["admin_reset"], ["admin_reset"]]
    assert told(org.members[AN]) == []


@pytest.mark.parametrize("name", [AN, BINH, DUNG])
def test_only_who_administers_everything_is_let_in_this_way(org: Organisation, name: str) -> None:
    with pytest.raises(Rejected, match="not_allowed"):
        reset_link(code_of(org.members[name]))
    with pytest.raises(Rejected, match="no_such_member"):
        reset_link("nobody's code")


def test_only_the_owner_of_the_folder_may_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(tmp_path, "sqlite:///nowhere.db")
    admin_link.refuse_others(settings)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(Stop, match="Only the owner of"):
        admin_link.refuse_others(settings)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_link_is_printed_and_stands_in_no_log(org: Organisation, database_url: str, tmp_path: Path) -> None:
    code = code_of(org.members[CHI])
    done = command(
        tmp_path, "admin-link", "--reset", code, SCS_DATABASE_URL=database_url, SCS_PUBLIC_URL="https://choi.example"
    )
    assert done.returncode == 0, done.stderr
    (link,) = done.stdout.splitlines()
    assert link.startswith("https://choi.example/password/")
    assert link.rpartition("/")[2] not in done.stderr
    assert links.link(link.rpartition("/")[2], links.PASSWORD)
