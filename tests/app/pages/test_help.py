"""The guides are there for everybody, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("lang", "host", "organiser"), [("vi", "một máy chiếu", "danh sách Excel"), ("en", "one projector", "Excel lists")]
)
def test_a_guide_speaks_the_readers_language(client: FlaskClient, lang: str, host: str, organiser: str) -> None:
    client.get(f"/language/{lang}")
    assert host in client.get("/help").text
    assert organiser in client.get("/help/organiser").text


def test_every_picture_of_a_guide_is_there_in_the_readers_language(client: FlaskClient) -> None:
    for lang in ("vi", "en"):
        client.get(f"/language/{lang}")
        for guide, count in (("host", 2), ("organiser", 3)):
            found = re.findall(r'<img src="([^"]+)"', client.get(f"/help/{guide}").text)
            assert len(found) == count
            for address in found:
                assert address.endswith(f".{lang}.webp")
                with client.get(address) as picture:
                    assert picture.status_code == 200


STUCK = ("people/imports/new", "lists/new", "contests/setup/check", "movement/desk", "deeds/desk", "shows/one")


def test_pages_where_people_get_stuck_lead_to_the_part_of_a_guide_that_helps(client: FlaskClient) -> None:
    links = {
        path.relative_to(TEMPLATES).with_suffix("").as_posix(): re.findall(r'help_link\("(\w+)", "(\w+)"\)', text)
        for path in TEMPLATES.rglob("*.html")
        if path.name != "_macros.html" and "help_link(" in (text := path.read_text())
    }
    assert set(STUCK) <= links.keys()
    for lang in ("vi", "en"):
        client.get(f"/language/{lang}")
        for guide, part in {one for found in links.values() for one in found}:
            assert f'<h2 id="{part}">' in client.get(f"/help/{guide}").text


def test_there_is_no_other_guide(client: FlaskClient) -> None:
    assert client.get("/help/admin").status_code == 404
