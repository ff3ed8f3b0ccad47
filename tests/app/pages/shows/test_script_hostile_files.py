"""Files of scripts that somebody wrote by hand or in bad faith: what cannot be shown is refused by its place, nothing is
kept of it, and every page goes on; each shipped script comes back from its file the same."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from app.services.banks import banks
from app.services.files import containers
from app.services.shows import own_scripts, scripts
from tests.organisation import browser, plant, send
from tests.people import DUNG
from tests.quizzes.people import said, single

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def whole(**of_round: Any) -> dict[str, Any]:
    asked = {name: single(1)[name] for name in ("id", "type", "text", "options", "answer")}
    return {"title": said("Thử"), "rounds": [{"format": "speed", "questions": [asked], **of_round}]}


def asking(**changed: Any) -> dict[str, Any]:
    return whole(questions=[{**whole()["rounds"][0]["questions"][0], **changed}])


def sent(client: FlaskClient, data: bytes) -> str:
    made = send(client, "/scripts/from-file", file=(io.BytesIO(data), "a.yaml"))
    assert made.status_code == 302
    return str(made.headers["Location"])


SHAPES: dict[str, Any] = {
    "a number for a title": {**whole(), "title": 7},
    "a number in a title": {**whole(), "title": {"vi": 7}},
    "a list in an English title": {**whole(), "title": {"vi": "Thử", "en": []}},
    "words without a language": {**whole(), "about": "Thử"},
    "a table in what is said": {**whole(), "about": {"vi": {"vi": "x"}}},
    "a table as a round's title": whole(title={"vi": {}}),
    "a number for questions": whole(questions=1_000_000_000),
    "a table of questions where none is listed apart": whole(questions={"rows": []}),
    "more questions than a show asks": whole(questions=["q"] * 501),
    "a type that is a list": asking(type=[1]),
    "a type that nobody knows": asking(type="riddle"),
    "a number for a text": asking(text={"vi": 7}),
    "a list for an English text": asking(text={"vi": "Câu?", "en": ["x"]}),
    "a word for an explanation": asking(explanation="vì thế"),
    "a table for an id": asking(id={"a": 1}),
    "a picture without a name": asking(media={"alt": said("x")}),
    "a picture from elsewhere": asking(media={"name": "../../etc/passwd", "alt": said("x")}),
    "a number for an option": asking(options=[1, 2]),
    "a picture that is a word": asking(options=[{"text": said("a"), "media": "x"}, {"text": said("b")}]),
    "a theme of a type that is a list": whole(format="judged", questions=[{"type": [1], "text": said("Chủ đề")}]),
    "words in a text that is endless": asking(text={"vi": "x" * 100_000}),
    "a list for a script": [whole()],
    "nothing": None,
    "a list of lists for rounds": {**whole(), "rounds": [[], [[]]]},
}


@SQLITE
@pytest.mark.parametrize("name", SHAPES)
def test_what_no_page_can_show_is_refused_and_the_list_of_scripts_goes_on(app: Flask, name: str) -> None:
    host = plant().members[DUNG]
    client = browser(app, host)
    assert sent(client, yaml.safe_dump(SHAPES[name]).encode()) == "/shows"
    page = client.get("/shows")
    assert page.status_code == 200 and 'class="flash bad' in page.text
    assert own_scripts.of_member(host) == []


@SQLITE
@pytest.mark.parametrize("data", [
    b"a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b]", b"title: !!python/object/apply:os.system [ls]",
    b"[" * 100_000, b"{a: " * 100_000, b"title: x\ntitle: y", b"a: 1\n---\nb: 2", b"title: {vi: \x00}",
    b"\xff\xfe\x00", b"title:\n\t- x", b"? [a]\n: b", b"%YAML 9.9\n---\na: 1", b"",
], ids=range(12))  # fmt: skip
def test_a_file_that_is_a_trap_is_refused(app: Flask, data: bytes) -> None:
    host = plant().members[DUNG]
    client = browser(app, host)
    assert sent(client, data) == "/shows"
    assert 'class="flash bad' in client.get("/shows").text
    assert own_scripts.of_member(host) == []


@pytest.mark.parametrize("data", [b"- x\n" * 400_000, b"x" * (3 * 2**20), b"x" * (6 * 2**20)], ids=range(3))
def test_a_file_that_is_too_large_is_given_up_in_a_process_of_its_own(data: bytes) -> None:
    with pytest.raises(containers.Unreadable):
        containers.open_tree(data)


@SQLITE
def test_what_a_file_names_and_leaves_empty_is_as_if_it_were_not_there(app: Flask) -> None:
    host = plant().members[DUNG]
    client = browser(app, host)
    empty = {**whole(title=None, settings=None, plays=None, material=None, note=None), "about": None, "teams": None}
    made = sent(client, yaml.safe_dump({**empty, "settings": None, "brand": None}).encode())
    assert client.get(made).status_code == client.get(f"{made}/look").status_code == 200
    assert send(client, made, title="Thử", do="check").status_code == 302


@SQLITE
def test_every_shipped_script_goes_out_as_yaml_and_comes_back_the_same(app: Flask) -> None:
    banks.load_shipped()
    host = plant().members[DUNG]
    client = browser(app, host)
    for key in scripts.available():
        made = send(client, "/scripts/from-shipped", script=key).headers["Location"]
        text = client.get(f"{made}/file").data
        again = sent(client, text)
        assert client.get(f"{again}/file").data == text, key
        one, other = (own_scripts.one(host, at.rpartition("/")[2]).body for at in (made, again))
        pages = [client.get(at).text.replace(at, "") for at in (made, again)]
        assert filled(one) == filled(other), key
        assert len(pages[0]) == len(pages[1]), key
        as_json = json.dumps(yaml.load(text, yaml.CSafeLoader), ensure_ascii=False).encode()
        assert client.get(f"{sent(client, as_json)}/file").data == text, "a JSON file says the same"


def filled(body: Any) -> Any:
    """Without what is empty: a file does not write it."""
    if isinstance(body, dict):
        return {name: filled(one) for name, one in body.items() if one not in (None, {}, [], "")}
    return [filled(one) for one in body] if isinstance(body, list) else body
