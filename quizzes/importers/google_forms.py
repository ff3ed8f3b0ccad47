"""A Google Form as its API says it in JSON: items with a question, its options and its grading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importers.building import (
    chosen,
    no_key,
    several_right,
    text_left,
    unknown_kind,
    unread_file,
    unseen_picture,
)
from quizzes.importers.contract import Given, Imported, Importer, Read, Tree
from quizzes.importers.finishing import finished
from quizzes.problems import Problem
from quizzes.refusals import N_

RIGHT = N_("Đáp án theo phần chấm điểm của biểu mẫu.")


def knows(tree: Tree) -> bool:
    head = tree.value
    return isinstance(head, Mapping) and isinstance(head.get("items"), list) and "questions" not in head


def read(tree: Tree, given: Given | None = None) -> Imported:
    if not knows(tree):
        return Imported(problems=[unread_file(N_("Đây không phải biểu mẫu Google Forms ở dạng JSON."))])
    items = [(item, place, _item(item, tree, place)) for place, item in enumerate(tree.value["items"])]
    found = finished([one for _, _, one in items if one], given or {})
    found.problems += [
        text_left(_text(item, "title") or "-", tree.line(("items", place))) for item, place, one in items if one is None
    ]
    info = tree.value.get("info")
    if isinstance(info, Mapping) and isinstance(info.get("title"), str):
        found.title = {"vi": info["title"][:200]}
    return found


def _item(item: Any, tree: Tree, place: int) -> Read | None:
    """One item; None for headings, pictures and page breaks, which ask nothing."""
    line = tree.line(("items", place))
    if not isinstance(item, Mapping) or not isinstance(item.get("questionItem"), Mapping):
        group = isinstance(item, Mapping) and "questionGroupItem" in item
        return Read({"text": {"vi": _text(item, "title")}}, line, [unknown_kind("grid")]) if group else None
    question = item["questionItem"].get("question")
    question = _map(question)
    grading = _map(question.get("grading"))
    keys = [_text(one, "value") for one in _list(_map(grading.get("correctAnswers")).get("answers"))]
    stem = "\n".join(one for one in (_text(item, "title"), _text(item, "description")) if one)
    draft, problems = _asked(question, stem, [one for one in keys if one])
    why = [_text(_map(grading.get(name)), "text") for name in ("generalFeedback", "whenRight")]
    if any(why):
        draft["explanation"] = {"vi": next(one for one in why if one)}
    if "image" in item["questionItem"] or "image" in item:
        sentence = N_("Hình ở địa chỉ khác không được tải về; hãy thêm hình sau khi nhập.")
        problems.append(Problem(("media",), "picture_linked", sentence, warning=True))
    return Read(draft, line, problems, RIGHT)


def _asked(question: Mapping[str, Any], stem: str, keys: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
    choice = question.get("choiceQuestion")
    if isinstance(choice, Mapping):
        options = [_text(one, "value") for one in _list(choice.get("options")) if not _map(one).get("isOther")]
        right = [at for at, one in enumerate(options) if one in keys]
        many = choice.get("type") == "CHECKBOX"
        problems = [] if right and len(right) == len(set(keys)) else [no_key()]
        if len(right) > 1 and not many:
            problems.append(several_right())
        if len(options) < len(_list(choice.get("options"))):
            sentence = N_("Phương án “Khác” để tự viết không được nhập.")
            problems.append(Problem(("options",), "other_left", sentence, warning=True))
        problems += [unseen_picture() for one in _list(choice.get("options")) if "image" in _map(one)]
        return chosen(stem, options, right, many), problems
    if isinstance(question.get("textQuestion"), Mapping):
        return {"type": "text", "text": {"vi": stem}, "answer": list(keys)}, [] if keys else [no_key()]
    name = next((key for key in question if key.endswith("Question")), "?")
    return {"type": "text", "text": {"vi": stem}, "answer": None}, [unknown_kind(name), no_key()]


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any, name: str) -> str:
    found = _map(value).get(name)
    return found.strip() if isinstance(found, str) else str(found) if isinstance(found, int | float) else ""


IMPORTER = Importer(
    key="google_forms",
    title=N_("Google Forms (JSON)"),
    container="tree",
    suffixes=(".json",),
    read=read,
    knows=knows,
    asks=True,
)
