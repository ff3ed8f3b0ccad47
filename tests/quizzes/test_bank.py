"""The questions that may stand in a bank."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import bank
from tests.quizzes.questions.samples import PICTURE, question

GOLDEN = "0ab5dc2c4f29ac510bfa35e727eb0c2c054685f36e9e96b9f42b09ee1d9ff26b"
RIGHT = question("single", 1, 3)


def codes(draft, **more):
    return {(one.code, one.path) for one in bank.check_question(draft, **more)}


def changed(**change):
    return {name: value for name, value in (RIGHT | change).items() if value is not ...}


def test_a_whole_question_has_no_problem():
    assert bank.check_question(RIGHT, {"luat"}) == []
    assert bank.check_question(changed(valid_from="2026-01-01", valid_to="2026-12-31", media=PICTURE)) == []


@pytest.mark.parametrize(
    ("draft", "code", "path"),
    [
        (
            changed(options=[{"media": {"name": "a" * 12 + ".mp4", "alt": {"vi": "x"}}}, *RIGHT["options"][1:]]),
            "media_name",
            ("options", 0, "media"),
        ),
        (changed(source=...), "source_missing", ("source",)),
        (changed(source="  "), "source_missing", ("source",)),
        (changed(source=["luật"]), "source_missing", ("source",)),
        (changed(id=...), "id", ("id",)),
        (changed(id="Có Dấu"), "id", ("id",)),
        (changed(id="../../etc"), "id", ("id",)),
        (changed(type="essay"), "type_unknown", ("type",)),
        (changed(type=["single"]), "type_unknown", ("type",)),
        (changed(topic=...), "topic", ("topic",)),
        (changed(topic="khác"), "topic", ("topic",)),
        (changed(difficulty=0), "difficulty", ("difficulty",)),
        (changed(difficulty=6), "difficulty", ("difficulty",)),
        (changed(difficulty=True), "difficulty", ("difficulty",)),
        (changed(difficulty="3"), "difficulty", ("difficulty",)),
        (changed(text={"en": "Only English"}), "text_missing", ("text",)),
        (changed(text="Câu hỏi"), "text_missing", ("text",)),
        (changed(text={"vi": "a", "fr": "b"}), "language_unknown", ("text", "fr")),
        (changed(text={"vi": "a\0b"}), "text_control", ("text", "vi")),
        (changed(text={"vi": "a\ud800"}), "text_control", ("text", "vi")),
        (changed(text={"vi": "a" * 601}), "text_long", ("text", "vi")),
        (changed(text={"vi": "a", "en": 5}), "text_shape", ("text", "en")),
        (changed(explanation={"vi": ""}), "text_missing", ("explanation",)),
        (changed(valid_from="31/12/2026"), "date", ("valid_from",)),
        (changed(valid_to="2026-02-30"), "date", ("valid_to",)),
        (changed(valid_from="2026-02-02", valid_to="2026-02-01"), "dates_order", ("valid_to",)),
        (changed(media={"name": "../x.webp", "alt": {"vi": "a"}}), "media_name", ("media",)),
        (changed(media={"name": PICTURE["name"]}), "text_missing", ("media", "alt")),
        (changed(explaination={"vi": "a"}), "field_unknown", ("explaination",)),
        (changed(settings=[]), "settings_shape", ("settings",)),
        (question("text", ["a"], options=[{"text": {"vi": "a"}}]), "options_unwanted", ("options",)),
        ("not a question", "question_shape", ()),
        (None, "question_shape", ()),
    ],
)
def test_every_problem_is_said_with_its_place(draft, code, path):
    assert (code, path) in codes(draft)


def test_a_topic_must_be_one_of_the_bank():
    assert ("topic_unknown", ("topic",)) in codes(RIGHT, topics={"khac"})


def test_no_explanation_and_half_a_translation_are_only_warnings():
    draft = changed(explanation=...)
    assert [(one.code, one.warning) for one in bank.check_question(draft)] == [("explanation_missing", True)]
    draft = copy.deepcopy(RIGHT)
    del draft["options"][1]["text"]["en"]
    warnings = bank.check_question(draft)
    assert [(one.code, one.path) for one in warnings] == [("english_partial", ("options", 1, "text"))]
    assert bank.errors(warnings) == []


@pytest.mark.parametrize(
    ("dates", "day", "usable"),
    [
        ({}, "1990-01-01", True),
        ({"valid_from": "2026-07-01"}, "2026-06-30", False),
        ({"valid_from": "2026-07-01"}, "2026-07-01", True),
        ({"valid_to": "2026-07-01"}, "2026-07-01", True),
        ({"valid_to": "2026-07-01"}, "2026-07-02", False),
        ({"valid_to": date(2026, 7, 1)}, "2026-07-02", False),
        ({"source": " "}, "2026-07-02", False),
    ],
)
def test_only_sourced_questions_in_force_may_be_asked(dates, day, usable):
    assert bank.usable_on(RIGHT | dates, date.fromisoformat(day)) is usable


def test_languages_are_whole_languages():
    assert bank.languages(RIGHT) == ("vi", "en")
    draft = copy.deepcopy(RIGHT)
    del draft["explanation"]["en"]
    assert bank.languages(draft) == ("vi",)
    number = question("number", 5, settings={"unit": {"vi": "người"}})
    assert bank.languages(number) == ("vi",)


def test_the_content_hash_knows_content_not_names_or_writing():
    alike = RIGHT | {"id": "another", "source": " Lua\u0323\u0302t 1/2026 ", "media": None}
    assert bank.content_hash(alike) == bank.content_hash(dict(reversed(RIGHT.items()))) != ""
    for change in ({"answer": 2}, {"source": "Luật 2"}, {"settings": {"shuffle": "keep_last"}}, {"difficulty": 3}):
        assert bank.content_hash(RIGHT | change) != bank.content_hash(RIGHT)


def test_the_content_hash_stays_for_ever():
    assert bank.content_hash(RIGHT) == GOLDEN


def test_normalising_is_done_once():
    once = bank.normal(RIGHT | {"source": "  Luật ", "valid_to": date(2026, 1, 2), "author": ""})
    assert once == bank.normal(once)
    assert (once["source"], once["valid_to"], once["settings"]) == ("Luật", "2026-01-02", {})
    assert "author" not in once


@given(st.dictionaries(st.sampled_from(bank.FIELDS), st.none() | st.text() | st.integers() | st.lists(st.booleans())))
def test_any_draft_is_checked_without_failing(draft):
    assert bank.errors(bank.check_question(draft))
