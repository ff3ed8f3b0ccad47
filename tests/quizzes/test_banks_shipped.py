"""The banks and scripts we ship: valid, sourced, in force, bilingual, varied, and playable to the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from app.services.files.opening.yaml_tree import read_tree
from quizzes import bank, show
from quizzes.draws import Draws
from quizzes.importers import Imported, bank_yaml
from quizzes.questions import QUESTION_TYPES
from quizzes.script import check_script
from quizzes.text import fold
from tests.quizzes.people import AN, Stage

QUIZZES = Path(__file__).resolve().parents[2] / "quizzes"
BANKS = sorted((QUIZZES / "banks").glob("*.yaml"))
SCRIPTS = sorted((QUIZZES / "shows").glob("*.yaml"))
RELEASE = date(2026, 11, 23)
LINE = 140
LEAST = {"true_false": 10, "multiple": 10, "number": 10, "text": 10, "ordering": 10, "true_false_set": 8}
"""Fewest questions of each type, besides the singles."""


def read_bank(path: Path) -> Imported:
    return bank_yaml.read(read_tree(path.read_bytes()))


QUESTIONS = [question for path in BANKS for question in read_bank(path).drafts]
BY_ID = {question["id"]: question for question in QUESTIONS}
every_bank = pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
every_script = pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)


@every_bank
def test_a_bank_loads_whole_without_problem_or_warning(path: Path) -> None:
    found = read_bank(path)
    assert found.problems == []
    assert found.seen == len(found.drafts) > 0
    assert found.public
    assert list(found.topics) == [path.stem], "one file, one topic of the same name"


@every_bank
def test_a_bank_file_is_easy_to_edit_by_hand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\\u" not in text
    assert [line for line in text.splitlines() if len(line) >= LINE] == []
    order = {
        name: place
        for place, name in enumerate(
            (
                "id",
                "type",
                "topic",
                "difficulty",
                "text",
                "options",
                "answer",
                "settings",
                "explanation",
                "source",
                "valid_from",
                "valid_to",
                "siblings",
            )
        )
    }
    for question in read_tree(path.read_bytes()).value["questions"]:
        assert list(question) == sorted(question, key=order.__getitem__), question["id"]


def test_ids_and_texts_stand_once_over_all_banks() -> None:
    assert len(BY_ID) == len(QUESTIONS)
    texts = Counter(fold(question["text"]["vi"]) for question in QUESTIONS)
    assert [text for text, times in texts.items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", key) for key in BY_ID)


def test_there_is_enough_of_every_type_language_and_difficulty() -> None:
    types = Counter(question["type"] for question in QUESTIONS)
    assert len(QUESTIONS) >= 180
    assert all(types[kind] >= least for kind, least in LEAST.items()), types
    assert sum("en" in bank.languages(question) for question in QUESTIONS) >= 75
    assert {question["difficulty"] for question in QUESTIONS} == {1, 2, 3, 4, 5}


def test_a_question_is_in_force_on_the_day_of_release() -> None:
    assert [question["id"] for question in QUESTIONS if not bank.usable_on(question, RELEASE)] == []


def test_the_key_of_a_question_is_right_however_it_is_drawn() -> None:
    for question, seed in product(QUESTIONS, ("một", "hai")):
        kind = QUESTION_TYPES[question["type"]]
        shown = kind.arrange(question, Draws(seed, question["id"]))
        choice = kind.read(question, shown, kind.solution(question, shown, "vi")["choice"])
        assert kind.grade(question, shown, choice) == 1000, question["id"]
        assert any(kind.grade(question, shown, one) < 1000 for one in kind.possible(question, shown)), question["id"]


def test_a_typed_answer_does_not_stand_in_its_own_question() -> None:
    given = [
        (question["id"], lang, spelling)
        for question in QUESTIONS
        if question["type"] == "text"
        for lang, spelling in product(("vi", "en"), question["answer"])
        if re.search(rf"\b{re.escape(fold(spelling))}\b", fold(question["text"][lang]))
    ]
    assert given == []


def read_script(path: Path) -> dict[str, Any]:
    return dict(read_tree(path.read_bytes()).value)


def pool(draw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions that a draw may draw from on the day of release."""
    fields = {"topics": "topic", "types": "type", "difficulty": "difficulty"}
    return [
        question
        for question in QUESTIONS
        if bank.usable_on(question, RELEASE)
        and all(question[field] in draw[name] for name, field in fields.items() if draw.get(name))
    ]


def asked(script: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """The questions of every round, drawn from the shipped banks."""
    return [
        Draws("hạt", str(at)).sample(pool(part["draw"]), part["draw"]["count"])
        if "draw" in part
        else [BY_ID[one] if isinstance(one, str) else one for one in part["questions"]]
        for at, part in enumerate(script["rounds"])
    ]


def test_the_scripts_promised_are_there() -> None:
    assert {path.stem for path in SCRIPTS} >= {"demo", "speed", "buzzer", "poll", "evening"}


@every_script
def test_a_script_is_valid_and_titled_in_both_languages(path: Path) -> None:
    script = read_script(path)
    assert check_script(script) == []
    titles = [script["title"], script["about"], *(part["title"] for part in script["rounds"] if "title" in part)]
    assert all(title["vi"] and title["en"] for title in titles)


@every_script
def test_a_script_can_be_played_several_times_with_other_questions(path: Path) -> None:
    for part in read_script(path)["rounds"]:
        if "draw" in part:
            assert len(pool(part["draw"])) >= 3 * part["draw"]["count"]
        else:
            assert all(one in BY_ID for one in part["questions"] if isinstance(one, str))


@every_script
def test_a_script_plays_to_the_end_and_the_one_who_is_right_leads(path: Path) -> None:
    script = read_script(path)
    stage = Stage(*script["rounds"], questions=asked(script), **script.get("settings", {}))
    for _ in range(400):
        if stage.phase == "over":
            break
        if stage.phase == "open" and script["rounds"][stage.state.round.setup.index]["format"] in ("speed", "duel"):
            answer_right(stage)
        stage.advance()
    assert stage.phase == "over"
    if any(part["format"] == "speed" for part in script["rounds"]):
        assert next(one["seat"] for one in show.results(stage.state) if one["rank"] == 1) == AN


def answer_right(stage: Stage) -> None:
    """An gives the key to the question that is open, where An is asked."""
    for ask in stage.state.round.open_asks():
        if AN in ask.roll:
            body = stage.state.round.body(ask.question)
            kind = QUESTION_TYPES[body["type"]]
            stage.answer(AN, raw=kind.solution(body, ask.shown, "vi")["choice"], no=ask.no)
