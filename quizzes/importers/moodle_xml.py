"""Moodle's XML: multichoice, truefalse, numerical, shortanswer, with the pictures in their question text.

Categories are topics. What Moodle has no place for (source, difficulty, id) stands in tags "name=value" and idnumber.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from quizzes.importers.building import chosen, no_key, not_carried, picture_name, plain, unknown_kind, unread_file
from quizzes.importers.contract import Given, Imported, Importer, Read
from quizzes.importers.elements import child, children, line_of, name_of, words
from quizzes.importers.finishing import finished
from quizzes.problems import Problem
from quizzes.questions.number import parse
from quizzes.questions.true_false import WORDS
from quizzes.refusals import N_

KEPT = ("source", "difficulty", "author", "valid_from", "valid_to")
RIGHT = N_("Đáp án theo điểm của từng phương án trong tệp.")
ALT = N_("Hình của câu hỏi")
LARGEST_PICTURE = 4_000_000


def knows(root: Element) -> bool:
    return name_of(root) == "quiz"


def read(root: Element, given: Given | None = None) -> Imported:
    if not knows(root):
        return Imported(problems=[unread_file(N_("Đây không phải tệp câu hỏi Moodle XML."))])
    pictures: dict[str, str] = {}
    found = finished(_questions(root, pictures), given or {})
    used = {draft["media"]["name"] for draft in found.drafts if "media" in draft}
    found.pictures = {name: data for name, data in pictures.items() if name in used}
    return found


def _questions(root: Element, pictures: dict[str, str]) -> Iterator[Read]:
    topic = ""
    for one in children(root, "question"):
        kind = one.get("type") or ""
        if kind == "category":
            topic = words(child(child(one, "category"), "text")).rsplit("/", 1)[-1]
            continue
        if kind == "description":
            continue
        stem, why = child(one, "questiontext"), _text(child(one, "generalfeedback"))[0]
        text, images = _text(stem)
        draft, problems = _of_kind(one, kind, text)
        if why or (why := _feedback(one)):
            draft["explanation"] = {"vi": why}
        problems += _picture(draft, stem, images, pictures)
        pairs = (tag.partition("=") for tag in _tags(one))
        kept = {name: value for name, _, value in pairs if name in KEPT and value}
        if topic and topic not in ("top", "$course$"):
            draft["topic"] = topic
        if kept.get("difficulty", "").isdigit():
            draft["difficulty"] = int(kept.pop("difficulty"))
        key = words(child(one, "idnumber"))
        yield Read({**draft, **kept, **({"id": key} if key else {})}, line_of(one), problems, RIGHT)


def _tags(one: Element) -> list[str]:
    tags = child(one, "tags")
    return [words(child(tag, "text")) for tag in children(tags, "tag")] if tags is not None else []


def _text(element: Element | None) -> tuple[str, list[tuple[str, str]]]:
    """(words, pictures) of an element with a text; HTML where its format says so, or nothing does."""
    if element is None:
        return "", []
    said = words(child(element, "text")) if child(element, "text") is not None else words(element)
    if (element.get("format") or "html") in ("html", "moodle_auto_format"):
        return plain(said)
    return said.strip(), []


def _answers(one: Element) -> list[tuple[str, float]]:
    found = []
    for answer in children(one, "answer"):
        share = answer.get("fraction") or "0"
        value = float(share) if re.fullmatch(r"-?\d{1,4}(\.\d{1,9})?", share) else 0.0
        found.append((_text(answer)[0], value))
    return found


def _feedback(one: Element) -> str:
    """What the right answer's feedback says, where the question itself says nothing."""
    right = [a for a in children(one, "answer") if (a.get("fraction") or "").startswith("100")]
    return next((said for a in right if (said := _text(child(a, "feedback"))[0])), "")


def _of_kind(one: Element, kind: str, text: str) -> tuple[dict[str, Any], list[Problem]]:
    answers = _answers(one)
    right = [at for at, (_, share) in enumerate(answers) if share > 0]
    if kind == "multichoice":
        many = words(child(one, "single")).lower() in ("false", "0")
        if not many:
            right = [at for at, (_, share) in enumerate(answers) if share == 100]
        draft = chosen(text, [said for said, _ in answers], right, many)
        return draft, [] if right else [no_key()]
    if kind == "truefalse":
        truth = next((said.casefold() for said, share in answers if share == 100), "")
        answer = truth in ("true", "đúng") if truth else None
        return {"type": "true_false", "text": {"vi": text}, "answer": answer}, [] if truth else [no_key()]
    if kind == "shortanswer":
        draft = {"type": "text", "text": {"vi": text}, "answer": [said for said, share in answers if share == 100]}
        if words(child(one, "usecase")) == "1":
            draft["settings"] = {"case": "exact"}
        return draft, [] if draft["answer"] else [no_key()]
    if kind == "numerical":
        return _number(one, text)
    return {"type": "text", "text": {"vi": text}, "answer": None}, [unknown_kind(kind), no_key()]


def _number(one: Element, text: str) -> tuple[dict[str, Any], list[Problem]]:
    right = next((a for a in children(one, "answer") if (a.get("fraction") or "").startswith("100")), None)
    number = parse(words(child(right, "text")).replace(".", ",")) if right is not None else None
    around = parse((words(child(right, "tolerance")) or "0").replace(".", ","))
    draft: dict[str, Any] = {"type": "number", "text": {"vi": text}, "answer": _whole(number)}
    if around:
        draft["settings"] = {"tolerance": _whole(around)}
    return draft, [] if number is not None else [no_key()]


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


def _picture(
    draft: dict[str, Any], stem: Element | None, images: Sequence[tuple[str, str]], pictures: dict[str, str]
) -> list[Problem]:
    """Hang the first picture of the text on the question; others, and ones that lie elsewhere, are said."""
    files = {f.get("name") or "": words(f) for f in children(stem, "file")} if stem is not None else {}
    found = []
    for source, alt in images:
        inline = re.match(r"data:image/[a-z+]+;base64,(.+)", source, re.DOTALL)
        data = inline[1] if inline else files.get(re.sub(r"^@@PLUGINFILE@@/", "", source), "")
        data = "".join(data.split())
        if data and "media" not in draft and len(data) < LARGEST_PICTURE:
            name = picture_name(data)
            pictures[name] = data
            draft["media"] = {"name": name, "alt": {"vi": alt or ALT}}
        else:
            sentence = N_("Một hình của câu này không lấy được; hãy thêm hình sau khi nhập.")
            found.append(Problem(("media",), "picture_linked", sentence, warning=True))
    return found


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
    kinds = {"single": "multichoice", "multiple": "multichoice", "true_false": "truefalse", "number": "numerical",
             "text": "shortanswer"}  # fmt: skip
    made = SubElement(root, "question", {"type": kinds[one["type"]]})
    _said(made, "name", one["id"], None)
    _said(made, "questiontext", one["text"]["vi"], "plain_text")
    _said(made, "generalfeedback", (one.get("explanation") or {}).get("vi", ""), "plain_text")
    SubElement(made, "idnumber").text = one["id"]
    _keys(made, one)
    tags = SubElement(made, "tags")
    for name in KEPT:
        if one.get(name):
            _said(tags, "tag", f"{name}={one[name]}", None)


def _keys(made: Element, one: Mapping[str, Any]) -> None:
    answer, settings = one["answer"], one.get("settings") or {}
    if one["type"] in ("single", "multiple"):
        right = answer if isinstance(answer, list) else [answer]
        SubElement(made, "single").text = str(one["type"] == "single").lower()
        SubElement(made, "shuffleanswers").text = str(settings.get("shuffle") != "keep_last").lower()
        for at, option in enumerate(one["options"]):
            share = f"{100 / len(right):.5f}".rstrip("0").rstrip(".") if at in right else "0"
            _said(made, "answer", option["text"]["vi"], "plain_text", share)
    elif one["type"] == "true_false":
        for word, share in zip(WORDS["en"], ("100", "0") if answer else ("0", "100"), strict=True):
            _said(made, "answer", word.lower(), "plain_text", share)
    elif one["type"] == "number":
        around = settings.get("tolerance", 0)
        if settings.get("tolerance_kind") == "percent":
            around = abs(answer) * around / 100
        SubElement(_said(made, "answer", str(answer), "plain_text", "100"), "tolerance").text = str(around)
    else:
        SubElement(made, "usecase").text = "1" if settings.get("case") == "exact" else "0"
        for said in answer:
            _said(made, "answer", said, "plain_text", "100")


def _said(above: Element, name: str, text: str, form: str | None, share: str = "") -> Element:
    about = ({"fraction": share} if share else {}) | ({"format": form} if form else {})
    made = SubElement(above, name, about)
    SubElement(made, "text").text = text
    return made


IMPORTER = Importer(
    key="moodle_xml",
    title=N_("Moodle XML"),
    container="xml",
    suffixes=(".xml",),
    read=read,
    write=write,
    knows=knows,
    asks=True,
)
