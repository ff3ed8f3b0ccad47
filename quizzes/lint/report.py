"""Everything the linter has to say about a set of questions, a sentence a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizzes.lint.faults import faults
from quizzes.lint.guessing import ABSOLUTE, TRICKS, statements, tally
from quizzes.lint.likeness import near, told
from quizzes.questions.contract import LANGUAGES, Question

FAIR = (0.35, 0.65)
"""The share of true statements, among all and among those with an absolute word."""


def report(questions: Sequence[Question]) -> list[str]:
    return [*_single(questions), *_paying(questions), *_lopsided(questions), *_alike(questions)]


def _single(questions: Sequence[Question]) -> Iterator[str]:
    for question in questions:
        for sentence in faults(question):
            yield f"{question['id']}: {sentence}"


def _paying(questions: Sequence[Question]) -> Iterator[str]:
    for trick in (*TRICKS, "echo"):
        for lang in LANGUAGES:
            found = tally(questions, trick, lang)
            if found.pays:
                yield f"{trick} ({lang}) wins {found.won:.1f} of {found.asked}, chance {found.chance:.1f}"


def _lopsided(questions: Sequence[Question]) -> Iterator[str]:
    all_told = statements(questions)
    bold = [one for one in all_told if ABSOLUTE.search(one[0].lower())]
    for name, told_ones in (("statements", all_told), ("statements with an absolute word", bold)):
        share = sum(truth for _, truth in told_ones) / max(len(told_ones), 1)
        if len(told_ones) >= 10 and not FAIR[0] <= share <= FAIR[1]:
            yield f"{100 * share:.0f} per cent of {len(told_ones)} {name} are true"


def _alike(questions: Sequence[Question]) -> Iterator[str]:
    for one, other in near(questions):
        yield f"{one} and {other} are nearly the same and no siblings"
    for one, other in told(questions):
        yield f"{one}: its answer stands in the stem of {other}, and they are no siblings"
