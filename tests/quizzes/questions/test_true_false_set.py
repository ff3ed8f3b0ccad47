"""Four statements, each true or false."""

import pytest

from quizzes import bank
from quizzes.questions.true_false_set import QUESTION_TYPE as SET
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question

ASKED = question("true_false_set", [True, False, True, False], 4)
SHOWN = [["dd", 3], ["aa", 0], ["bb", 1], ["cc", 2]]
RIGHT = {"dd": False, "aa": True, "bb": False, "cc": True}


@pytest.mark.parametrize(
    ("scoring", "scores"),
    [("ladder", [0, 100, 250, 500, 1000]), ("each", [0, 250, 500, 750, 1000]), ("all_or_nothing", [0, 0, 0, 0, 1000])],
)
def test_every_number_of_right_statements_has_its_score(scoring, scores):
    asked = ASKED | {"settings": {"scoring": scoring}}
    for right, score in enumerate(scores):
        choice = {one: said is (place < right) for place, (one, said) in enumerate(RIGHT.items())}
        assert SET.grade(asked, SHOWN, choice) == score


def test_the_default_is_the_ladder_of_the_exam():
    assert SET.grade(ASKED, SHOWN, RIGHT | {"cc": False}) == 500


def test_an_open_statement_is_not_right():
    assert SET.grade(ASKED, SHOWN, SET.read(ASKED, SHOWN, {"aa": True, "dd": False})) == 250


@pytest.mark.parametrize(
    "raw", [{"aa": 1}, {"aa": "true"}, {"zz": True}, {}, RIGHT | {"zz": True}, ["aa"], {"aa": None}]
)
def test_statements_take_true_or_false_and_nothing_else(raw):
    with pytest.raises(Rejected):
        SET.read(ASKED, SHOWN, raw)


def test_counts_say_how_many_judged_each_statement_right():
    assert SET.counts(ASKED, SHOWN, [RIGHT, {"aa": False}, {"aa": True}]) == {"dd": 1, "aa": 2, "bb": 1, "cc": 1}


def test_the_key_in_words_follows_the_shown_order():
    texts = SET.solution(ASKED, SHOWN, "vi")["texts"]
    assert texts == ["Phương án 4 – Sai", "Phương án 1 – Đúng", "Phương án 2 – Sai", "Phương án 3 – Đúng"]


@pytest.mark.parametrize("change", [{"answer": [True] * 3}, {"answer": [1, 0, 1, 0]}, {"answer": True}])
def test_a_bad_answer_is_said(change):
    assert "answer_bools" in [one.code for one in bank.check_question(ASKED | change)]


def test_there_are_four_statements():
    assert "options_count" in [one.code for one in bank.check_question(question("true_false_set", [True] * 3, 3))]
