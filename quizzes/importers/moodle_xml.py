"""Moodle's XML: multichoice, truefalse, numerical, shortanswer, matching, with the pictures in their question text.

Categories are topics. What Moodle has no place for (source, difficulty, id) stands in tags "name=value" and idnumber.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.bank import KEY, LONGEST_TAG, MOST_TAGS
from quizzes.importers.building import (
    NO,
    YES,
    chosen,
    no_key,
    paired,
    part_counted,
    pointed,
    several_right,
    sound_left,
    text_left,
    uneven,
    unknown_kind,
    unread_file,
)
from quizzes.importers.contract import Given, Imported, Importer, Read
from quizzes.importers.elements import child, children, line_of, name_of, words
from quizzes.importers.finishing import finished
from quizzes.importers.moodle_pictures import on_options, on_question, text_of
from quizzes.importers.moodle_writing import KEPT, write
from quizzes.importers.table import slug
from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.text import fold

SOUND = re.compile(
    r"<(?:audio|video|iframe|embed|object)\b|@@PLUGINFILE@@/[^\"'>]+\.(?:mp3|mp4|m4a|ogg|wav|webm)", re.I
)
WILD = re.compile(r"(?<!\\)\*")
RIGHT = N_("Đáp án theo điểm của từng phương án trong tệp.")


def knows(root: Element) -> bool:
    return name_of(root) == "quiz"


def read(root: Element, given: Given | None = None) -> Imported:
    if not knows(root):
        return Imported(problems=[unread_file(N_("Đây không phải tệp câu hỏi Moodle XML."))])
    pictures: dict[str, str] = {}
    left: list[Problem] = []
    found = finished(_questions(root, pictures, left), given or {})
    found.problems += left
    hung = (one for draft in found.drafts for one in (draft, *draft.get("options", [])))
    used = {one["media"]["name"] for one in hung if one.get("media")}
    found.pictures = {name: data for name, data in pictures.items() if name in used}
    return found


def _questions(root: Element, pictures: dict[str, str], left: list[Problem]) -> Iterator[Read]:
    """`left` takes what the file shows without asking."""
    topic = ""
    for one in children(root, "question"):
        kind = one.get("type") or ""
        if kind == "category":
            topic = words(child(child(one, "category"), "text")).rsplit("/", 1)[-1]
            continue
        if kind == "description":
            left.append(text_left(text_of(child(one, "questiontext"))[0], line_of(one)))
            continue
        stem, why = child(one, "questiontext"), text_of(child(one, "generalfeedback"))[0]
        text, images = text_of(stem)
        draft, problems = _of_kind(one, kind, text)
        if why or (why := _feedback(one)):
            draft["explanation"] = {"vi": why}
        problems += on_question(draft, stem, images, pictures)
        problems += on_options(draft, one, pictures)
        problems += [sound_left()] if SOUND.search(words(stem)) else []
        pairs = [tag.partition("=") for tag in _tags(one)]
        kept = {name: value for name, _, value in pairs if name in KEPT and value}
        if tags := list(dict.fromkeys(name[:LONGEST_TAG] for name, _, value in pairs if name and not value)):
            draft["tags"] = tags[:MOST_TAGS]
        if topic and topic not in ("top", "$course$"):
            draft["topic"] = topic
        if kept.get("difficulty", "").isdigit():
            draft["difficulty"] = int(kept.pop("difficulty"))
        key = words(child(one, "idnumber"))
        key = key if KEY.fullmatch(key) else slug(key)
        key = key if KEY.fullmatch(key) else ""
        yield Read({**draft, **kept, **({"id": key} if key else {})}, line_of(one), problems, RIGHT)


def _tags(one: Element) -> list[str]:
    tags = child(one, "tags")
    return [words(child(tag, "text")) for tag in children(tags, "tag")] if tags is not None else []


def _answers(one: Element) -> list[tuple[str, float]]:
    found = []
    for answer in children(one, "answer"):
        share = answer.get("fraction") or "0"
        value = float(share) if re.fullmatch(r"-?\d{1,4}(\.\d{1,9})?", share) else 0.0
        found.append((text_of(answer)[0], value))
    return found


def _feedback(one: Element) -> str:
    """The feedback of the right answer, where the question has none of its own."""
    right = [a for a in children(one, "answer") if (a.get("fraction") or "").startswith("100")]
    return next((said for a in right if (said := text_of(child(a, "feedback"))[0])), "")


def _of_kind(one: Element, kind: str, text: str) -> tuple[dict[str, Any], list[Problem]]:
    answers = _answers(one)
    right = [at for at, (_, share) in enumerate(answers) if share > 0]
    if kind == "multichoice":
        many = words(child(one, "single")).lower() in ("false", "0")
        problems = []
        if not many:
            whole = [at for at, (_, share) in enumerate(answers) if share == 100]
            problems = [part_counted()] if whole and len(whole) < len(right) else []
            problems = [several_right()] if len(whole) > 1 else problems
            right = whole
        elif len({round(answers[at][1]) for at in right}) > 1:
            problems = [uneven()]
        draft = chosen(text, [said for said, _ in answers], right, many)
        if draft["type"] != "true_false" and words(child(one, "shuffleanswers")).lower() in ("false", "0"):
            draft["settings"] = {"shuffle": "keep_last"}
        return draft, problems if right else [no_key()]
    if kind == "truefalse":
        truths = {fold(said) for said, share in answers if share == 100}
        answer = None if len(truths) != 1 or not truths <= YES | NO else truths <= YES
        return {"type": "true_false", "text": {"vi": text}, "answer": answer}, [no_key()] if answer is None else []
    if kind == "shortanswer":
        whole_words = [said for said, share in answers if share == 100]
        plainly = [said.replace("\\*", "*") for said in whole_words if not WILD.search(said)]
        draft = {"type": "text", "text": {"vi": text}, "answer": plainly}
        if words(child(one, "usecase")) == "1":
            draft["settings"] = {"case": "exact"}
        parts = [part_counted()] if len(right) > len(whole_words) else []
        parts += [_wildcard()] if len(whole_words) > len(plainly) else []
        return draft, parts if draft["answer"] else [no_key()]
    if kind == "numerical":
        return _number(one, text)
    if kind == "matching":
        pairs = [(text_of(pair)[0], words(child(child(pair, "answer"), "text"))) for pair in _pairs(one)]
        if matched := paired(text, pairs):
            return matched, []
    return {"type": "text", "text": {"vi": text}, "answer": None}, [unknown_kind(kind), no_key()]


def _pairs(one: Element) -> Iterator[Element]:
    return children(one, "subquestion")


def _wildcard() -> Problem:
    sentence = N_("Đáp án có dấu * thay cho chữ bất kỳ không dùng được ở đây; hãy thêm những cách viết được nhận.")
    return Problem(("answer",), "wildcard", sentence, warning=True)


def _number(one: Element, text: str) -> tuple[dict[str, Any], list[Problem]]:
    worth = [a for a, (_, share) in zip(children(one, "answer"), _answers(one), strict=True) if share > 0]
    right = next((a for a in worth if (a.get("fraction") or "").startswith("100")), None)
    number = pointed(words(child(right, "text"))) if right is not None else None
    around = pointed(words(child(right, "tolerance")) or "0")
    draft: dict[str, Any] = {"type": "number", "text": {"vi": text}, "answer": _whole(number)}
    settings: dict[str, Any] = {"tolerance": _whole(around)} if around else {}
    if unit := words(child(child(child(one, "units"), "unit"), "unit_name")):
        settings["unit"] = {"vi": unit}
    if settings:
        draft["settings"] = settings
    return draft, [no_key()] if number is None else [part_counted()] if len(worth) > 1 else []


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


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
