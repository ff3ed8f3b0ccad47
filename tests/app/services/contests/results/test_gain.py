"""The effect of a campaign: people who took both contests, by chapter, on pairs of questions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.services.contests.results import gain
from quizzes.contest.desk.gain import LEAST
from quizzes.questions.contract import FULL

BEFORE, AFTER = 1, 2
PAPERS = {
    number: {f"{number}-{at}": {"topic": "dvc", "type": "single", "difficulty": 2} for at in range(4)}
    for number in (BEFORE, AFTER)
}


def rights(contest: int, right: int) -> dict[str, int]:
    return {f"{contest}-{at}": FULL if at < right else 0 for at in range(4)}


def test_people_are_compared_with_themselves_and_few_have_no_figure_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    took: dict[int, list[Any]] = {
        BEFORE: [(member, (7, rights(BEFORE, 1 + member % 2))) for member in range(2 * LEAST + 5)],
        AFTER: [(member, (7 + member // LEAST, rights(AFTER, 3))) for member in range(2 * LEAST + 3)]
        + [(999, (7, rights(AFTER, 0)))],
    }
    monkeypatch.setattr(gain, "frozen", lambda number: SimpleNamespace(paper=PAPERS[number]))
    monkeypatch.setattr(gain, "_papers", lambda number: iter(took[number]))
    monkeypatch.setattr(gain, "_names", lambda chapters: {number: f"Chi đoàn {number}" for number in chapters})
    monkeypatch.setattr(gain, "_secret", lambda asked: len(asked) == 8)
    found = gain.learned(BEFORE, AFTER)
    assert (found.pairs, found.secret, found.both, found.few) == (4, True, 2 * LEAST + 3, 2)
    ((name, one),) = found.chapters
    assert (name, one.people, one.before, one.after, one.gain) == ("Chi đoàn 7", LEAST, 375, 750, 375)
    assert one.low < 375 < one.high
