"""Forged requests change nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from app import serving
from app.services.people.consent import given_consents
from app.services.people.members import member
from tests.organisation import browser, form_token, plant, send
from tests.people import AN


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_a_form_without_its_token_changes_nothing(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    answer = client.post("/me/change", data={"name": "Kẻ Trộm", "birth_year": "2004"})
    assert answer.status_code == 400
    assert "tải lại trang" in answer.text
    found = member(org.members[AN])
    assert found
    assert found.name == "Nguyễn Thị An"


def test_the_token_of_another_browser_is_worth_nothing(app: Flask) -> None:
    org = plant()
    other = browser(app)
    with other.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    stolen = form_token(other)
    client = browser(app, org.members[AN])
    form_token(client)
    assert client.post("/me/consents", data={"csrf_token": stolen}).status_code == 400
    assert given_consents(org.members[AN]) == set()


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
    ],
)
def test_even_with_a_token_a_foreign_page_is_refused(app: Flask, header: dict[str, str]) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    data = {"csrf_token": form_token(client)}
    assert client.post("/me/sign-ins", data=data, headers=header).status_code == 403
    assert client.post("/me/sign-ins", data=data, headers={"Origin": "http://localhost"}).status_code == 302


def test_every_form_on_our_pages_carries_the_token(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members["Chi"])
    for address in ("/me", "/me/change", f"/members/{org.members[AN]}", f"/chapters/{org.ward}/close", "/admin/roles"):
        page = client.get(address).text
        assert page.count('method="post"') == page.count('name="csrf_token"') > 0, address


@pytest.mark.parametrize(
    ("headers", "kind"),
    [({"Origin": "https://evil.example"}, "application/json"), ({}, "application/x-www-form-urlencoded")],
)
def test_the_live_door_takes_json_from_our_own_pages_and_from_programs_only(
    app: Flask, headers: dict[str, str], kind: str
) -> None:
    serving.make(app, app.config["SETTINGS"])
    client = app.test_client()
    refused = client.post("/live/join", data='{"pin": "000000"}', content_type=kind, headers=headers)
    assert refused.status_code == 400
    program = client.post("/live/join", json={"pin": "000000", "name": "An", "device": "d" * 20})
    assert program.status_code == 404, "no such show, but the door was open"


def test_signing_out_cannot_be_done_by_a_picture(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    assert client.get("/sign-out").status_code == 405
    assert client.get("/me").status_code == 200
    send(client, "/sign-out")
    assert client.get("/me").status_code == 302
