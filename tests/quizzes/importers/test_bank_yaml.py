"""Bank files: everything right comes in, everything wrong is said with its line."""

from pathlib import Path

import pytest

from app.services.files.containers import read_tree, write_tree
from quizzes import bank
from quizzes.importers import Tree
from quizzes.importers.bank_yaml import read, write
from tests.quizzes.questions.samples import SAMPLES

BANKS = sorted((Path(__file__).parents[3] / "quizzes" / "banks").glob("*.yaml"))
TITLE = {"vi": "Ngân hàng thử", "en": "Trial bank"}
TOPICS = {"luat": {"vi": "Luật", "en": "Law"}}
HEAD = """title: {vi: Thử}
topics:
  luat: {vi: Luật}
questions:
"""
RIGHT = """- id: cau-1
  type: true_false
  topic: luat
  difficulty: 1
  text: {vi: Nước là ướt.}
  answer: true
  explanation: {vi: Vì thế.}
  source: Sách
"""


def problems(text):
    return [(one.code, one.line) for one in read(read_tree(text.encode())).problems]


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_the_shipped_banks_have_no_problem(path):
    found = read(read_tree(path.read_bytes()))
    assert found.problems == []
    assert len(found.drafts) == found.seen > 0


def test_what_is_written_is_read_back():
    questions = [bank.normal(one | {"id": f"cau-{n}"}) for n, one in enumerate(SAMPLES)]
    text = write_tree(write(questions, TITLE, TOPICS, public=True))
    found = read(read_tree(text.encode()))
    assert found.drafts == questions
    assert found.errors == []
    assert (found.title, found.topics, found.public) == (TITLE, TOPICS, True)


def test_a_right_file_has_the_lines_of_its_questions():
    found = read(read_tree((HEAD + RIGHT + RIGHT.replace("cau-1", "cau-2").replace("ướt", "lỏng")).encode()))
    assert found.problems == []
    assert found.places == [5, 13]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("answer: true", "answer: có", ("answer_bool", 10)),
        ("difficulty: 1", "difficulty: 9", ("difficulty", 8)),
        ("  source: Sách\n", "", ("source_missing", 5)),
        ("topic: luat", "topic: khac", ("topic_unknown", 7)),
        ("{vi: Nước là ướt.}", "{en: Water is wet.}", ("text_missing", 9)),
        ("explanation: {vi: Vì thế.}", "explanation: {vi: 5}", ("text_missing", 11)),
        ("source: Sách", "sourse: Sách", ("field_unknown", 12)),
    ],
)
def test_a_problem_has_the_line_where_it_stands(old, new, problem):
    assert problem in problems(HEAD + RIGHT.replace(old, new))


def test_a_bad_question_does_not_keep_the_others_out():
    found = read(read_tree((HEAD + RIGHT + "- just words\n" + RIGHT.replace("cau-1", "cau-3")).encode()))
    assert [one["id"] for one in found.drafts] == ["cau-1", "cau-3"]
    assert found.seen == 3
    assert ("question_shape", 13) in [(one.code, one.line) for one in found.problems]


def test_an_id_stands_once_and_an_equal_text_is_worth_a_look():
    found = read(read_tree((HEAD + RIGHT + RIGHT).encode()))
    assert [(one.code, one.line, one.warning) for one in found.problems] == [
        ("id_twice", 13, False),
        ("text_twice", 17, True),
    ]
    assert len(found.drafts) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "bank_shape"),
        ("[]", "bank_shape"),
        ("questions: 5", "bank_shape"),
        ("questions: []", "topics"),
        (HEAD.replace("title: {vi: Thử}", "title: Thử") + RIGHT, "text_missing"),
        (HEAD.replace("luat:", "Luật ơi:") + RIGHT, "topic"),
        ("public: maybe\n" + HEAD + RIGHT, "public"),
        ("more: 1\n" + HEAD + RIGHT, "field_unknown"),
    ],
)
def test_the_head_of_the_file_is_checked(text, code):
    assert code in [one for one, _ in problems(text)]


def test_too_many_questions_are_refused_after_the_limit(monkeypatch):
    monkeypatch.setattr(bank, "MOST_QUESTIONS", 2)
    tree = Tree(read_tree((HEAD + RIGHT).encode()).value)
    tree.value["questions"] = [tree.value["questions"][0] | {"id": f"c-{n}"} for n in range(5)]
    found = read(tree)
    assert found.seen == 2
    assert "too_many" in [one.code for one in found.problems]
