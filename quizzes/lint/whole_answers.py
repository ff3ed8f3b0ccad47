"""Typed answers as people give them: whole, with the question's own words around them, and not refused for it.

Who is asked “gọi là mã gì?” types "mã QR", who is asked to fill a gap types the phrase with the gap filled, who is
asked for an app types "ứng dụng VNeID", and an abbreviation may come with dots or spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.questions.contract import Question, localized
from quizzes.questions.text import is_right
from quizzes.text import fold

GAP = re.compile(r"\.\.\.|…")
QUOTED = re.compile(r"“([^”]*)”")
CLAUSE = re.compile(r"[.,:;?!()“”]")
ASKED_BY = re.compile(
    r"\b(?:gọi là|gọi bằng|chụp|thuộc|dùng|là|là loại)\s+(?!gì|nào)((?:[^\W\d]+\s){1,3})(?:gì|nào)\b", re.IGNORECASE
)
"""The noun that a question puts before its question word: "gọi là phần mềm gì"."""
NO_NOUN = frozenset(("tu", "cum tu", "tu tieng anh", "chu", "chu cai", "so", "ten", "hai chu", "va", "de lam"))
KINDS = {"ứng dụng": "app", "phần mềm": "", "hệ điều hành": "", "công nghệ": "", "mã độc": "", "nền tảng": ""}
"""Words that say which kind of thing a name is, put before it; another word for some."""
JOINING = frozenset(["va", "la", "and", "the", "is", "are", "called"])
BESIDE = 3
"""People repeat up to this many words before a gap."""
LETTERS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]")


def refused(question: Question) -> list[str]:
    """Natural whole answers that a question of typed answers would count as wrong."""
    if question["type"] != "text":
        return []
    return [one for one in dict.fromkeys(_natural(question)) if not is_right(question, one)]


def _natural(question: Question) -> Iterator[str]:
    first = str(question["answer"][0])
    stem = localized(question["text"], "vi")
    yield from _filled(stem, first)
    yield from _named(stem, first)
    if "viết tắt" in stem and LETTERS.fullmatch(first):
        yield from (" ".join(first), ".".join(first), ".".join(first) + ".")
    english = question["text"].get("en")
    plain = next((str(one) for one in question["answer"] if re.fullmatch(r"[A-Za-z][A-Za-z -]+", str(one))), "")
    if english and plain:
        yield from (one for one in _filled(english, plain) if one.isascii())


def _filled(stem: str, answer: str) -> Iterator[str]:
    """The phrase of a gap, filled: all of its quotes, else with the words beside it."""
    quotes = [quote for quote in QUOTED.findall(stem) if GAP.search(quote)]
    for quote in quotes:
        yield re.sub(r"\s*\.\s*", ".", GAP.sub(answer, quote))
    for clause in [] if quotes else CLAUSE.split(GAP.sub("\0", stem)):
        before, gap, after = clause.partition("\0")
        if gap:
            left = before.split()[-BESIDE:]
            left = left[max((at + 1 for at, word in enumerate(left) if fold(word) in JOINING), default=0) :]
            filled = f"{' '.join(left)}{'' if before.endswith('-') else ' '}{answer}".strip()
            right = after.split() if after.strip()[:1].islower() and len(after.split()) <= BESIDE else []
            yield from (filled, " ".join([filled, *right]))


def _named(stem: str, answer: str) -> Iterator[str]:
    """The answer after the noun that asks for it, or after the kind of thing that it names."""
    nouns = [noun.strip() for noun in ASKED_BY.findall(stem)]
    for kind, other in KINDS.items():
        if re.search(rf"(?:^|[.,?!] )(?:tên |loại )?{kind}\b|{kind} (?:gì|nào)\b", stem, re.IGNORECASE):
            nouns += [kind, other] if other else [kind]
    for noun in nouns:
        if fold(noun) not in NO_NOUN and not fold(answer).startswith(fold(noun)):
            yield f"{noun} {answer}"
