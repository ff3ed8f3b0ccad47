"""Shared by types with options: drawn ids, shuffled order, faces, checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions.contract import Choice, Question, Shown, bad_choice, bare_face, localized, media_face, problem
from quizzes.refusals import N_

ID_LETTERS = 5  # characters of an option's id
MOST_OPTIONS = 12  # options of a question
SHUFFLE = Setting("choice", "all", N_("Xáo trộn phương án"), choices=("all", "keep_last"))
"""keep_last: the last option stays last, for "Tất cả các phương án trên"."""

TRUE_AND_FALSE = {"vi": ("Đúng", "Sai"), "en": ("True", "False")}
"""Index 0 is true, 1 is false, and they are shown in this order: people look for Đúng first."""

LETTERED = [{"text": {"vi": f"Phương án {letter}"}} for letter in "ABCD"]
"""Options for the examples of question types."""


def drawn_ids(count: int, draws: Draws) -> list[str]:
    """`count` different ids."""
    ids: dict[str, None] = {}
    while len(ids) < count:
        ids[draws.token(ID_LETTERS)] = None
    return list(ids)


def arrange(question: Question, draws: Draws) -> list[list[Any]]:
    """Ids drawn, order shuffled; both independent of which option is right."""
    count = len(question["options"])
    ids = drawn_ids(count, draws)
    keep = (question.get("settings") or {}).get("shuffle") == "keep_last"
    order = draws.shuffled(range(count - keep)) + ([count - 1] if keep else [])
    return [[option_id, index] for option_id, index in zip(ids, order, strict=True)]


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    options = question["options"]
    faces = [
        {"id": option_id, "text": localized(options[index].get("text"), lang)}
        | media_face(options[index].get("media"), lang)
        for option_id, index in shown
    ]
    return bare_face(question, lang) | {"options": faces}


CHOSEN = {"arrange": arrange, "face": face}
"""The functions of types whose options stand in a drawn order."""


def indexes(shown: Shown) -> dict[str, int]:
    """Option id -> index in the question."""
    return {str(option_id): index for option_id, index in shown}


def id_of(shown: Shown, index: int) -> str:
    return next(str(option_id) for option_id, at in shown if at == index)


def ids(shown: Shown) -> list[str]:
    return [str(option_id) for option_id, _ in shown]


def read_ids(shown: Shown, raw: Any) -> list[str]:
    """Some of the option ids, each at most once, as given; else Rejected("bad_choice")."""
    known = ids(shown)
    if not isinstance(raw, list) or not 1 <= len(raw) <= len(known):
        raise bad_choice()
    if not all(isinstance(one, str) and one in known for one in raw) or len(set(raw)) != len(raw):
        raise bad_choice()
    return raw


def text_of(question: Question, index: int, lang: str) -> str:
    """An option in words; its picture's description where it has no text."""
    option = question["options"][index]
    media = option.get("media") or {}
    return localized(option.get("text"), lang) or localized(media.get("alt"), lang)


def are_indexes(value: Any, count: int) -> bool:
    """True for a list of different places among `count` options, at least one."""
    if not isinstance(value, list) or not value or not all(is_index(one, count) for one in value):
        return False
    return len(set(value)) == len(value)


def is_index(value: Any, count: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


def check_options(draft: Question, least: int = 2, most: int = MOST_OPTIONS) -> list[Problem]:
    """Enough options, each with a Vietnamese text or a picture, no two alike."""
    options = draft.get("options")
    if not isinstance(options, list) or not least <= len(options) <= most:
        sentence = N_("Cần từ %(least)s đến %(most)s phương án.")
        return [problem(("options",), "options_count", sentence, least=least, most=most)]
    found = [one for index, option in enumerate(options) for one in _check_option(option, index)]
    return found or _check_alike(options)


def _check_option(option: Any, index: int) -> list[Problem]:
    """Words or a picture; the words themselves are checked with all others of the question."""
    if not isinstance(option, Mapping):
        return [problem(("options", index), "option_shape", N_("Phương án phải có phần chữ hoặc hình."))]
    if option.get("text") is None and not option.get("media"):
        return [problem(("options", index), "option_empty", N_("Phương án còn trống."))]
    found = [one for one in option if one not in ("text", "media")]
    sentence = N_("Không có mục “%(name)s” trong phương án.")
    return [problem(("options", index, str(one)), "field_unknown", sentence, name=str(one)) for one in found]


def _check_alike(options: list[Any]) -> list[Problem]:
    seen: dict[str, int] = {}
    found = []
    for index, option in enumerate(options):
        text = " ".join(localized(option.get("text"), "vi").casefold().split())
        if text and text in seen:
            sentence = N_("Phương án này trùng với phương án %(other)s.")
            found.append(problem(("options", index, "text"), "option_twice", sentence, other=seen[text] + 1))
        seen.setdefault(text, index)
    return found


def read_one(question: Question, shown: Shown, raw: Any) -> Choice:
    """The one option that is chosen."""
    if not isinstance(raw, str) or raw not in ids(shown):
        raise bad_choice()
    return raw


def count_each(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Option -> the number of those who chose it."""
    found = dict.fromkeys(ids(shown), 0)
    for choice in choices:
        found[choice] += 1
    return found


def each_one(question: Question, shown: Shown) -> list[Choice]:
    """Every option, one at a time."""
    return list(ids(shown))
