"""A question for who may see its key: stem, options with the right ones marked, the key in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from app.services.banks.own_banks import BankLine, QuestionLine
from quizzes import bank as rules
from quizzes.importers.table import COLUMNS, write
from quizzes.questions import QUESTION_TYPES, localized
from quizzes.questions.options import text_of
from quizzes.refusals import N_
from quizzes.settings.values import PICTURE_NAME

TRUE, FALSE = N_("Đúng"), N_("Sai")


@dataclass(frozen=True)
class Shown:
    """`options`: (letter, words, right). `key`: the answer in words."""

    stem: str
    options: list[tuple[str, str, bool]]
    key: str
    explanation: str


def shown(body: Mapping[str, Any], lang: str) -> Shown:
    """A checked question as one reads it on paper, with its key."""
    answer, options = body["answer"], body.get("options") or []
    letters = [chr(65 + place) for place in range(len(options))]
    right = _right(answer)
    lines = [(letters[place], text_of(body, place, lang), place in right) for place in range(len(options))]
    return Shown(
        localized(body["text"], lang), lines, _key(body, letters, lang), localized(body.get("explanation"), lang)
    )


def _right(answer: Any) -> list[int]:
    if isinstance(answer, list):
        if all(isinstance(one, bool) for one in answer):
            return [place for place, one in enumerate(answer) if one]
        return [one for one in answer if isinstance(one, int)]
    return [answer] if isinstance(answer, int) and not isinstance(answer, bool) else []


def _key(body: Mapping[str, Any], letters: list[str], lang: str) -> str:
    answer, kind = body["answer"], body["type"]
    if kind == "true_false":
        return _truth(answer)
    if kind == "true_false_set":
        return ", ".join(f"{letter} {_truth(one)}" for letter, one in zip(letters, answer, strict=True))
    if kind in ("single", "multiple", "ordering", "matching"):
        mark = " → " if kind == "ordering" else ", "
        return mark.join(letters[one] for one in (answer if isinstance(answer, list) else [answer]))
    if kind == "number":
        unit = localized(body.get("settings", {}).get("unit"), lang)
        return f"{str(answer).replace('.', ',')} {unit}".strip()
    return " | ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def _truth(said: bool) -> str:
    return str(gettext(TRUE if said else FALSE))


def written(one: QuestionLine, bank: BankLine | None = None) -> dict[str, Any] | None:
    """The question as cells of the table; None where a table cannot hold it."""
    sheet, problems = write([one.body], bank.topics if bank else None)
    return None if problems else dict(zip((column.key for column in COLUMNS), sheet.rows[1], strict=True))


@dataclass(frozen=True)
class Look:
    """A question as players see it in one language: no key, its options in the order they were written."""

    lang: str
    text: str
    kind: str
    title: str
    options: list[tuple[str, str]]
    lacks: int
    """Texts that this language still lacks."""
    picture: str = ""
    """The name of its picture."""


def previewed(body: Mapping[str, Any], lang: str) -> Look:
    texts = [text for _, text in rules.localized_texts(body)]
    said = [(chr(65 + place), text_of(body, place, lang)) for place in range(len(body.get("options") or []))]
    if body["type"] == "true_false":
        said = [("A", str(gettext(TRUE))), ("B", str(gettext(FALSE)))]
    lacks = sum(not text.get(lang) for text in texts)
    title = QUESTION_TYPES[body["type"]].title
    return Look(lang, localized(body["text"], lang), body["type"], title, said, lacks, _picture(body))


def _picture(body: Mapping[str, Any]) -> str:
    name = str((body.get("media") or {}).get("name", ""))
    return name if PICTURE_NAME.fullmatch(name) else ""
