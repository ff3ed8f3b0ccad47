"""The guides are there for everybody, in both languages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

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


def test_there_is_no_other_guide(client: FlaskClient) -> None:
    assert client.get("/help/admin").status_code == 404
