"""Counts the content of the banks for the page docs/banks.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from quizzes.bank import languages
from quizzes.lint import readings, sources, themes
from quizzes.lint.guessing import ABSOLUTE, TRICKS, statements, tally
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import Question
from quizzes.text import fold

NUMBER_OR_DATE = re.compile(
    r"so hieu|nam nao|ngay nao|thang nao|(van ban|luat|nghi dinh|quyet dinh|nghi quyet|thong tu|cong van) nao\b"
    r"|bao nhieu (chuong|dieu)|theo thoi gian|tu som den muon"
)
"""A stem that asks for the number of a document or for a date."""
PRACTICAL = (
    "online-safety", "services-practice", "vneid-practice", "payments", "data-cases", "conduct", "life-digital",
    "helping-hands"
)  # fmt: skip
"""Banks of situations: what somebody does, not what a document says."""


SHAPES = ("text", "number", "ordering", "matching")
"""Types that formats of shows play in a way of their own: the wheel and the rows of the obstacle, the closest guess,
the fastest finger, pairs."""


def asks_number_or_date(question: Question) -> bool:
    """True when the question asks for a document's number or date, known by heart."""
    return bool(NUMBER_OR_DATE.search(fold(question["text"]["vi"])))


def practical(question: Question) -> bool:
    """True when the question asks what to do, or how something is done."""
    stem = fold(question["text"]["vi"])
    return not asks_number_or_date(question) and (
        question["topic"] in PRACTICAL or bool(re.search(r"\bban (se )?(lam|nen|can)\b|lam gi\b", stem))
    )


def page(banks: Mapping[str, Sequence[Question]]) -> str:
    """The page as Markdown."""
    everything = [one for questions in banks.values() for one in questions]
    lines = [
        "# Question banks",
        "",
        "Written by `python3 -m app bank statistics`; a test compares it with the banks.",
        "",
        "The banks of this repository are public with their keys: they are for practice and for friendly evenings.",
        "Questions for prizes go into a private bank: Banks → New bank, or `python3 -m app bank import FILE.yaml` with",
        "`public: false`; nobody but its authors and reviewers sees it.",
        "",
        "A bank is checked as a whole: no more than chance (and one standard deviation) may be won by a trick below,",
        "questions that give each other away carry the same `siblings` and are never drawn together.",
        "",
        *_by_bank(banks),
        "",
        *themes.section(everything),
        "",
        *_shares(everything),
        "",
        *_tricks(everything),
        "",
        *sources.section(everything),
        "",
        *readings.section(),
    ]
    return "\n".join(lines) + "\n"


def _by_bank(banks: Mapping[str, Sequence[Question]]) -> list[str]:
    kinds = list(QUESTION_TYPES)
    heads = ["bank", "all", *(kind.replace("_", " ") for kind in kinds), "1", "2", "3", "4", "5", "English"]
    rows = [_row(name, questions, kinds) for name, questions in banks.items()]
    rows.append(_row("**all**", [one for questions in banks.values() for one in questions], kinds))
    return ["## By bank, type and difficulty", "", _line(heads), _line(["---"] * len(heads)), *map(_line, rows)]


def _row(name: str, questions: Sequence[Question], kinds: Sequence[str]) -> list[str]:
    types = Counter(one["type"] for one in questions)
    levels = Counter(one["difficulty"] for one in questions)
    english = sum("en" in languages(one) for one in questions)
    numbers = [len(questions), *(types[kind] for kind in kinds), *(levels[level] for level in range(1, 6)), english]
    return [name, *map(str, numbers)]


def _shares(questions: Sequence[Question]) -> list[str]:
    told = statements(questions)
    shapes = sum(one["type"] in SHAPES for one in questions)
    bold = [truth for text, truth in told if ABSOLUTE.search(text.lower())]
    rows = [
        ("what somebody does in practice", sum(map(practical, questions)), len(questions)),
        ("numbers of documents, dates", sum(map(asks_number_or_date, questions)), len(questions)),
        ("in a shape of its own: a typed phrase, a number to come close to, an order, pairs", shapes, len(questions)),
        ("with siblings", sum(bool(one.get("siblings")) for one in questions), len(questions)),
        ("true among all statements", sum(truth for _, truth in told), len(told)),
        ("true among statements with an absolute word", sum(bold), len(bold)),
    ]
    table = [_line([name, str(some), str(of), f"{100 * some / max(of, 1):.0f}"]) for name, some, of in rows]
    return ["## Shares", "", _line(["what", "questions", "of", "per cent"]), _line(["---"] * 4), *table]


def _tricks(questions: Sequence[Question]) -> list[str]:
    found = ((name, tally(questions, name)) for name in (*TRICKS, "echo"))
    rows = [
        _line([name, str(one.asked), f"{one.won:.1f}", f"{one.chance:.1f}", f"{one.deviation:.1f}"])
        for name, one in found
    ]
    heads = ["trick", "applies to", "wins", "by chance", "deviation"]
    return ["## What somebody wins who knows nothing", "", _line(heads), _line(["---"] * len(heads)), *rows]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
