"""The English catalogue says everything the Vietnamese pages, screens and problems say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages import Message
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from app import language
from app.cli import words
from app.live.screens import drawing
from app.one_and_many import CHOICE
from app.services.shows import scripts, shows
from quizzes.engine import HOST, Viewer
from quizzes.formats import FORMATS
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import N_

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


NO_NOUN = frozenset(
    {
        "has",
        "was",
        "is",
        "as",
        "does",
        "goes",
        "its",
        "this",
        "the",
        "and",
        "stays",
        "stands",
        "confirms",
        "merged",
        "moved",
        "separated",
        "invites",
        "needs",
        "ms",
        "reserves",
        "your",
    }
)
"""Words on s after a name or a moment, where nothing is counted."""
COUNTED = re.compile(r"(?<!to )(?<!and )%\((\w+)\)s((?: [a-z-]+){0,2}?) ([a-z]+s|people)\b")


def test_a_number_chooses_between_one_and_many() -> None:
    """`%(n)s points` would say "1 points"; a range ("2 to %(most)s answers") has many in any case."""
    alike = [
        (found[0], said)
        for message in messages()
        if isinstance(message.id, str)
        for said in strings(message.string)
        for found in COUNTED.finditer(CHOICE.sub("", said))
        if not {*found[2].split(), found[3]} & NO_NOUN
    ]
    assert not alike, "write %(n)s {n:point|points}"


def test_choices_name_numbers_of_their_sentence() -> None:
    for message in messages():
        for said in strings(message.string):
            named = {found[1] for found in CHOICE.finditer(said)}
            assert named <= set(PLACEHOLDER.findall(strings(message.id)[0])), said
            left = CHOICE.sub("", said)
            assert not re.search(r"\{[^}]*\|", left), said


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 point"),
        ("1", "1 point"),
        (Markup("<b>1</b>"), "<b>1</b> point"),
        (0, "0 points"),
        ("1.5", "1.5 points"),
        (21, "21 points"),
        ("{n}", "{n} {n:point|points}"),
        ("{left}", "{left} {left:point|points}"),
    ],
)
def test_one_thing_is_one_wherever_a_sentence_is_said(app: Flask, number: object, said: str) -> None:
    kept = N_("%(n)s điểm")
    with language.speaking(app, "en"):
        assert gettext(kept, n=number) == said
        assert str(gettext(kept)) % {"n": number} == said
        assert str(lazy_gettext(kept, n=number)) == said
        assert language.ours(kept) % {"n": number} == said
        assert language.sentence(kept, n=number) == said
        assert app.jinja_env.from_string("{{ _('%(n)s điểm', n=n) }}").render(n=number) == said
        assert app.jinja_env.from_string("{% trans n=n %}%(n)s điểm{% endtrans %}").render(n=number)
    with language.speaking(app, "vi"):
        assert gettext(kept, n=number) == f"{number} điểm"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_figure_in_an_element_of_its_own_is_followed_by_the_right_word(app: Flask) -> None:
    row = app.jinja_env.from_string(
        "{% from '_macros.html' import rank_row with context %}{{ rank_row(1, 'An', n, unit='%(n)s điểm') }}"
    )
    for lang, said in (("vi", ["điểm", "điểm"]), ("en", ["point", "points"])):
        with language.speaking(app, lang):
            assert [f"<small>{word}</small>" in row.render(n=n) for n, word in zip((1, 2), said, strict=True)] == [
                True
            ] * 2
            words_of = "điểm" if lang == "vi" else '<span data-unit="score" data-one="{}" data-many="{}">'.format(*said)
            assert app.jinja_env.from_string("{{ unit('score') }}").render().startswith(words_of)
            assert language.after(language.PEOPLE, "1") == ("người" if lang == "vi" else "person")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_number_of_a_sentence_chooses_for_itself_and_names_choose_nothing(app: Flask) -> None:
    with language.speaking(app, "en"):
        kept = "Trả lời %(count)s câu trong %(seconds)s giây, đúng %(right)s câu: nhanh hơn mức đọc được."
        said = gettext(kept, count=1, seconds=2, right=1)
        assert said.startswith("Answered 1 question in 2 seconds, 1 of them right")
        assert language.sentence("%(figure)s điểm, cho %(chapter)s", figure=1, chapter="{figure:a|b} <i>") == (
            "1 point, for {figure:a|b} &lt;i&gt;"
        )


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
