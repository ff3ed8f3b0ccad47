"""Phones that ask their makers whether there is internet are answered; nothing else is, under a foreign name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.pages.hall.probes import REPLIES
from tests.conftest import application, settings_for

MAKERS = {
    "connectivitycheck.gstatic.com": "/generate_204",
    "www.google.com": "/gen_204",
    "connect.rom.miui.com": "/generate_204",
    "captive.apple.com": "/hotspot-detect.html",
    "www.msftconnecttest.com": "/connecttest.txt",
    "detectportal.firefox.com": "/success.txt",
}


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site that knows its own name."""
    yield from application(settings_for(tmp_path, sqlite_url, public_url="http://hoi.truong"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(("maker", "path"), MAKERS.items())
def test_a_phone_that_asks_its_maker_hears_that_all_is_well(client: FlaskClient, maker: str, path: str) -> None:
    status, kind, body = REPLIES[path]
    said = client.get(path, base_url=f"http://{maker}")
    assert (said.status_code, said.mimetype, said.text) == (status, kind, body)
    assert "Set-Cookie" not in said.headers
    assert client.head(path, base_url=f"http://{maker}").status_code == status


@pytest.mark.parametrize("path", ["/", "/join", "/generate_204/", "/generate_204x"])
def test_nothing_else_is_answered_under_a_foreign_name(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url="http://captive.apple.com").status_code in (400, 404)
    assert client.get("/", base_url="http://hoi.truong").status_code == 200
