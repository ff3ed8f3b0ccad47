"""Minutes of results (biên bản): a PDF in the form of administrative documents, typeset on a thread of its own.

An official paper in Vietnamese, so its words are not translated. It names people in full: for organisers.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.services.apart import apart
from app.services.files import archive

TEMPLATE = Path(__file__).resolve().parents[4] / "templates" / "contests" / "results" / "minutes.typ"


@dataclass(frozen=True)
class Group:
    """A prize with its rows: rank, name, code, year of birth, chapters, score, right answers, time, value."""

    title: str
    rows: list[list[str]]
    note: str = ""
    """A sentence for a shared rank that gives a prize to more people than the rules name."""


@dataclass(frozen=True)
class Payment:
    """One line of the accountant's list. `amount` in đồng."""

    name: str
    code: str
    birth_year: str
    chapters: str
    prize: str
    amount: int


@dataclass(frozen=True)
class Minutes:
    """The content of the minutes; every text as it is printed."""

    above: str
    """The body above the organiser, or the organiser's own family of bodies."""
    organ: str
    title: str
    state: str
    """"tạm thời" or "chính thức"."""
    day: tuple[int, int, int]
    """Year, month, day."""
    grounds: list[str]
    figures: list[list[str]]
    decisions: list[list[str]]
    """Number, moment, what, why."""
    complaints: str
    winners: list[Group]
    units: list[list[str]]
    """Prize, chapter, rank, what it was judged by, value."""
    payments: list[list[str]]
    """The accountant's list: number, who, code, year of birth, chapters, prize, amount."""
    total: str
    proof: list[list[str]]


def as_pdf(minutes: Minutes) -> bytes:
    """The PDF (PDF/A-2b, for the archive)."""
    return apart(archive.paper, TEMPLATE, json.dumps(asdict(minutes), ensure_ascii=False))
