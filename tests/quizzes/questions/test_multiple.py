"""Several right options."""

import pytest

from quizzes import bank
from quizzes.questions.multiple import QUESTION_TYPE as MULTIPLE
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question

SHOWN = [["aa", 3], ["bb", 2], ["cc", 0], ["dd", 1], ["ee", 4]]
STRICT = question("multiple", [0, 2, 4], 5)  # right: bb, cc, ee
EACH = STRICT | {"settings": {"scoring": "each"}}


@pytest.mark.parametrize(
    ("picked", "strict", "each"),
    [
        (["bb", "cc", "ee"], 1000, 1000),
        (["bb", "cc"], 0, 666),
        (["bb"], 0, 333),
        (["bb", "cc", "ee", "aa"], 0, 666),
        (["bb", "aa"], 0, 0),
        (["aa", "dd"], 0, 0),
        (["aa", "bb", "cc", "dd", "ee"], 0, 333),
    ],
)
def test_scores_are_the_published_formula(picked, strict, each):
    assert MULTIPLE.grade(STRICT, SHOWN, picked) == strict
    assert MULTIPLE.grade(EACH, SHOWN, picked) == each


def test_the_order_of_picking_does_not_matter():
    assert MULTIPLE.read(STRICT, SHOWN, ["ee", "bb"]) == MULTIPLE.read(STRICT, SHOWN, ["bb", "ee"]) == ["bb", "ee"]


def test_an_option_cannot_be_picked_twice():
    with pytest.raises(Rejected):
        MULTIPLE.read(EACH, SHOWN, ["bb", "bb"])


def test_counts_are_picks_not_people():
    counted = MULTIPLE.counts(STRICT, SHOWN, [["aa", "bb"], ["bb"]])
    assert counted == {"aa": 1, "bb": 2, "cc": 0, "dd": 0, "ee": 0}


@pytest.mark.parametrize("answer", [[], [0, 0], [5], "AC", 1, [True], [[0]], None])
def test_a_bad_answer_is_said(answer):
    assert "answer_indexes" in [one.code for one in bank.check_question(STRICT | {"answer": answer})]
