"""The project's own bank files (quizzes/banks/*.yaml), with the line of every problem.

title: {vi, en?}
public: true            # openly published: warned about where there are prizes; false when left out
topics: {<key>: {vi, en?}, ...}
questions: [<question>, ...]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes import bank
from quizzes.importers.contract import Imported, Importer, Tree, at_line
from quizzes.problems import Path, Problem
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

FIELDS = ("title", "public", "topics", "questions")


def read(tree: Tree) -> Imported:
    """Every question that is right, and every problem of the others."""
    found = Imported()
    head = tree.value
    if not isinstance(head, Mapping) or not isinstance(head.get("questions"), list):
        shape = problem((), "bank_shape", N_("Tệp ngân hàng cần có title, topics và danh sách questions."))
        found.problems += at_line([shape], tree, ())
        return found
    found.problems += at_line(_check_head(head), tree, ())
    found.title = head["title"] if isinstance(head.get("title"), Mapping) else {}
    found.topics = head["topics"] if isinstance(head.get("topics"), Mapping) else {}
    found.public = head.get("public") is True
    _read_questions(head["questions"], tree, found)
    return found


def _read_questions(drafts: Sequence[Any], tree: Tree, found: Imported) -> None:
    keys: dict[str, int] = {}
    texts: dict[str, int] = {}
    for index, draft in enumerate(drafts[: bank.MOST_QUESTIONS]):
        where: Path = ("questions", index)
        problems = bank.check_question(draft, found.topics)
        if not bank.errors(problems):
            problems += _check_twice(draft, tree.line(where), keys, texts)
        found.problems += at_line(problems, tree, where)
        found.seen += 1
        if not bank.errors(problems):
            found.drafts.append(bank.normal(draft))
            found.places.append(tree.line(where))
    if len(drafts) > bank.MOST_QUESTIONS:
        sentence = N_("Một tệp có nhiều nhất %(most)s câu hỏi.")
        many = problem((bank.MOST_QUESTIONS,), "too_many", sentence, most=bank.MOST_QUESTIONS)
        found.problems += at_line([many], tree, ("questions",))


def _check_twice(draft: Mapping[str, Any], line: int, keys: dict[str, int], texts: dict[str, int]) -> list[Problem]:
    """An id may stand once; the same text twice is worth a look."""
    key, text = draft["id"], fold(draft["text"]["vi"])
    found = []
    if key in keys:
        sentence = N_("Mã “%(name)s” đã dùng ở dòng %(other)s.")
        found.append(problem(("id",), "id_twice", sentence, name=key, other=keys[key]))
    if text in texts:
        about = {"other": texts[text]}
        found.append(Problem(("text",), "text_twice", N_("Câu này giống câu ở dòng %(other)s."), about, warning=True))
    keys.setdefault(key, line)
    texts.setdefault(text, line)
    return found


def _check_head(head: Mapping[str, Any]) -> list[Problem]:
    found = [
        problem((str(name),), "field_unknown", N_("Không có mục “%(name)s” trong tệp ngân hàng."), name=str(name))
        for name in head
        if name not in FIELDS
    ]
    found += bank.check_text(head.get("title"), ("title",), bank.LENGTHS["title"])
    if not isinstance(head.get("public", False), bool):
        found.append(problem(("public",), "public", N_("Mục public là true hoặc false.")))
    topics = head.get("topics")
    if not isinstance(topics, Mapping) or not topics:
        return [*found, problem(("topics",), "topics", N_("Cần khai báo ít nhất một chủ đề."))]
    for key, title in topics.items():
        if not isinstance(key, str) or not bank.KEY.fullmatch(key):
            sentence = N_("Mã chủ đề gồm chữ thường không dấu, số, - và _.")
            found.append(problem(("topics", str(key)), "topic", sentence))
        found += bank.check_text(title, ("topics", str(key)), bank.LENGTHS["title"])
    return found


def write(
    questions: Sequence[Mapping[str, Any]],
    title: Mapping[str, str],
    topics: Mapping[str, Mapping[str, str]],
    public: bool = False,
) -> dict[str, Any]:
    """The tree of a bank file, to be written as YAML; `read` gives the same questions back."""
    tidy = [{name: value for name, value in bank.normal(one).items() if value != {}} for one in questions]
    named = {key: dict(words) for key, words in topics.items()}
    return {"title": dict(title), "public": public, "topics": named, "questions": tidy}


IMPORTER = Importer(
    key="bank_yaml",
    title=N_("Ngân hàng câu hỏi (YAML)"),
    container="tree",
    suffixes=(".yaml", ".yml", ".json"),
    read=read,
    write=write,
)
