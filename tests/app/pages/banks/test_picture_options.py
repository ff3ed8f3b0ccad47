"""Questions whose options are pictures without words: every page of a bank shows them, every file says what it leaves."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.pages.banks.versions import changes, told
from app.services.banks import own_banks
from tests.app.pages.banks.test_desk import upload
from tests.organisation import Organisation, browser, send
from tests.people import AN, BINH


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def coloured(colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def quiz(*colours: str) -> bytes:
    answers = "".join(
        f'<answer fraction="{0 if at else 100}" format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/{one}.png" alt="Biển {one}">]]>'
        f'</text><file name="{one}.png" encoding="base64">{coloured(one)}</file></answer>'
        for at, one in enumerate(colours)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><quiz><question type="category"><category><text>$course$/top/Biển báo</text></category>'
        '</question><question type="multichoice"><name><text>bien</text></name><questiontext format="html"><text>Biển nào cấm đi?'
        f"</text></questiontext><single>true</single>{answers}<tags><tag><text>source=Luật số 36/2024/QH15</text></tag>"
        "<tag><text>difficulty=2</text></tag></tags></question></quiz>"
    ).encode()


@pytest.fixture
def taken(app: Flask, org: Organisation, bank: int) -> int:
    """The number of the question that came with the file."""
    client, reply = upload(app, org, bank, quiz("red", "blue"), "bien.xml")
    seen = client.get(reply.location)
    assert seen.status_code == 200 and "Biển red" in seen.text
    assert send(client, f"{reply.location}/confirm").status_code == 302
    ((one,), _) = own_banks.questions(bank)
    return one.id


def test_every_page_shows_options_that_are_pictures(app: Flask, org: Organisation, bank: int, taken: int) -> None:
    binh = browser(app, org.members[BINH])
    for address in (
        f"/banks/{bank}",
        f"/questions/{taken}",
        f"/questions/{taken}/versions",
        f"/banks/{bank}/duplicates",
        "/reviews",
    ):
        page = binh.get(address)
        assert page.status_code == 200, address
    page = binh.get(f"/questions/{taken}").text
    assert len(re.findall(r'<img[^>]+alt="Biển (red|blue)"', page)) == 2


def test_other_pictures_under_the_same_words_are_another_version(
    app: Flask, org: Organisation, bank: int, taken: int
) -> None:
    client, reply = upload(app, org, bank, quiz("red", "green"), "bien.xml")
    page = client.get(reply.location)
    assert page.status_code == 200
    assert "Biển green" in page.text and "Biển blue" in page.text, "old beside new"


def test_a_file_that_cannot_hold_pictures_says_so(app: Flask, org: Organisation, bank: int, taken: int) -> None:
    client = browser(app, org.members[AN])
    for form in ("xlsx", "yaml", "kahoot", "gift", "aiken", "moodle_xml", "qti_package"):
        assert client.get(f"/banks/{bank}/questions.{form}").status_code == 200, form
        if form != "yaml":
            assert "Biển nào cấm đi?" in client.get(f"/banks/{bank}/left-out/{form}.csv").get_data().decode(
                "utf-8-sig"
            ), form
    for form in ("pdf", "docx"):
        assert client.get(f"/banks/{bank}/paper.{form}").status_code == 200


def test_versions_tell_every_difference_that_a_reviewer_must_see() -> None:
    """Another translation, picture or setting shows as plainly as other words."""
    option = {"text": {"vi": "Biển cấm", "en": "A sign"}, "media": {"name": "a" * 32 + ".webp", "alt": {"vi": "Biển"}}}
    body: dict[str, Any] = {
        "type": "single",
        "text": {"vi": "Biển nào?"},
        "options": [option, {"text": {"vi": "Không"}}],
        "answer": 0,
        "explanation": {"vi": "Vì thế.", "en": "So."},
        "settings": {},
    }
    other = {**option, "media": {**option["media"], "name": "b" * 32 + ".webp"}}
    changed: list[dict[str, Any]] = [
        {"options": [{**option, "text": {"vi": "Biển cấm", "en": "No entry"}}, body["options"][1]]},
        {"options": [other, body["options"][1]]},
        {"explanation": {"vi": "Vì thế.", "en": "Not so."}},
        {"settings": {"shuffle": "keep_last"}},
        {"type": "multiple", "answer": [0, 1]},
    ]
    for one in changed:
        assert changes(told({**body, **one}), told(body)), one
