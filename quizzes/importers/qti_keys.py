"""The answers that an item of QTI counts as right, and what each is worth."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from quizzes.importers.elements import words
from quizzes.importers.qti_names import attribute, found_in


def keys_of(declaration: Element | None) -> tuple[list[str], bool]:
    """(what is right, True where other answers are worth a part of it)."""
    if declaration is None:
        return [], False
    correct = next(found_in(declaration, "correctresponse"), None)
    keys = [words(one) for one in found_in(correct, "value")] if correct is not None else []
    worth = worth_of(declaration)
    if keys or not worth:
        return [key for key in keys if key], False
    single, most = attribute(declaration, "cardinality") == "single", max(worth.values())
    keys = [key for key, value in worth.items() if value == most or not single]
    return [key for key in keys if key], len(keys) < len(worth)


def worth_of(declaration: Element) -> dict[str, float]:
    """Answer -> its points, where it has any."""
    entries = ((attribute(one, "mapkey"), attribute(one, "mappedvalue")) for one in found_in(declaration, "mapentry"))
    return {key: float(said) for key, said in entries if _positive(said)}


def _positive(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text)) and float(text) > 0


def as_good(declaration: Element | None, keys: list[str]) -> list[str]:
    """Other spellings that are worth as much as the right one."""
    worth = worth_of(declaration) if declaration is not None and keys else {}
    most = max(worth.values(), default=0.0)
    return [key for key, value in worth.items() if value == most and key and key not in keys]
