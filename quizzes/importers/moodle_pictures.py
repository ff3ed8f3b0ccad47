"""Words and pictures of Moodle's XML: HTML with files beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.importers.building import freed, picture_name, plain, unseen_picture
from quizzes.importers.elements import child, children, words
from quizzes.problems import Problem
from quizzes.refusals import N_

ALT = N_("Hình của câu hỏi")
LARGEST_PICTURE = 4_000_000  # bytes of a picture


def text_of(element: Element | None) -> tuple[str, list[tuple[str, str]]]:
    """(words, pictures) of an element with a text; HTML where its format says so, or nothing does."""
    if element is None:
        return "", []
    said = words(child(element, "text")) if child(element, "text") is not None else words(element)
    if (element.get("format") or "html") in ("html", "moodle_auto_format"):
        return plain(said)
    return said.strip(), []


def on_question(
    draft: dict[str, Any], stem: Element | None, images: Sequence[tuple[str, str]], pictures: dict[str, str]
) -> list[Problem]:
    """Hang the first picture of the text on the question; others, and ones that lie elsewhere, are said."""
    found = []
    for source, alt in images:
        data = _data(source, stem)
        if data and "media" not in draft:
            draft["media"] = _hung(data, alt, pictures)
        else:
            found.append(unseen_picture())
    return found


def on_options(draft: dict[str, Any], one: Element, pictures: dict[str, str]) -> list[Problem]:
    """Options may be pictures too."""
    found = []
    for option, answer in zip(draft.get("options", []), children(one, "answer"), strict=False):
        for source, alt in text_of(answer)[1]:
            data = _data(source, answer)
            if data and "media" not in option:
                option["media"] = _hung(data, alt, pictures)
                if not option["text"]["vi"]:
                    del option["text"]
            else:
                found.append(unseen_picture())
    return found


def _hung(data: str, alt: str, pictures: dict[str, str]) -> dict[str, Any]:
    name = picture_name(data)
    pictures[name] = data
    return {"name": name, "alt": {"vi": alt or ALT}}


def _data(source: str, inside: Element | None) -> str:
    """A picture in Base64: in its address, or in a file beside it, whose name may be written for addresses."""
    inline = re.match(r"data:image/[a-z+]+;base64,(.+)", source, re.DOTALL)
    name = freed(re.sub(r"^@@PLUGINFILE@@/|\?.*$", "", source))
    files = {(f.get("name") or ""): words(f) for f in children(inside, "file")} if inside is not None else {}
    data = "".join((inline[1] if inline else files.get(name, "")).split())
    return data if len(data) < LARGEST_PICTURE else ""
