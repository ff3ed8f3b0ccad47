"""Google Forms' JSON, as its API gives it."""

from quizzes.importers import Tree
from quizzes.importers.google_forms import knows, read
from tests.quizzes.importers.given import GIVEN


def item(title, question, keys=(), **grading):
    graded = {"pointValue": 1, "correctAnswers": {"answers": [{"value": key} for key in keys]}, **grading}
    return {"title": title, "questionItem": {"question": {"required": True, "grading": graded, **question}}}


def choice(kind, *options):
    return {"choiceQuestion": {"type": kind, "options": [{"value": one} for one in options]}}


FORM = {
    "info": {"title": "Tuần 1"},
    "items": [
        {"title": "Phần một", "textItem": {}},
        item("Ai?", choice("RADIO", "An", "Bình"), ["Bình"], whenRight={"text": "Vì thế"}),
        item("Hai?", choice("CHECKBOX", "a", "b", "c"), ["a", "c"]),
        item("Tên?", {"textQuestion": {}}, ["VNeID"]),
        item("Không khóa?", choice("DROP_DOWN", "a", "b")),
        item("Thang?", {"scaleQuestion": {"low": 1, "high": 5}}),
    ],
}


def test_choices_and_texts_with_a_key_are_read_and_others_are_said():
    found = read(Tree(FORM), GIVEN)
    assert knows(Tree(FORM)) and not knows(Tree({"title": {}, "questions": []}))
    answers = [(one["type"], one["answer"]) for one in found.drafts]
    assert answers == [("single", 1), ("multiple", [0, 2]), ("text", ["VNeID"])]
    assert found.drafts[0]["explanation"] == {"vi": "Vì thế"}
    assert [one.code for one in found.errors] == ["answer_missing", "kind_unread", "answer_missing"]
    assert found.title == {"vi": "Tuần 1"}
