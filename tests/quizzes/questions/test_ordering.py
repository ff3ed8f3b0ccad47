"""Put into order."""

from itertools import permutations

import pytest

from quizzes import bank
from quizzes.draws import Draws
from quizzes.questions.ordering import QUESTION_TYPE as ORDERING
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question

ASKED = question("ordering", [2, 0, 1, 3], 4)
SHOWN = [["aa", 0], ["bb", 1], ["cc", 2], ["dd", 3]]  # right: cc aa bb dd
PAIRS = ASKED | {"settings": {"scoring": "pairs"}}


@pytest.mark.parametrize("answer", list(permutations(range(3))))
def test_the_right_order_is_never_shown(answer):
    asked = question("ordering", list(answer), 3)
    for n in range(60):
        assert [index for _, index in ORDERING.arrange(asked, Draws(f"seed {n}"))] != asked["answer"]


@pytest.mark.parametrize(
    ("order", "strict", "pairs"),
    [
        (["cc", "aa", "bb", "dd"], 1000, 1000),
        (["aa", "cc", "bb", "dd"], 0, 666),
        (["bb", "aa", "cc", "dd"], 0, 0),
        (["dd", "bb", "aa", "cc"], 0, 0),
        (["cc", "aa", "dd", "bb"], 0, 666),
    ],
)
def test_scores_are_the_published_formula(order, strict, pairs):
    assert ORDERING.grade(ASKED, SHOWN, order) == strict
    assert ORDERING.grade(PAIRS, SHOWN, order) == pairs


@pytest.mark.parametrize("raw", [["aa", "bb", "cc"], ["aa", "aa", "bb", "cc"], ["aa", "bb", "cc", "zz"], "aa"])
def test_all_options_are_ordered_once(raw):
    with pytest.raises(Rejected):
        ORDERING.read(ASKED, SHOWN, raw)


def test_the_key_is_in_the_right_order():
    solution = ORDERING.solution(ASKED, SHOWN, "vi")
    assert solution["choice"] == ["cc", "aa", "bb", "dd"]
    assert solution["texts"] == ["Phương án 3", "Phương án 1", "Phương án 2", "Phương án 4"]


def test_counts_say_how_many_placed_each_option_right():
    counted = ORDERING.counts(ASKED, SHOWN, [["cc", "aa", "bb", "dd"], ["cc", "bb", "aa", "dd"]])
    assert counted == {"aa": 1, "bb": 1, "cc": 2, "dd": 2}


@pytest.mark.parametrize("answer", [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], "ABCD", None])
def test_a_bad_answer_is_said(answer):
    assert "answer_order" in [one.code for one in bank.check_question(ASKED | {"answer": answer})]


def test_two_options_are_too_few_as_the_shown_order_would_tell():
    assert "options_count" in [one.code for one in bank.check_question(question("ordering", [1, 0], 2))]
