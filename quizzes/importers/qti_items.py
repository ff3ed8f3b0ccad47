"""One item of QTI, 2.x or 3.0, as a question, and the other way round.

The names differ only in style (assessmentItem, qti-assessment-item), so both are brought to one. Read are: choice,
order, match (four statements, each true or false), text entry, extended text with keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.importers.building import (
    chosen,
    freed,
    no_key,
    paired,
    part_counted,
    picture_name,
    pointed,
    several_right,
    sound_left,
    unknown_kind,
    unseen_picture,
)
from quizzes.importers.contract import Read
from quizzes.importers.elements import line_of, words
from quizzes.importers.mathml import latex_in
from quizzes.importers.qti_keys import as_good, keys_of
from quizzes.importers.qti_names import attribute, bare, found_in
from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.text import fold

RIGHT = N_("Đáp án theo correctResponse trong tệp.")
OLD = N_("Tệp này là QTI 1.2. Hãy xuất lại dạng QTI 2.1, 2.2 hoặc 3.0, hoặc dạng Moodle XML.")
ALT = N_("Hình của câu hỏi")
ITEM = "assessmentitem"
INTERACTIONS = {
    f"{kind}interaction"
    for kind in ("choice", "inlinechoice", "order", "match", "textentry", "extendedtext", "associate", "gapmatch")
}
TEMPLATES = ("templatedeclaration", "printedvariable")
"""Parts of an item that is another one for everybody."""
FEEDBACK = {"feedbackinline", "feedbackblock"}
"""Shown only after an answer, so no words of an option."""
BLOCKS = {"p", "div", "li", "br", "prompt", "tr"}


Files = Callable[[str], str]
"""The picture at an address of an item, in Base64; "" for none."""


def item(root: Element, files: Files, pictures: dict[str, str]) -> Read:
    """The question of an item. Pictures of `files` that it uses go into `pictures` under their names."""
    latex_in(root)
    body = next(found_in(root, "itembody"), None)
    declared = {attribute(one, "identifier"): one for one in found_in(root, "responsedeclaration")}
    interactions = [one for one in body.iter() if bare(one) in INTERACTIONS] if body is not None else []
    stem = _stem(body) if body is not None else ""
    line = line_of(root)
    if len(interactions) != 1:
        draft: dict[str, Any] = {"type": "text", "text": {"vi": stem}, "answer": None}
        return Read(draft, line, [unknown_kind("composite" if interactions else "no interaction"), no_key()])
    one = interactions[0]
    declaration = declared.get(attribute(one, "responseidentifier"))
    keys, part = keys_of(declaration)
    draft, problems = _of_interaction(one, stem, keys, declaration)
    problems += ([part_counted()] if part else []) + [unknown_kind("template") for _ in found_in(root, *TEMPLATES)][:1]
    beside = [each for each in found_in(root, "feedbackblock") if each not in {*one.iter()}]
    if why := "\n".join(said for each in [*found_in(root, "modalfeedback"), *beside] if (said := _told(each))):
        draft["explanation"] = {"vi": why}
    problems += _picture(root, draft, files, pictures)
    draft |= _kept(root)
    return Read(draft, line, problems, RIGHT)


def _kept(root: Element) -> dict[str, Any]:
    """The fields that our writer puts into the label of an item: "source=...; difficulty=2"."""
    found: dict[str, Any] = {}
    for part in attribute(root, "label").split("; "):
        name, _, value = part.partition("=")
        if name in ("source", "topic", "author", "valid_from", "valid_to") and value:
            found[name] = value.replace("&semi;", ";")
        elif name == "difficulty" and value.isdigit():
            found[name] = int(value)
        elif name == "id" and value:
            found["id"] = value
    return found


def _stem(body: Element) -> str:
    """The words outside the interactions, and the prompt inside."""
    said: list[str] = []

    def walk(element: Element) -> None:
        if bare(element) in FEEDBACK or _is_for_others(element):
            return
        if bare(element) in INTERACTIONS:
            said.extend(_lines(one) + "\n" for one in element if bare(one) == "prompt")
            if bare(element) in ("textentryinteraction", "inlinechoiceinteraction"):
                said.append(" _____ ")
        else:
            if bare(element) in BLOCKS:
                said.append("\n")
            said.append(element.text or "")
            for one in element:
                walk(one)
                said.append(one.tail or "")
            if bare(element) in BLOCKS:
                said.append("\n")

    walk(body)
    lines = (" ".join(line.split()) for line in "".join(said).splitlines())
    return re.sub(r"(\s*_____)+$", "", "\n".join(line for line in lines if line))


def _told(feedback: Element) -> str:
    is_hidden = bare(feedback) in FEEDBACK
    return " ".join("".join(feedback.itertext()).split()) if is_hidden else _lines(feedback)


def _is_for_others(element: Element) -> bool:
    """True for words that only who marks or teaches reads."""
    return bare(element) == "rubricblock" and "candidate" not in attribute(element, "view")


def _lines(element: Element) -> str:
    """All words inside, blocks as lines."""
    said: list[str] = []
    hidden = {inner for one in element.iter() if bare(one) in FEEDBACK for inner in one.iter()}
    for one in element.iter():
        said += ["\n" if bare(one) in BLOCKS else "", "" if one in hidden else one.text or ""]
        if one is not element and (one not in hidden or bare(one) in FEEDBACK):
            said.append(one.tail or "")
    text = "".join(said) if len(element) else words(element)
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def _of_interaction(
    one: Element, stem: str, keys: list[str], declaration: Element | None
) -> tuple[dict[str, Any], list[Problem]]:
    kind = bare(one)
    choices = list(found_in(one, "simplechoice", "inlinechoice"))
    texts = [_lines(each) for each in choices]
    names = [attribute(each, "identifier") for each in choices]
    places = [names.index(key) for key in keys if key in names]
    problems = [] if keys and len(places) == len(keys) else [no_key()]
    if kind in ("choiceinteraction", "inlinechoiceinteraction"):
        many = attribute(declaration, "cardinality") == "multiple" if declaration is not None else False
        problems += [several_right()] if len(set(places)) > 1 and not many else []
        draft = chosen(stem, texts, sorted(set(places)), many)
        if draft["type"] != "true_false" and choices and attribute(choices[-1], "fixed") == "true":
            draft["settings"] = {"shuffle": "keep_last"}
        return draft, problems
    if kind == "orderinteraction":
        options = [{"text": {"vi": text}} for text in texts]
        return {"type": "ordering", "text": {"vi": stem}, "options": options, "answer": places}, problems
    if kind == "matchinteraction":
        return _statements(one, stem, keys)
    if kind in ("textentryinteraction", "extendedtextinteraction"):
        return _typed(stem, keys, declaration)
    return {"type": "text", "text": {"vi": stem}, "answer": None}, [unknown_kind(kind), no_key()]


def _typed(stem: str, keys: list[str], declaration: Element | None) -> tuple[dict[str, Any], list[Problem]]:
    base = attribute(declaration, "basetype") if declaration is not None else ""
    if base in ("float", "integer"):
        number = pointed(keys[0]) if keys else None
        answer = int(number) if number is not None and number == int(number) else number
        return {"type": "number", "text": {"vi": stem}, "answer": answer}, [no_key()] if number is None else []
    return {"type": "text", "text": {"vi": stem}, "answer": [*keys, *as_good(declaration, keys)]}, (
        [] if keys else [no_key()]
    )


def _statements(one: Element, stem: str, keys: list[str]) -> tuple[dict[str, Any], list[Problem]]:
    """Four rows against Đúng and Sai, or pairs; another match has no type here."""
    sides = [list(found_in(side, "simpleassociablechoice")) for side in found_in(one, "simplematchset")]
    if len(sides) != 2 or {fold(_lines(each)) for each in sides[1]} not in ({"dung", "sai"}, {"true", "false"}):
        said = {attribute(each, "identifier"): _lines(each) for side in sides for each in side}
        named = [(said.get(a, ""), said.get(b, "")) for a, b in (key.split() for key in keys if len(key.split()) == 2)]
        whole = len(sides) == 2 and len(named) == len(sides[0]) == len(sides[1]) and len(dict(named)) == len(named)
        if whole and (matched := paired(stem, named)):
            return matched, []
        return {"type": "text", "text": {"vi": stem}, "answer": None}, [unknown_kind("match"), no_key()]
    truths = {attribute(each, "identifier"): fold(_lines(each)) in ("dung", "true") for each in sides[1]}
    pairs = dict(key.split()[:2] for key in keys if len(key.split()) == 2)
    answer = [truths.get(pairs.get(attribute(each, "identifier"), "")) for each in sides[0]]
    options = [{"text": {"vi": _lines(each)}} for each in sides[0]]
    problems = [] if None not in answer else [no_key()]
    return {"type": "true_false_set", "text": {"vi": stem}, "options": options, "answer": answer}, problems


def _picture(root: Element, draft: dict[str, Any], files: Files, pictures: dict[str, str]) -> list[Problem]:
    """The first picture of an item hangs on its question, one inside an option on that; others are said."""
    found = []
    options = dict(zip(found_in(root, "simplechoice"), draft.get("options", []), strict=False))
    inside = {inner: option for choice, option in options.items() for inner in choice.iter()}
    for one in found_in(root, "img", "object", "audio", "video"):
        if bare(one) in ("audio", "video") or attribute(one, "type").startswith(("audio/", "video/")):
            found.append(sound_left())
            continue
        data = files(freed(attribute(one, "src") or attribute(one, "data")))
        holder = inside.get(one, draft)
        if data and "media" not in holder:
            name = picture_name(data)
            pictures[name] = data
            holder["media"] = {"name": name, "alt": {"vi": attribute(one, "alt") or ALT}}
            if holder is not draft and not holder["text"]["vi"]:
                del holder["text"]
        else:
            found.append(unseen_picture())
    return found
