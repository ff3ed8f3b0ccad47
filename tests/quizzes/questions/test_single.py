"""One right option."""

import pytest

from quizzes import bank
from quizzes.draws import Draws
from quizzes.questions.single import QUESTION_TYPE as SINGLE
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import PICTURE, question

ASKED = question("single", 2, 4)
SHOWN = [["aa", 3], ["bb", 2], ["cc", 0], ["dd", 1]]


def codes(draft):
    return [(one.code, one.path) for one in bank.check_question(draft)]


def test_only_the_id_of_the_right_option_is_right():
    assert [SINGLE.grade(ASKED, SHOWN, one) for one in ("aa", "bb", "cc", "dd")] == [0, 1000, 0, 0]


def test_an_index_is_no_choice():
    for raw in (2, "2", "bb ", ["bb"]):
        with pytest.raises(Rejected):
            SINGLE.read(ASKED, SHOWN, raw)


def test_the_key_is_told_in_the_language_asked_for():
    assert SINGLE.solution(ASKED, SHOWN, "en") == {"choice": "bb", "texts": ["Option 3"]}


def test_counts_name_every_option():
    assert SINGLE.counts(ASKED, SHOWN, ["bb", "cc", "bb"]) == {"aa": 0, "bb": 2, "cc": 1, "dd": 0}


def test_options_are_shuffled_and_authors_who_write_the_right_one_first_do_not_give_it_away():
    first = [SINGLE.arrange(ASKED, Draws(f"seed {n}"))[0][1] for n in range(400)]
    assert all(70 < first.count(index) < 130 for index in range(4))


def test_the_last_option_can_be_kept_last():
    asked = question("single", 0, 4, settings={"shuffle": "keep_last"})
    orders = [[index for _, index in SINGLE.arrange(asked, Draws(f"seed {n}"))] for n in range(20)]
    assert {order[-1] for order in orders} == {3}
    assert len({tuple(order) for order in orders}) > 3


def test_a_picture_may_stand_for_the_words_of_an_option():
    asked = question("single", 0, 2)
    asked["options"][0] = {"media": PICTURE}
    assert codes(asked) == []
    assert SINGLE.face(asked, [["aa", 0], ["bb", 1]], "en")["options"][0] == {
        "id": "aa",
        "text": "",
        "media": {"name": PICTURE["name"], "alt": "Picture"},
    }
    assert SINGLE.solution(asked, [["aa", 0], ["bb", 1]], "vi")["texts"] == ["Hình"]


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"answer": 4}, "answer_index", ("answer",)),
        ({"answer": True}, "answer_index", ("answer",)),
        ({"answer": "0"}, "answer_index", ("answer",)),
        ({"options": []}, "options_count", ("options",)),
        ({"options": [{"text": {"vi": "a"}}] * 13}, "options_count", ("options",)),
        ({"options": [{"text": {"vi": "a"}}, {"text": {"vi": " A "}}]}, "option_twice", ("options", 1, "text")),
        ({"options": [{"text": {"vi": "a"}}, {}]}, "option_empty", ("options", 1)),
        ({"options": [{"text": {"vi": "a"}}, {"text": {"en": "b"}}]}, "text_missing", ("options", 1, "text")),
        ({"options": [{"text": {"vi": "a"}}, "b"]}, "option_shape", ("options", 1)),
        ({"options": [{"text": {"vi": "a"}}, {"text": {"vi": "b"}, "right": True}]}, "field_unknown",
         ("options", 1, "right")),
        ({"settings": {"shuffle": "none"}}, "not_a_choice", ("settings", "shuffle")),
        ({"settings": {"tolerance": 1}}, "unknown", ("settings", "tolerance")),
    ],
)  # fmt: skip
def test_problems_are_said_where_they_are(change, code, path):
    assert (code, path) in codes(ASKED | change)
