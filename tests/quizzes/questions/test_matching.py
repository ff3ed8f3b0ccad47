"""Match pairs."""

import pytest

from quizzes import bank
from quizzes.draws import Draws
from quizzes.questions.matching import QUESTION_TYPE as MATCHING
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question

ASKED = question("matching", [5, 3, 4], 6)
SHOWN = [["b", 1], ["a", 0], ["c", 2], ["d", 3], ["e", 4], ["f", 5]]  # b-d, a-f, c-e
EACH = ASKED | {"settings": {"scoring": "each"}}


def test_the_first_side_stands_still_and_its_partners_are_tapped():
    face = MATCHING.face(ASKED, SHOWN, "vi")
    assert [one["id"] for one in face["rows"]] == ["b", "a", "c"]
    assert [one["id"] for one in face["options"]] == ["d", "e", "f"]
    assert MATCHING.solution(ASKED, SHOWN, "vi") == {
        "choice": ["d", "f", "e"],
        "texts": ["Phương án 2 – Phương án 4", "Phương án 1 – Phương án 6", "Phương án 3 – Phương án 5"],
    }


@pytest.mark.parametrize(
    ("given", "strict", "each"), [(["d", "f", "e"], 1000, 1000), (["d", "e", "f"], 0, 333), (["f", "e", "d"], 0, 0)]
)
def test_pairs_are_graded_whole_or_each(given, strict, each):
    choice = MATCHING.read(ASKED, SHOWN, given)
    assert (MATCHING.grade(ASKED, SHOWN, choice), MATCHING.grade(EACH, SHOWN, choice)) == (strict, each)


def test_each_side_is_drawn_for_itself():
    for seed in map(str, range(20)):
        order = [index for _, index in MATCHING.arrange(ASKED, Draws(seed))]
        assert (sorted(order[:3]), sorted(order[3:])) == ([0, 1, 2], [3, 4, 5])


@pytest.mark.parametrize("raw", [["a", "b", "c"], ["d", "e"], ["d", "d", "e"], "def", None, [["d"], "e", "f"]])
def test_what_is_no_pairing_is_refused(raw):
    with pytest.raises(Rejected, match="bad_choice"):
        MATCHING.read(ASKED, SHOWN, raw)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (question("matching", [3, 4], 4), "options_count"),
        (question("matching", [4, 5, 6], 7), "options_odd"),
        (question("matching", [0, 1, 2], 6), "answer_pairs"),
        (question("matching", [3, 3, 4], 6), "answer_pairs"),
        (question("matching", None, 6), "answer_pairs"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(draft, code):
    assert code in [one.code for one in bank.errors(bank.check_question(draft))]
