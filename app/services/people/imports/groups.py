"""Rows that are no rows of the table: chapters that head the people below them, titles said again, words beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services.commit import in_turns
from quizzes.text import fold, visible

HEAD = re.compile(
    r"(?:ban chap hanh |bch )?(?:(?:lien )?chi (?:doan|hoi)|phan doan|(?:phuong|xa|huyen|tinh|thanh|lien) doan"
    r"|doan (?:phuong|xa|dac khu|thi tran|truong|khoi|co so|co quan|cong ty|benh vien|bo phan|ubnd|cong an"
    r"|dai hoc|cao dang|tncs|thanh nien)"
    r"|khu pho|thon|buon|to dan pho)\b.*|(?:to|khu|ap|xom|ban|lop|khoi|cum|doi) \S*\d.*"
)
"""Words a heading above people begins with, folded: kinds of chapters and places."""
ORDINAL = re.compile(r"(?:[ivxlc]{1,6}|[a-z]|\d{1,5})[.):/-]?", re.IGNORECASE)
NUMBERED = re.compile(r"(?:[IVXLC]{1,6}|[A-Za-z]|\d{1,3})\s*[.):/-]\s*")
"""A number before a heading: "I. ", "2) ", "A - "."""
COUNTED = re.compile(
    r"\s*(?:[:(–-]|\s-\s)\s*\d[\d.]*\s*(?:đoàn viên|đồng chí|đ/c|người|đv|hội viên|em)?\s*\)?\.?$", re.IGNORECASE
)
"""A count behind a heading: " (12 đoàn viên)", ": 12"."""


@dataclass(frozen=True)
class Groups:
    """By the row's number in its sheet, from 1."""

    heads: dict[int, str] = field(default_factory=dict)
    """A chapter's words: those below belong to it."""
    again: list[int] = field(default_factory=list)
    """The titles once more, as at the head of a printed page."""
    aside: list[int] = field(default_factory=list)
    """Words only where no column is read."""


def groups_of(rows: Sequence[Sequence[Any]], start: int, used: Collection[int], heads: bool) -> Groups:
    """The rows from index `start` on that are no rows of the table. `used`: columns that are read. `heads`: whether
    the table's people belong to chapters."""
    titles = [_texts(row) for row in rows[max(0, start - 2) : start]]
    found = Groups()
    for number, row in enumerate(in_turns(rows[start:]), start + 1):
        said = _texts(row)
        words = {at: text for at, text in said.items() if not ORDINAL.fullmatch(text)}
        if len(said) > 1 and said in titles:
            found.again.append(number)
        elif heads and len(set(words.values())) == 1 and (head := _head(next(iter(words.values())))):
            found.heads[number] = head
        elif words and not used & said.keys():
            found.aside.append(number)
    return found


def _texts(row: Sequence[Any]) -> dict[int, str]:
    return {at: text for at, cell in enumerate(row) if (text := visible(str(cell)))}


def _head(text: str) -> str:
    """The chapter's words without the number before and the count behind; "" where they name none."""
    words = COUNTED.sub("", NUMBERED.sub("", text, count=1)).rstrip(" :.")
    return words if HEAD.fullmatch(fold(words)) else ""
