"""Measures how well guessing works without any knowledge: each trick is tried on every question it fits.

A trick picks options; it wins by the share of right ones among its picks. Where it wins more than chance and one
standard deviation, the banks teach the trick instead of the matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizzes.questions.contract import Question, localized
from quizzes.text import fold

ABSOLUTE = re.compile(r"\b(chỉ|mọi|toàn bộ|tất cả|hoàn toàn|luôn|không bao giờ|tuyệt đối|bất kỳ|duy nhất)\b")
"""Words that test writers put into false statements without noticing."""
COMMON = frozenset(
    re.split(" ", "va la cua cho khi co cac nhung mot duoc khong thi de trong voi theo ve tu den bang gi nao")
)

ENOUGH = 10
"""The fewest questions that can teach a trick."""
Picks = frozenset[int]


@dataclass(frozen=True)
class Tally:
    """A trick and the questions it applies to: how many it wins, how many chance would win, and the usual deviation."""

    asked: int
    won: float
    chance: float
    deviation: float

    @property
    def pays(self) -> bool:
        return self.asked >= ENOUGH and self.won > self.chance + self.deviation


def longest(texts: list[str]) -> Picks:
    return _most([float(len(text)) for text in texts])


def not_longest(texts: list[str]) -> Picks:
    """Strike the longest option out: this helps as well where authors avoid a long key."""
    return frozenset(range(len(texts))) - longest(texts) if longest(texts) else frozenset()


def shortest(texts: list[str]) -> Picks:
    return _most([-float(len(text)) for text in texts])


def third_number(texts: list[str]) -> Picks:
    """The second largest of four numbers."""
    return _ranked(texts, 2)


def second_number(texts: list[str]) -> Picks:
    return _ranked(texts, 1)


def absolute(texts: list[str]) -> Picks:
    return frozenset(at for at, text in enumerate(texts) if ABSOLUTE.search(text.lower()))


def without_absolute(texts: list[str]) -> Picks:
    bold = absolute(texts)
    return frozenset(range(len(texts))) - bold if bold else frozenset()


def odd_form(texts: list[str]) -> Picks:
    """The one option of another form: it alone begins with a digit, or holds a comma, or quotes, or ends in a stop."""
    for form in (r"^\d", r",", r"“", r"\.$", r"\("):
        having = frozenset(at for at, text in enumerate(texts) if re.search(form, text))
        if len(having) in (1, len(texts) - 1):
            return having if len(having) == 1 else frozenset(range(len(texts))) - having
    return frozenset()


TRICKS: dict[str, Callable[[list[str]], Picks]] = {
    "longest": longest,
    "not the longest": not_longest,
    "shortest": shortest,
    "second of four numbers": second_number,
    "third of four numbers": third_number,
    "absolute words": absolute,
    "no absolute words": without_absolute,
    "odd form": odd_form,
    **{f"place {place + 1}": (lambda texts, at=place: frozenset([at])) for place in range(4)},  # type: ignore[misc]
}


def tally(questions: Iterable[Question], trick: str, lang: str = "vi") -> Tally:
    """Counts the successes of one trick on single choices; "echo" picks the option that repeats most of the stem."""
    asked, won, chance, variance = 0, 0.0, 0.0, 0.0
    for question in questions:
        if question["type"] != "single":
            continue
        texts = [localized(option["text"], lang) for option in question["options"]]
        picks = echo(localized(question["text"], lang), texts) if trick == "echo" else TRICKS[trick](texts)
        if picks and len(picks) < len(texts):
            asked += 1
            won += (question["answer"] in picks) / len(picks)
            share = 1 / len(texts)
            chance += share
            variance += share / len(picks) - share * share
    return Tally(asked, won, chance, variance**0.5)


def echo(stem: str, texts: list[str]) -> Picks:
    """The option that alone fits the stem's own words."""
    said = set(words(stem))
    return _most([float(len(said & set(words(text)))) for text in texts])


def words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d]+", fold(text)) if word not in COMMON]


def statements(questions: Iterable[Question]) -> list[tuple[str, bool]]:
    """Every sentence that is judged true or false, with its truth."""
    found: list[tuple[str, bool]] = []
    for question in questions:
        if question["type"] == "true_false":
            found.append((question["text"]["vi"], question["answer"]))
        if question["type"] == "true_false_set":
            texts = (option["text"]["vi"] for option in question["options"])
            found += zip(texts, question["answer"], strict=True)
    return found


def _most(scores: list[float]) -> Picks:
    best = max(scores)
    picks = frozenset(at for at, score in enumerate(scores) if score == best)
    return picks if len(picks) == 1 else frozenset()


def _ranked(texts: list[str], rank: int) -> Picks:
    """The option at this rank where all four are different numbers; 1.000 is a thousand."""
    found = [re.findall(r"\d[\d.]*(?:,\d+)?", text) for text in texts]
    if len(texts) != 4 or any(len(numbers) != 1 for numbers in found):
        return frozenset()
    values = [float(numbers[0].rstrip(".").replace(".", "").replace(",", ".")) for numbers in found]
    return frozenset([values.index(sorted(values)[rank])]) if len(set(values)) == 4 else frozenset()
