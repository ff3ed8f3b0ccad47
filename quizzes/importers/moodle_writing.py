"""Questions as Moodle's XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from quizzes.importers.building import not_carried
from quizzes.problems import Problem
from quizzes.questions.options import TRUE_AND_FALSE

KEPT = ("source", "difficulty", "author", "valid_from", "valid_to")
"""The fields that go into tags, as Moodle has no place for them."""


def write(
    questions: Sequence[Mapping[str, Any]], topics: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Element, list[Problem]]:
    """The tree, and which questions it cannot hold. Pictures are left to their links."""
    problems = not_carried(questions, {"single", "multiple", "true_false", "number", "text"})
    left = {one.path[0] for one in problems}
    root, topic = Element("quiz"), ""
    for place, one in enumerate(questions):
        if place in left:
            continue
        if one["topic"] != topic:
            topic = one["topic"]
            head = SubElement(root, "question", {"type": "category"})
            named = (topics or {}).get(topic, {}).get("vi") or topic
            SubElement(SubElement(head, "category"), "text").text = f"$course$/top/{named.replace('/', '-')}"
        _written(root, one)
    return root, problems


def _written(root: Element, one: Mapping[str, Any]) -> None:
    kinds = {
        "single": "multichoice",
        "multiple": "multichoice",
        "true_false": "truefalse",
        "number": "numerical",
        "text": "shortanswer",
    }
    made = SubElement(root, "question", {"type": kinds[one["type"]]})
    _text_under(made, "name", one["id"], None)
    _text_under(made, "questiontext", one["text"]["vi"], "plain_text")
    _text_under(made, "generalfeedback", (one.get("explanation") or {}).get("vi", ""), "plain_text")
    SubElement(made, "idnumber").text = one["id"]
    _keys(made, one)
    tags = SubElement(made, "tags")
    for name in KEPT:
        if one.get(name):
            _text_under(tags, "tag", f"{name}={one[name]}", None)
    for tag in one.get("tags") or []:
        _text_under(tags, "tag", tag, None)


def _keys(made: Element, one: Mapping[str, Any]) -> None:
    answer, settings = one["answer"], one.get("settings") or {}
    if one["type"] in ("single", "multiple"):
        right = answer if isinstance(answer, list) else [answer]
        SubElement(made, "single").text = str(one["type"] == "single").lower()
        SubElement(made, "shuffleanswers").text = str(settings.get("shuffle") != "keep_last").lower()
        for at, option in enumerate(one["options"]):
            share = f"{100 / len(right):.5f}".rstrip("0").rstrip(".") if at in right else "0"
            _text_under(made, "answer", option["text"]["vi"], "plain_text", share)
    elif one["type"] == "true_false":
        for word, share in zip(TRUE_AND_FALSE["en"], ("100", "0") if answer else ("0", "100"), strict=True):
            _text_under(made, "answer", word.lower(), "plain_text", share)
    elif one["type"] == "number":
        around = settings.get("tolerance", 0)
        if settings.get("tolerance_kind") == "percent":
            around = abs(answer) * around / 100
        SubElement(_text_under(made, "answer", str(answer), "plain_text", "100"), "tolerance").text = str(around)
        if unit := (settings.get("unit") or {}).get("vi"):
            held = SubElement(SubElement(made, "units"), "unit")
            SubElement(held, "multiplier").text = "1"
            SubElement(held, "unit_name").text = unit
    else:
        SubElement(made, "usecase").text = "1" if settings.get("case") == "exact" else "0"
        for said in answer:
            _text_under(made, "answer", said.replace("*", "\\*"), "plain_text", "100")


def _text_under(above: Element, name: str, text: str, form: str | None, share: str = "") -> Element:
    about = ({"fraction": share} if share else {}) | ({"format": form} if form else {})
    made = SubElement(above, name, about)
    SubElement(made, "text").text = text
    return made
