"""Reads and writes an answer in one cell of a table, as people write it: B · A, C · Đ S Đ Đ · 3,5 · one | other
spelling.

`read` takes a cell (text or number) and gives None for what it cannot read; `write` is its inverse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizzes.refusals import N_

TRUE = frozenset({"đ", "đúng", "dung", "t", "true", "1", "x", "✓"})
FALSE = frozenset({"s", "sai", "f", "false", "0", "✗"})
MARKS = re.compile(r"[\s,;./|+>→-]+")


@dataclass(frozen=True)
class CellForm:
    read: Callable[[Any], Any]
    write: Callable[[Any], str | int | float]
    how: str
    """For the person who fills the table."""


def _words(cell: Any) -> list[str]:
    return [word for word in MARKS.split(str(cell).strip().casefold()) if word]


def _read_letters(cell: Any) -> list[int] | None:
    words = _words(cell)
    if len(words) == 1 and words[0].isascii():
        words = list(words[0])  # "ACD" is A, C, D
    if not words or not all(re.fullmatch("[a-z]", word) for word in words):
        return None
    return [ord(word) - ord("a") for word in words]


def _read_letter(cell: Any) -> int | None:
    letters = _read_letters(cell)
    return letters[0] if letters and len(letters) == 1 else None


def _write_letter(index: int) -> str:
    return chr(ord("A") + index)


def _read_truths(cell: Any) -> list[bool] | None:
    words = _words(cell)
    if len(words) == 1 and len(words[0]) > 1 and set(words[0]) <= {"đ", "s", "t", "f"}:
        words = list(words[0])  # "ĐSĐĐ"
    if not words or not all(word in TRUE or word in FALSE for word in words):
        return None
    return [word in TRUE for word in words]


def _read_truth(cell: Any) -> bool | None:
    truths = _read_truths(cell)
    return truths[0] if truths and len(truths) == 1 else None


def _write_truth(answer: bool) -> str:
    return "Đ" if answer else "S"


def _read_spellings(cell: Any) -> list[str] | None:
    text = str(cell)
    parts = text.splitlines() if "\n" in text else text.split("|")
    return [part.strip() for part in parts if part.strip()] or None


def _write_spellings(answer: list[str]) -> str:
    return "\n".join(answer) if len(answer) > 1 and any("|" in one for one in answer) else " | ".join(answer)


LETTER = CellForm(_read_letter, _write_letter, N_("Ghi chữ cái của phương án đúng, ví dụ B."))
LETTERS = CellForm(
    _read_letters,
    lambda answer: ", ".join(map(_write_letter, answer)),
    N_("Ghi các chữ cái, ngăn bằng dấu phẩy, ví dụ A, C."),
)
TRUTH = CellForm(_read_truth, _write_truth, N_("Ghi Đ (đúng) hoặc S (sai)."))
TRUTHS = CellForm(
    _read_truths,
    lambda answer: " ".join(map(_write_truth, answer)),
    N_("Ghi Đ hoặc S cho từng ý theo thứ tự, ví dụ Đ S Đ Đ."),
)
SPELLINGS = CellForm(_read_spellings, _write_spellings, N_("Ghi các cách viết được chấp nhận, ngăn bằng dấu |."))
