"""Questions that are nearly the same, and questions that give another one's answer away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from quizzes.lint.guessing import words
from quizzes.questions.contract import Question
from quizzes.siblings import unit
from quizzes.text import fold

SAME = 0.6
"""The share of common word pairs from which two questions count as nearly the same."""
SAME_KEY = 0.25
"""The lower threshold for two questions with the same answer, over the word pairs of their stems alone: it finds a
paraphrase."""
RARE = 12
"""The most stems in which a word may stand and still say what a question is about."""
ABOUT = 0.25
"""The share of a question's rare words that another stem has when both are about one thing."""


def near(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Pairs of nearly the same question, or of a paraphrase with the same key, that are not tagged as siblings."""
    known = [(one, _pairs(_asked(one)), _pairs(one["text"]["vi"]), _answer(one)) for one in questions]
    for (one, mine, my_stem, my_key), (other, yours, your_stem, your_key) in combinations(known, 2):
        same_key = one["type"] == other["type"] and my_key is not None and my_key == your_key
        alike = _share(mine, yours) >= SAME or (same_key and _share(my_stem, your_stem) >= SAME_KEY)
        if alike and unit(one) != unit(other):
            yield str(one["id"]), str(other["id"])


def _share(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    return len(one & other) / max(len(one | other), 1)


def told(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yields (question, other): the other's stem holds the question's answer.

    Both are about one thing, and they are not tagged as siblings.
    """
    seen = {str(one["id"]): set(words(one["text"]["vi"])) for one in questions}
    often = Counter(word for found in seen.values() for word in found)
    rare = {name: {word for word in found if often[word] <= RARE} for name, found in seen.items()}
    for one in questions:
        pattern, mine = _answer(one), rare[str(one["id"])]
        if pattern is None or not mine:
            continue
        for other in questions:
            common = mine & rare[str(other["id"])]
            if unit(one) != unit(other) and len(common) >= max(2, ABOUT * len(mine)) and pattern.search(_stem(other)):
                yield str(one["id"]), str(other["id"])


def _answer(question: Question) -> re.Pattern[str] | None:
    """A pattern that finds the answer in another stem; None where the answer is not text or shorter than 4 letters."""
    if question["type"] == "single":
        key = question["options"][question["answer"]]["text"]["vi"]
    elif question["type"] == "text":
        key = question["answer"][0]
    elif question["type"] == "number":
        key = f"{question['answer']} {(question.get('settings') or {}).get('unit', {}).get('vi', '')}".strip()
    else:
        return None
    return re.compile(rf"(?<!\w){re.escape(_plain(key))}(?!\w)") if len(key) >= 4 else None


def _stem(question: Question) -> str:
    return _plain(question["text"]["vi"])


def _plain(text: str) -> str:
    return fold(text).replace(".", "")


def _asked(question: Question) -> str:
    return " ".join([question["text"]["vi"], *(one["text"]["vi"] for one in question.get("options") or [])])


def _pairs(text: str) -> set[tuple[str, str]]:
    found = re.findall(r"\w+", fold(text))
    return set(pairwise(found))
