"""GIFT: what Moodle's text holds of our types; matching, essays and parts of points are said."""

import pytest

from quizzes.importers import for_file
from quizzes.importers.gift import knows, read
from tests.quizzes.importers.given import GIVEN


def one(text):
    found = read(text, GIVEN)
    assert found.errors == []
    (draft,) = found.drafts
    return draft


@pytest.mark.parametrize(
    ("text", "kind", "answer"),
    [
        ("::Q1:: Ai? {=An ~Bình ~Chi}", "single", 0),
        ("Ai? {~%-100%An ~%50%Bình ~%50%Chi#tốt}", "multiple", [1, 2]),
        ("Nước ướt.{T#đúng thế}", "true_false", True),
        ("Nước ướt.{FALSE}", "true_false", False),
        ("Năm nào? {#1945:2}", "number", 1945),
        ("Bao nhiêu? {#1.5..2.5}", "number", 2),
        ("Tên? {=VNeID =Vi En}", "text", ["VNeID", "Vi En"]),
        ("[html]<p>Thủ <b>đô</b>?</p>{\n~Huế\n=Hà Nội\n}", "single", 1),
        (r"2 \= 2\:1? {=đúng \{1\} ~sai ~không biết}", "single", 0),
    ],
)
def test_a_question_is_read(text, kind, answer):
    draft = one(text)
    assert (draft["type"], draft["answer"]) == (kind, answer)


def test_categories_feedback_missing_words_and_comments_are_read():
    text = "$CATEGORY: $course$/top/Dịch vụ công\n\n// một chú thích\nNăm {=1945 ~1954####Tuyên ngôn} độc lập."
    found = read(text, GIVEN)
    (draft,) = found.drafts
    assert draft["text"]["vi"] == "Năm _____ độc lập."
    assert draft["topic"] == "dich-vu-cong"
    assert draft["explanation"] == {"vi": "Tuyên ngôn"}


def test_what_has_no_place_here_is_said_with_its_line():
    text = "Ai?{=A~B}\n\nNối {=a -> b =c -> d}\n\nViết {}\n\nChỉ là chữ\n\nDở {=a"
    found = read(text, GIVEN)
    assert (found.seen, len(found.drafts)) == (5, 1)
    assert {(one.code, one.line) for one in found.errors} == {
        ("kind_unread", 3),
        ("answer_missing", 3),
        ("kind_unread", 5),
        ("answer_missing", 5),
        ("answer_missing", 7),
        ("answer_missing", 9),
    }


def test_text_files_are_told_apart():
    keys = [importer.key for importer in for_file("a.txt")]
    assert keys[-1] == "exam_text"
    assert knows("Ai? {=An ~B}") and not knows("Câu 1. Tập hợp {1; 2}?\nA. a\nB. b")


def test_questions_without_an_empty_line_between_are_apart():
    found = read("// ghi chú\n::a::Một? {=x ~y ~z}\n::b::Hai\ndòng? {\n=x\n\n~y\n~z\n}\nBa? {T}\n", GIVEN)
    assert found.errors == []
    assert [(one["text"]["vi"], one["type"]) for one in found.drafts] == [
        ("Một?", "single"),
        ("Hai\ndòng?", "single"),
        ("Ba?", "true_false"),
    ]
    assert found.places == [2, 3, 10]


def test_of_numbers_worth_a_part_the_whole_one_counts_and_it_is_said():
    found = read("Bao nhiêu? {#=%50%6:1#gần =5:0.1#đúng}", GIVEN)
    (draft,) = found.drafts
    assert (draft["answer"], draft["settings"], draft["explanation"]["vi"]) == (5, {"tolerance": 0.1}, "đúng")
    assert "part_left" in [one.code for one in found.problems]
