"""One statement, true or false."""

import pytest

from quizzes import bank
from quizzes.draws import Draws
from quizzes.questions.true_false import QUESTION_TYPE as TRUE_FALSE
from tests.quizzes.questions.samples import question

TRUE = question("true_false", True)
FALSE = question("true_false", False)
SHOWN = [["aa", 0], ["bb", 1]]


def test_đúng_is_shown_first_whatever_is_right():
    assert [index for _, index in TRUE_FALSE.arrange(FALSE, Draws("s"))] == [0, 1]
    assert [one["text"] for one in TRUE_FALSE.face(FALSE, SHOWN, "vi")["options"]] == ["Đúng", "Sai"]
    assert [one["text"] for one in TRUE_FALSE.face(FALSE, SHOWN, "en")["options"]] == ["True", "False"]


def test_grading_both_ways():
    assert [TRUE_FALSE.grade(TRUE, SHOWN, one) for one in ("aa", "bb")] == [1000, 0]
    assert [TRUE_FALSE.grade(FALSE, SHOWN, one) for one in ("aa", "bb")] == [0, 1000]


def test_the_key_in_words():
    assert TRUE_FALSE.solution(FALSE, SHOWN, "vi") == {"choice": "bb", "texts": ["Sai"]}


@pytest.mark.parametrize("answer", [0, 1, "true", None, [True]])
def test_only_true_and_false_are_answers(answer):
    assert "answer_bool" in [one.code for one in bank.check_question(TRUE | {"answer": answer})]


def test_own_options_are_refused():
    draft = TRUE | {"options": [{"text": {"vi": "Có"}}]}
    assert "options_unwanted" in [one.code for one in bank.check_question(draft)]
