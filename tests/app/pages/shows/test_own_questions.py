"""A question that a host writes: with a picture, changed without losing what the form does not show."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.services.shows import own_scripts
from tests.organisation import browser, plant, send
from tests.people import DUNG
from tests.quizzes.people import said

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TYPED = {"type": "single", "text": "Biển này báo gì?", "option_A": "Cấm", "option_B": "Đường", "answer": "B"}
NAME = "x" * 22 + ".webp"


def drawn(width: int = 40) -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (width, 30), "red").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "bien.png"


@pytest.fixture
def host(app: Flask) -> tuple[FlaskClient, int, str]:
    member = plant().members[DUNG]
    part = {"format": "speed", "title": {}, "settings": {}, "questions": []}
    body = {"title": said("Thử"), "about": {}, "settings": {}, "rounds": [part]}
    return browser(app, member), member, own_scripts.add(member, body)


def questions(host: tuple[FlaskClient, int, str]) -> list[Any]:
    asked: list[Any] = own_scripts.one(host[1], host[2]).body["rounds"][0]["questions"]
    return asked


def test_a_question_is_written_with_a_picture_kept_and_taken_away(host: tuple[FlaskClient, int, str]) -> None:
    client, _, script = host
    address = f"/scripts/{script}/rounds/0/write"
    wordless = send(client, address, **TYPED, picture=drawn())
    assert wordless.status_code == 422 and "Hình cần lời mô tả" in wordless.text
    assert "hãy chọn lại" in send(client, address, **{**TYPED, "answer": "Z"}, picture=drawn()).text
    no_picture = send(client, address, **TYPED, picture=(io.BytesIO(b"<svg/>"), "a.svg"), media_alt="Biển")
    assert no_picture.status_code == 422 and questions(host) == []
    assert send(client, address, **TYPED, picture=drawn(), media_alt="Biển tròn").status_code == 302
    (one,) = questions(host)
    assert one["media"]["alt"] == {"vi": "Biển tròn"}
    assert f"/media/{one['media']['name']}" in client.get(f"{address}?number=0").text
    assert client.get(f"/scripts/{script}/look").text.count(one["media"]["name"]) == 2, "on stage and phone"
    send(client, f"{address}?number=0", **{**TYPED, "text": "Biển gì đây?"}, media_alt="Biển đỏ")
    (changed,) = questions(host)
    assert (changed["text"]["vi"], changed["media"]["name"]) == ("Biển gì đây?", one["media"]["name"])
    assert changed["media"]["alt"] == {"vi": "Biển đỏ"}
    send(client, f"{address}?number=0", **TYPED, no_picture="on")
    assert "media" not in questions(host)[0]


def test_what_the_form_does_not_show_stays_when_a_question_is_changed(host: tuple[FlaskClient, int, str]) -> None:
    client, member, script = host
    shown = {"name": NAME, "alt": said("x")}
    options = [{"text": said("3"), "media": shown}, {"text": said("5")}]
    kept = {"id": "bien-1", "source": "Sổ tay", "topic": "giao-thong", "difficulty": 3}
    body = own_scripts.one(member, script)
    one = {
        **kept,
        "type": "single",
        "text": said("?"),
        "options": options,
        "answer": 0,
        "settings": {"shuffle": "keep_last"},
    }
    number = {"type": "number", "text": said("?"), "answer": 5, "settings": {"tolerance": 2, "unit": said("người")}}
    rounds = [{**body.body["rounds"][0], "questions": [one, number]}]
    own_scripts.save(member, script, body.revision, {**body.body, "rounds": rounds})
    typed = ({"option_A": "3", "option_B": "5", "answer": "A"}, {"answer": "5"})
    for at, text in enumerate(("Một?", "Hai?")):
        address = f"/scripts/{script}/rounds/0/write?number={at}"
        settings = re.search(r'id="f-settings"[^>]* value="([^"]+)', client.get(address).text)
        assert settings, "the settings stand in their field"
        sent = {"type": rounds[0]["questions"][at]["type"], "text": text, "settings": settings[1], **typed[at]}
        assert send(client, address, **sent).status_code == 302
    first, second = questions(host)
    assert {name: first[name] for name in kept} == kept
    assert first["options"][0]["media"] == shown and first["settings"] == {"shuffle": "keep_last"}
    assert (second["text"]["vi"], second["settings"]) == ("Hai?", number["settings"])
