"""One language of settings: scripts, formats, questions, contests and standings are read by one table of kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from quizzes import brand, line_up, script
from quizzes.contest.setup.rules import Rules as ContestRules
from quizzes.contest.setup.rules import read_rules
from quizzes.engine import Setting
from quizzes.formats import FORMATS
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import check_settings
from quizzes.script import check_script
from quizzes.settings.fields import declared_by
from quizzes.settings.kinds import KINDS, Spot, plain, read, typed
from quizzes.standing.rules import Rules as StandingRules
from tests.quizzes.people import script as written
from tests.quizzes.people import single, speed

DECLARED: Mapping[str, Mapping[str, Setting]] = {
    "script": script.SETTINGS,
    "draw": script.DRAW,
    "order": script.ORDER,
    "plays": line_up.PLAYS,
    "teams": line_up.TEAMS,
    "brand": brand.BRAND,
    "contest": declared_by(ContestRules),
    "standing": declared_by(StandingRules),
    **{key: {**one.settings, **one.material} for key, one in FORMATS.items()},
    **{f"question {key}": one.settings for key, one in QUESTION_TYPES.items()},
}


def every(declared: Mapping[str, Setting]) -> Iterator[Setting]:
    for one in declared.values():
        yield one
        yield from every(one.parts)


def test_whatever_is_declared_anywhere_is_of_a_kind_of_the_table() -> None:
    used = {one.kind for declared in DECLARED.values() for one in every(declared)}
    assert used == set(KINDS), "and the table has no kind that nobody declares"


@pytest.mark.parametrize("where", DECLARED)
def test_a_default_is_read_as_itself(where: str) -> None:
    """As a file has it and as a form sends it back."""
    for one in every(DECLARED[where]):
        if one.default is None or (where == "draw" and one.kind == "whole"):
            continue
        held = one.default if isinstance(one.default, (str, int, float)) and one.kind == "points" else None
        file = held if held is not None else plain(one, one.default)
        for by_hand in (False, True):
            problems: list[Problem] = []
            found = read({"it": one}, {"it": file}, Spot((), problems, by_hand))
            assert problems == [], one
            assert plain(one, found["it"]) == file


def in_script(value: Any) -> list[Problem]:
    return check_script(written({**speed(), "questions": [single(1)], "settings": {"scoring": value}}))


def in_question(value: Any) -> list[Problem]:
    return check_settings({"settings": {"tolerance_kind": value}}, QUESTION_TYPES["number"].settings)


def in_contest(value: Any) -> list[Problem]:
    return read_rules({"timing": {"kind": value}})[1]


@pytest.mark.parametrize("check", [in_script, in_question, in_contest])
@pytest.mark.parametrize("value", ["nowhere", 7, None, ["a"], {}])
def test_the_same_mistake_is_said_with_the_same_words_everywhere(check: Any, value: Any) -> None:
    [problem] = check(value)
    assert (problem.code, problem.sentence) == ("not_a_choice", "Cần một trong: %(choices)s.")


def test_an_unknown_name_is_said_with_the_same_words_everywhere() -> None:
    found = [
        *check_script(written({**speed(), "questions": [single(1)], "settings": {"x": 1}})),
        *check_settings({"settings": {"x": 1}}, QUESTION_TYPES["number"].settings),
        *read_rules({"x": 1})[1],
    ]
    assert {(one.code, one.sentence) for one in found} == {("unknown", "Không hiểu mục %(name)s; có: %(known)s.")}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        ("whole", "1.200", 1200),
        ("whole", "nhiều", "nhiều"),
        ("points", "2,5", 2.5),
        ("half_points", "1.000", 1000),
        ("flag", "on", True),
        ("flag", "", False),
        ("words", "a; b,, c", ["a", "b", "c"]),
        ("numbers", "3 5, 1.000", [3, 5, 1000]),
        ("numbers", "3, x", [3, "x"]),
        ("point_list", "40, 30", [40, 30]),
        ("point_list", "40; 7,5", [40, 7.5]),
        ("point_list", "7,5;", [7.5]),
        ("point_list", "40; 7.5; x", [40, 7.5, "x"]),
        ("span", {"1": "9", "0": ""}, ["", 9]),
        ("localized", "Xin chào", {"vi": "Xin chào"}),
    ],
)
def test_what_a_person_types_is_what_a_file_would_have(kind: str, words: Any, value: Any) -> None:
    assert typed(Setting(kind, None, ""), words) == value


def test_a_file_says_numbers_as_numbers() -> None:
    problems: list[Problem] = []
    read({"it": Setting("points", 1, "", 0, 9)}, {"it": "2,5"}, Spot(("a",), problems))
    assert [(one.code, one.path) for one in problems] == [("not_points", ("a", "it"))]


def test_nobody_else_asks_for_the_kind_of_a_setting_to_check_it() -> None:
    """One table reads; pages only draw."""
    asking = [
        str(file)
        for file in Path("quizzes").rglob("*.py")
        if "setting.kind ==" in file.read_text() and file.name not in ("kinds.py", "declared.py")
    ]
    assert asking == []
