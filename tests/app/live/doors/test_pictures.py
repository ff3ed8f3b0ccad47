"""Pictures come out of the database: once for a hall, and only as pictures."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.live.doors import pictures
from app.live.doors.pictures import Pictures
from app.services.banks import media


def test_a_hall_costs_one_look_at_the_database(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    media._store("a-picture.webp", b"RIFF")
    looks = []
    monkeypatch.setattr(pictures.media, "picture", lambda name: looks.append(name) or b"RIFF")
    for _ in range(5):
        answer = client.get("/media/a-picture.webp")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, b"RIFF", "image/webp")
    assert looks == ["a-picture.webp"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_picture_that_is_not_there_is_not_found_and_not_remembered_as_missing(client: FlaskClient) -> None:
    assert client.get("/media/later-one.webp").status_code == 404
    media._store("later-one.webp", b"RIFF")
    assert client.get("/media/later-one.webp").status_code == 200


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    monkeypatch.setattr(pictures.media, "picture", lambda name: bytes(40))
    kept = Pictures()
    for n in range(10):
        assert kept.find(f"{n}.webp") == bytes(40)
    assert list(kept._kept) == ["8.webp", "9.webp"]
