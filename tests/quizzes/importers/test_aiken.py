"""Aiken: questions with one letter for a key."""

from quizzes.importers.aiken import knows, read
from tests.quizzes.importers.given import GIVEN

TEXT = """Thủ đô ở đâu?
(chọn một)
A. Huế
B. Hà Nội
ANSWER: B

Nước ướt.
A) Đúng
B) Sai
answer: A
"""


def test_options_with_points_or_brackets_are_read():
    found = read(TEXT, GIVEN)
    assert found.errors == [] and knows(TEXT)
    first, second = found.drafts
    assert (first["type"], first["answer"], first["text"]["vi"]) == ("single", 1, "Thủ đô ở đâu?\n(chọn một)")
    assert (second["type"], second["answer"]) == ("true_false", True)
    assert found.places == [1, 7]


def test_a_question_without_its_key_does_not_keep_the_next_out():
    found = read("Một?\nA. x\nB. y\n\nHai?\nA. x\nB. y\nANSWER: C\n\nBa?\nA. x\nB. y\nANSWER: A", GIVEN)
    assert [(one.code, one.line) for one in found.errors] == [("answer_missing", 1), ("answer_missing", 5)]
    assert [one["text"]["vi"] for one in found.drafts] == ["Ba?"]


def test_aiken_as_people_type_it_is_read():
    text = "Một?\na.Huế\nb.Hà Nội\nanswer = b.\nHai?\nA - 1945\nB - 1954\nANSWER : A \n"
    found = read(text, GIVEN)
    assert knows(text) and found.errors == []
    assert [(one["answer"], one["options"][0]["text"]["vi"]) for one in found.drafts] == [(1, "Huế"), (0, "1945")]
