"""The contract of a question type, and what all types share.

A question is a plain JSON-able dict:

    {"id", "type", "text": {"vi", "en"?}, "options": [{"text": {"vi", "en"?}, "media"?}]?, "answer",
     "explanation": {"vi", "en"?}, "source", "topic", "difficulty": 1..5, "valid_from"?, "valid_to"?,
     "media"?: {"name", "alt": {"vi", "en"?}}, "settings": {...}}

`shown` is what `arrange` drew for one opening: [[option id, index of the option], ...] in shown order.
Nothing drawn and nothing in a face may depend on `answer`: players see both before the reveal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.questions.cells import CellForm
from quizzes.refusals import N_, Rejected
from quizzes.settings.declared import check

Question = Mapping[str, Any]
Shown = Sequence[Sequence[Any]]
Choice = Any

FULL = 1000
"""A wholly right answer; `grade` gives thousandths of it."""
CHOICE_BYTES = 2048
"""The most bytes of one answer as it arrives."""
REST = "…"
"""The key under which counts put all answers that are not shown one by one."""
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class QuestionType:
    """The behaviour of one question type. `shown` is [] for types without options."""

    key: str
    title: str
    check: Callable[[Question], list[Problem]]
    """Problems of options, answer and settings of any draft; never raises."""
    arrange: Callable[[Question, Draws], list[list[Any]]]
    face: Callable[[Question, Shown, str], dict[str, Any]]
    """Public, in a language: {"type", "text", "media"?, "options": [{"id", "text", "media"?}], ...}."""
    read: Callable[[Question, Shown, Any], Choice]
    """The canonical choice, or Rejected("bad_choice"); `raw` is any JSON value from a stranger."""
    grade: Callable[[Question, Shown, Choice], int]
    """0..1000."""
    solution: Callable[[Question, Shown, str], dict[str, Any]]
    """The key as shown: {"choice", "texts"}; `choice` itself grades 1000."""
    counts: Callable[[Question, Shown, Iterable[Choice]], dict[str, int]]
    """Counts the answers: {option id or value: how many}."""
    possible: Callable[[Question, Shown], list[Choice]]
    """A few choices, right and wrong ones: for bots and tests."""
    cell: CellForm | None = None
    """How the answer stands in one cell of a table; None where a table cannot carry it."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """True for a type with a `shuffle` that may also stand as written; for the others the written order would be the
    key."""
    is_set: bool = False
    """True for a type whose choice may name its options in any order."""
    example: Question | None = None
    """{"text", "options"?, "answer", "settings"?}: a row of the table that people fill, to be looked at."""
    guide: tuple[str, str] = ("", "")
    """How its row is filled, in Vietnamese and in English."""


FUNCTIONS = ("check", "arrange", "face", "read", "grade", "solution", "counts", "possible")


def question_type(module: Mapping[str, Any], key: str, title: str, **more: Any) -> QuestionType:
    """A type made of the functions of its module (its `globals()`), which have the names of the contract. `more` are
    functions another module has, and what else the contract knows. Without an `arrange` it has no options."""
    own = {name: module[name] for name in FUNCTIONS if name in module}
    return QuestionType(key=key, title=title, **({"arrange": nothing_shown} | own | more))


def nothing_shown(question: Question, draws: Draws) -> list[list[Any]]:
    """Arranges a type without options."""
    return []


def bad_choice() -> Rejected:
    return Rejected("bad_choice")


def canonical(choice: Choice) -> str:
    """The stored form of a choice: JSON of at most 2 KB, without NUL, lone surrogate, NaN or infinity."""
    try:
        text = json.dumps(choice, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        size = len(text.encode("utf-8"))
    except (TypeError, ValueError, RecursionError):  # a lone surrogate is a UnicodeEncodeError: ValueError
        raise bad_choice() from None
    if size > CHOICE_BYTES or "\\u0000" in text.replace("\\\\", ""):
        raise bad_choice()
    return text


def localized(text: Any, lang: str) -> str:
    """The text in `lang`, else in Vietnamese."""
    return str(text.get(lang) or text.get("vi") or "") if isinstance(text, Mapping) else ""


def setting(question: Question, settings: Mapping[str, Setting], name: str) -> Any:
    """The question's own setting or the type's default."""
    return (question.get("settings") or {}).get(name, settings[name].default)


def check_settings(draft: Question, settings: Mapping[str, Setting]) -> list[Problem]:
    """The problems of settings: those the type does not know, and values that are not of their kind."""
    return list(check(settings, draft.get("settings"), ("settings",)))


def check_no_options(draft: Question) -> list[Problem]:
    """The problem of a draft that has options though its answer is typed."""
    sentence = N_("Loại câu này không có phương án.")
    return [problem(("options",), "options_unwanted", sentence)] if draft.get("options") else []


def media_face(media: Any, lang: str) -> dict[str, Any]:
    """{"media": {"name", "alt"}} or nothing; names are random, so they say nothing."""
    return {"media": {"name": media["name"], "alt": localized(media.get("alt"), lang)}} if media else {}


def bare_face(question: Question, lang: str) -> dict[str, Any]:
    """The fields that every face begins with. It is built up from nothing: a new field is private until it is named
    here."""
    face = {"type": question["type"], "text": localized(question["text"], lang)}
    return face | media_face(question.get("media"), lang)


def problem(path: Path, code: str, sentence: str, **about: Any) -> Problem:
    return Problem(path, code, sentence, about)
