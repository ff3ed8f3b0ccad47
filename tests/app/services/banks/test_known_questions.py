"""A question is known by its code, else by all that it says."""

from app.services.banks.known_questions import matches
from quizzes.importers import Sheet
from quizzes.importers.sheet import read

TITLES = [
    "Loại",
    "Câu hỏi",
    "Phương án 1",
    "Phương án 2",
    "Phương án 3",
    "Phương án 4",
    "Đáp án",
    "Chủ đề",
    "Độ khó",
    "Nguồn",
    "Mã",
]
A = ["a1", "a2", "a3", "a4"]
B = ["b1", "b2", "b3", "b4"]


def drafts(*rows, stem="Phát biểu nào sau đây đúng?"):
    lines = [["Một đáp án đúng", stem, *options, answer, "Thử", 1, "Tự soạn", *code] for options, answer, *code in rows]
    return read([Sheet("", [TITLES, *lines])]).drafts


def bank(*rows):
    return {one["id"]: one for one in drafts(*rows)}


def actions(known, new):
    return [(one.action, one.guessed) for one in matches(known, new)]


def test_the_same_stem_with_other_options_is_another_question():
    known = bank((A, "A"), (B, "B"))
    assert len(known) == 2
    assert actions(known, drafts((A, "A"), (B, "B"))) == [("same", False)] * 2
    assert actions(bank((A, "A")), drafts((B, "B"))) == [("new", False)]


def test_a_mended_option_changes_its_own_question_only():
    known = bank((A, "A"), (B, "B"))
    changed, kept = matches(known, drafts((["a1x", *A[1:]], "A"), (B, "B")))
    assert (changed.action, changed.guessed, kept.action) == ("change", True, "same")
    assert changed.old["options"][0]["text"]["vi"] == "a1"


def test_a_code_decides_whatever_the_words():
    known = bank((A, "A", "cau-1"))
    (one,) = matches(known, drafts((B, "B", "cau-1")))
    assert (one.action, one.guessed, one.key) == ("change", False, "cau-1")
    assert actions(known, drafts((A, "A", "cau-2"))) == [("new", False)]


def test_two_that_may_be_meant_are_not_chosen_from():
    known = bank((A, "A"), (["a1", "a2", "x", "y"], "A"))
    assert actions(known, drafts((["a1", "a2", "z", "w"], "A"))) == [("new", False)]
