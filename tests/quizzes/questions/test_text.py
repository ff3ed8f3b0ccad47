"""A typed answer."""

import unicodedata

import pytest

from quizzes import bank
from quizzes.questions.text import QUESTION_TYPE as TEXT
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question

ASKED = question("text", ["Bộ Chính trị", "Politburo"])


def grade(asked, raw):
    return TEXT.grade(asked, [], TEXT.read(asked, [], raw))


@pytest.mark.parametrize("typed", ["bộ chính trị", " BỘ  CHÍNH TRỊ. ", "bo chinh tri", "politburo", "bộchínhtrị"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_people_type_is_right(typed, form):
    assert grade(ASKED, unicodedata.normalize(form, typed)) == 1000


def test_marks_can_be_required():
    strict = ASKED | {"settings": {"marks": "required"}}
    assert grade(strict, "bộ chính trị") == 1000
    assert grade(strict, "bo chinh tri") == 0


def test_case_can_be_required():
    strict = question("text", ["VNeID"], settings={"case": "exact"})
    assert [grade(strict, typed) for typed in ("VNeID", "vneid")] == [1000, 0]


def test_invisible_signs_are_dropped_before_storing():
    assert TEXT.read(ASKED, [], "Bộ\u200b \u202eChính\0 trị\ud800") == "Bộ Chính trị"


@pytest.mark.parametrize("raw", ["", "   ", "\u200b", "\0", "x" * 201, "x" * 100_000, 5, True])
def test_nothing_and_too_much_are_refused(raw):
    with pytest.raises(Rejected):
        TEXT.read(ASKED, [], raw)


def test_counts_show_the_key_and_what_two_wrote_and_no_indecent_word():
    typed = ["bo chinh tri", "Bộ Chính trị", "Chính phủ", "chính phủ.", "Quốc hội", "địt", "địt", "An bị điểm kém"]
    assert TEXT.counts(ASKED, [], typed) == {"Bộ Chính trị": 2, "Chính phủ": 2, "…": 4}


def test_counts_are_bounded():
    typed = [f"từ {n}" for n in range(50)] * 2
    counted = TEXT.counts(ASKED, [], typed)
    assert len(counted) <= 10
    assert sum(counted.values()) == 100


@pytest.mark.parametrize("answer", ["VNeID", [], [""], ["\u200b"], [5], ["x" * 201], ["a"] * 31, None])
def test_a_bad_answer_is_said(answer):
    codes = [one.code for one in bank.check_question(question("text", answer))]
    assert {"answer_spellings", "answer_spelling"} & set(codes)
