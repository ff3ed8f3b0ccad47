"""A password never crosses a hall's network in the clear; guests and one-time codes do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.config import Settings
from app.models.people import Account
from app.security.headers import overheard
from app.services.commit import reading, writing
from app.services.people import links
from app.services.people.logins import store_hash_in
from app.services.people.membership import add_member
from app.services.people.passwords import hashed
from app.services.people.person import Person
from app.services.tokens import new_typed
from tests.organisation import browser, form_token, plant
from tests.people import AN

PASSWORD = "bốn con vịt bơi"
TLS = "https://localhost/"
HALL = {"REMOTE_ADDR": "10.0.0.7"}
ROOT = Path(__file__).resolve().parents[3]
PAGES, TEMPLATES = ROOT / "app" / "pages", ROOT / "templates"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def try_in(app: Flask, **how: Any) -> Any:
    client = browser(app)
    data = {"csrf_token": form_token(client), "login": "ban.an", "password": PASSWORD}
    return client.post("/sign-in", data=data, **how)


def test_a_password_over_plain_http_from_another_machine_is_refused_with_what_to_do(app: Flask) -> None:
    store_hash_in(plant().members[AN], hashed(PASSWORD))
    refused = try_in(app, environ_overrides=HALL)
    assert refused.status_code == 422
    assert "chính máy chủ" in refused.text
    assert "--tls" in refused.text
    assert try_in(app, environ_overrides=HALL, base_url=TLS, headers={"Referer": TLS}).status_code == 302
    assert try_in(app).status_code == 302, "on this machine itself"


@pytest.mark.parametrize("page", ["/sign-in", "/me/password", "/me/erase", "/me/login"])
def test_no_page_asks_for_a_password_where_others_could_read_it(app: Flask, page: str) -> None:
    client = browser(app, plant().members[AN] if page != "/sign-in" else None)
    assert 'type="password"' in client.get(page).text
    shown = client.get(page, environ_overrides=HALL).text
    assert 'type="password"' not in shown
    assert "không mã hóa" in shown


@writing
def new_link(db: Any, purpose: str, member: int) -> str:
    db.execute(update(Account).values(email_confirmed_at=1))
    return links.member_link_in(db, purpose, member, None, token=new_typed())


def doors() -> dict[str, str]:
    """Kind of link -> its address: each of them sets a password for whoever holds it."""
    org = plant()
    new = add_member(None, org.branch, Person("Nguyễn Thị Em", 2004, "DV-9"))
    made = {
        "slip": f"/slip/{new_link(links.SLIP, new)}",
        "a member without an account": f"/password/{links.password_link(None, new)}",
        "a forgotten password": f"/password/{links.password_link(None, org.members[AN])}",
        "a letter": f"/reset/{new_link(links.RESET, org.members[AN])}",
    }
    return made


@reading
def passwords(db: Any) -> list[str | None]:
    return [one for (one,) in db.query(Account.password_hash)]


@pytest.mark.parametrize("kind", ["slip", "a member without an account", "a forgotten password", "a letter"])
def test_no_link_sets_a_password_where_others_could_read_it(app: Flask, kind: str) -> None:
    address, client = doors()[kind], browser(app)
    shown = client.get(address, environ_overrides=HALL)
    assert shown.status_code == 200
    assert 'type="password"' not in shown.text
    assert "không mã hóa" in shown.text
    before = passwords()
    data = {
        "csrf_token": form_token(client),
        "username": "ngoc.em",
        "password": PASSWORD,
        "again": PASSWORD,
        "consent_contest": "on",
    }
    refused = client.post(address, data=data, environ_overrides=HALL)
    assert refused.status_code == 422
    assert "không mã hóa" in refused.text
    assert passwords() == before
    assert client.post(address, data=data).status_code == 302, "the link still works on this machine"


def test_a_passkey_is_not_begun_with_a_password_that_others_could_read(app: Flask) -> None:
    org = plant()
    store_hash_in(org.members[AN], hashed(PASSWORD))
    client = browser(app, org.members[AN])
    head = {"X-CSRFToken": form_token(client)}
    said = client.post("/me/passkeys/begin", json={"password": PASSWORD}, headers=head, environ_overrides=HALL)
    assert said.json is not None
    assert said.json["code"] == "overheard"
    assert client.post("/me/passkeys/begin", json={"password": PASSWORD}, headers=head).status_code == 200


def test_every_password_is_read_by_the_form_that_refuses_and_asked_for_by_the_macro_that_hides_it() -> None:
    """A promise about doors yet to be written."""
    read = [
        path.name
        for path in PAGES.rglob("*.py")
        if re.search(r"""(get\(|form\[|json\[)\s*["']password""", path.read_text())
    ]
    assert read == ["passkeys.py"], "which asks itself, for it reads JSON"
    assert [path.name for path in TEMPLATES.rglob("*.html") if 'type="password"' in path.read_text()] == []


def test_guests_join_over_plain_http(app: Flask) -> None:
    said = app.test_client().post("/live/join", json={"pin": "000000", "name": "Bình"}, environ_overrides=HALL)
    assert said.json is not None
    assert said.json["code"] != "overheard"


@pytest.mark.parametrize(
    ("remote", "base", "changed", "hears"),
    [
        ("10.0.0.7", "http://10.0.0.1:8000", {}, True),
        ("10.0.0.7", "http://sanchoi.hall", {"public_url": "http://sanchoi.hall"}, True),
        ("10.0.0.7", "http://10.0.0.1:8000", {"public_url": "https://thi.example.vn"}, True),
        ("10.0.0.7", "http://thi.example.vn", {"public_url": "https://thi.example.vn"}, False),
        ("10.0.0.1", "http://10.0.0.1:8000", {"addresses": ("http://10.0.0.1:8000",)}, False),
        ("127.0.0.2", "http://localhost", {}, False),
        ("::1", "http://localhost", {}, False),
        ("::ffff:127.0.0.1", "http://localhost", {}, False),
        ("::ffff:10.0.0.7", "http://localhost", {}, True),
        ("", "http://localhost", {}, True),
        ("127.0.0.1 for 10.0.0.7", "http://sanchoi.hall", {}, True),
        ("127.0.0.1 for 10.0.0.7 by https", "http://sanchoi.hall", {}, False),
        ("127.0.0.1 for 10.0.0.7", "http://thi.example.vn", {"public_url": "https://thi.example.vn"}, False),
    ],
)
def test_what_can_be_overheard(
    app: Flask, settings: Settings, remote: str, base: str, changed: dict[str, Any], hears: bool
) -> None:
    remote, _, behind = remote.partition(" for ")  # a proxy on this machine that nobody told us to trust
    behind, _, by = behind.partition(" by ")
    head = {"X-Forwarded-For": behind} if behind else {}
    head |= {"X-Forwarded-Proto": by} if by else {}
    with app.test_request_context(base_url=base, environ_base={"REMOTE_ADDR": remote}, headers=head):
        assert overheard(replace(settings, **changed)) is hears
