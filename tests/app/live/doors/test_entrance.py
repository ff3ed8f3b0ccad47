"""Tests of the pages of a show: only the host's page holds the staff's addresses."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask, template_rendered

from app.services.shows import addresses, scripts, tickets
from app.services.shows.scripts import Created
from app.services.shows.tickets import Ticket
from tests.app.live.hall import SPEED

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def made(app: Flask) -> Created:
    return scripts.create("thử", script=SPEED, seed="hạt giống")


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links made in the same second are the same."""
    monkeypatch.setattr(addresses.time, "time", lambda: NOW)


NOW = int(time.time())


def ticket(app: Flask, made: Created, role: str) -> str:
    seat = {"host": made.host, "stage": made.stage}[role]
    return tickets.issue(app.config["SECRET_KEY"], Ticket(made.show_id, seat.number, "staff", NOW))


def given(app: Flask, address: str) -> tuple[dict[str, Any], str]:
    """The links a page's template is given, and the page."""
    seen: list[dict[str, Any]] = []

    def look(_: Flask, template: Any, context: dict[str, Any], **more: Any) -> None:
        seen.append(context["links"])

    with template_rendered.connected_to(look, app):
        answer = app.test_client().get(address)
    assert answer.status_code == 200
    return seen[0], answer.text


def test_the_stage_and_a_phone_are_not_given_the_hosts_address(app: Flask, made: Created) -> None:
    stage = ticket(app, made, "stage")
    for address in (f"/stage/{stage}", f"/play/{made.public_id}", f"/p/{made.pin}"):
        links, page = given(app, address)
        assert ticket(app, made, "host") not in f"{links} {page}", address
        assert stage not in f"{links}", address


def test_the_console_leads_to_the_stage(app: Flask, made: Created) -> None:
    links, page = given(app, f"/host/{ticket(app, made, 'host')}")
    assert links["stage"].endswith(f"/stage/{ticket(app, made, 'stage')}")
    assert links["stage"] in page


def test_the_stage_shows_the_way_in(app: Flask, made: Created) -> None:
    links, page = given(app, f"/stage/{ticket(app, made, 'stage')}")
    assert (links["shown"], links["pin"], links["qr"]) == ("localhost", made.pin, f"/qr/{made.public_id}.svg")
    assert links["qr"] in page


@pytest.mark.parametrize(("asked", "spoken"), [("", "vi"), ("?lang=en", "en"), ("?lang=vi", "vi"), ("?lang=xx", "vi")])
@pytest.mark.parametrize("browser", ["vi-VN", "en-US,en;q=0.9"])
def test_the_stage_speaks_the_language_of_its_link_whatever_the_projectors_browser_asks_for(
    app: Flask, made: Created, asked: str, spoken: str, browser: str
) -> None:
    address = f"/stage/{ticket(app, made, 'stage')}{asked}"
    page = app.test_client().get(address, headers={"Accept-Language": browser}).text
    assert f'<html lang="{spoken}"' in page
    assert {"vi": "Vào chơi tại", "en": "Join at"}[spoken] in page
