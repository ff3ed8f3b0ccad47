"""The English catalogue says everything the Vietnamese pages, screens and problems say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages import Message
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext

from app import language
from app.cli import words
from app.live.screens import drawing
from app.services.shows import scripts, shows
from quizzes.engine import HOST, Viewer
from quizzes.formats import FORMATS
from quizzes.questions import QUESTION_TYPES

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CATALOGUE = words.read(words.CATALOGUE)


def strings(of: object) -> tuple[str, ...]:
    """A message or its translation: one string, or one for each plural."""
    return (of,) if isinstance(of, str) else tuple(map(str, of or ())) if isinstance(of, (list, tuple)) else ()


def messages() -> Iterator[Message]:
    return (message for message in CATALOGUE if message.id)


def test_every_sentence_has_an_english_one() -> None:
    lacking = words.untranslated(CATALOGUE)
    assert not lacking, "translate, after `python3 -m app words`:\n" + "\n".join(lacking)


def test_no_translation_is_a_guess_and_none_is_kept_for_a_sentence_nobody_says() -> None:
    assert not CATALOGUE.fuzzy
    assert not [message.id for message in messages() if message.fuzzy]
    assert not CATALOGUE.obsolete


def test_a_translation_has_the_placeholders_of_its_sentence() -> None:
    wrong = [
        (message.id, said)
        for message in messages()
        for said in strings(message.string)
        if said and set(PLACEHOLDER.findall(said)) not in [set(PLACEHOLDER.findall(one)) for one in strings(message.id)]
    ]
    assert not wrong


def test_a_per_cent_sign_only_begins_a_placeholder() -> None:
    """Jinja formats every sentence of `_()`, also without values: a bare sign breaks the page."""
    everything = [*words.sentences(), *messages()]
    bare = [
        one
        for message in everything
        for one in (*strings(message.id), *strings(message.string))
        if "%" in PLACEHOLDER.sub("", one)
    ]
    assert not bare


@pytest.mark.parametrize("title", [one.title for one in (*FORMATS.values(), *QUESTION_TYPES.values())])
def test_formats_and_question_types_have_english_names(title: str) -> None:
    said = CATALOGUE.get(title)
    assert said is not None
    assert said.string not in ("", title)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_is_in_the_language_asked_for(client: FlaskClient) -> None:
    english = client.get("/?lang=en").get_data(as_text=True)
    assert '<html lang="en"' in english
    assert "Play to learn, learn to share" in english
    client.delete_cookie(language.COOKIE)
    assert "Chơi để biết, biết để chỉ cho người khác" in client.get("/?lang=vi").get_data(as_text=True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_outside_requests_each_language_is_spoken_in_turn(app: Flask) -> None:
    for lang, words_of in (("en", "Break"), ("vi", "Nghỉ"), ("en", "Break")):
        with language.speaking(app, lang):
            assert gettext("Nghỉ") == words_of


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_live_screen_speaks_its_viewers_language(app: Flask) -> None:
    untitled = {"format": "poll", "questions": [{"type": "word", "text": {"vi": "Một từ tả Bình?"}}]}
    made = scripts.create("made up", script={"title": {"vi": "Hội thi"}, "rounds": [untitled]})
    replica = shows.replica(made.show_id)
    for lang, start, round_title in (("en", "Start", "Poll"), ("vi", "Bắt đầu", "Thăm dò ý kiến")):
        shown = drawing.screen(app, replica, Viewer(HOST, "", lang))
        assert start in shown["html"]
        assert round_title in shown["html"]
