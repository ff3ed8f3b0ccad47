"""A small organisation for tests, and browsers in which its people are signed in.

tỉnh ─┬─ phường ── chi đoàn      An is a member of the chi đoàn, Bình its organiser,
      └─ xã                      Chi administers everything, Dũng hosts in the xã.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models.engines import now_us
from app.models.people import Account
from app.services.commit import writing
from app.services.people.chapters import chapter
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role
from app.services.people.sign_ins import begin, who
from app.services.people.tree import Draft, add_chapter
from tests.people import AN, BINH, CHI, DUNG
from tests.planted import planted


@dataclass(frozen=True)
class Organisation:
    """Numbers of chapters and members by their names."""

    province: int
    ward: int
    branch: int
    village: int
    members: dict[str, int]

    def path(self, chapter_id: int) -> str:
        found = chapter(chapter_id)
        assert found
        return found.path


def plant() -> Organisation:
    """The organisation, in the bound database."""
    return planted("organisation", _made)


def _made() -> Organisation:
    province = add_chapter(None, None, Draft("Tỉnh đoàn Thử", "tinh", "T"))
    ward = add_chapter(None, province, Draft("Đoàn phường Sao Mai", "xa_phuong", "P"))
    branch = add_chapter(None, ward, Draft("Chi đoàn khu phố 1", "chi_doan", "KP1"))
    village = add_chapter(None, province, Draft("Đoàn xã Sóng Xanh", "xa_phuong", "X"))
    home = {AN: branch, BINH: branch, CHI: province, DUNG: village}
    members = {
        name: add_member(None, where, Person(f"Nguyễn Thị {name}", 2004, f"DV-{number}"))
        for number, (name, where) in enumerate(home.items(), 1)
    }
    for name, number in members.items():
        open_account(number, f"ban.{['an', 'binh', 'chi', 'dung'][list(members).index(name)]}")
    grant_role(None, members[BINH], "organiser", branch)
    grant_role(None, members[CHI], "admin", None)
    grant_role(None, members[DUNG], "host", village)
    return Organisation(province, ward, branch, village, members)


@writing
def open_account(db: Session, member_id: int, username: str, password_hash: str | None = None) -> None:
    """An account that is active; without a hash nobody knows its password."""
    db.add(
        Account(
            member_id=member_id,
            username=username,
            email=None,
            password_hash=password_hash,
            status="active",
            created_at=now_us(db),
            last_sign_in_at=None,
        )
    )


def session_of(member_id: int) -> int:
    """A session of this member begins; its number."""
    member = who(begin(member_id, "Chrome, Android"))
    assert member
    return member.sign_in


def browser(app: Flask, member_id: int | None = None) -> FlaskClient:
    """A browser; with a member, signed in as they are (without the slow password)."""
    client = app.test_client()
    if member_id is not None:
        token = begin(member_id, "Chrome, Android")
        with client.session_transaction() as session:
            session["sign_in"] = token
    return client


def send(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """Send a form as a browser does, with the token its page holds."""
    return client.post(address, data={"csrf_token": form_token(client), **fields})


def form_token(client: FlaskClient) -> str:
    """The token a page of this browser would hold."""
    with client.session_transaction() as session:
        secret = session.setdefault("csrf_token", "0" * 40)
    app = client.application
    return str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(secret))
