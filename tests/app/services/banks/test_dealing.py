"""Questions dealt out to the rows of a plan: as many as can be, none twice."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from app.services.banks.dealing import deal
from app.services.banks.planning import Row, fill

EASY, HARD = ("dich-vu", 1, "single", 0), ("dich-vu", 5, "single", 0)


def test_a_row_that_others_need_not_share_takes_what_they_leave():
    rows = [Row(topic="dich-vu", count=1), Row(difficulty=1, count=1)]
    assert [one.short for one in fill(rows, 1, {EASY: 1, HARD: 1}, {})] == [0, 0]
    assert [one.short for one in fill(rows, 2, {EASY: 2, HARD: 1}, {})] == [0, 1]
    waits = fill(rows, 2, {EASY: 2, HARD: 1}, {HARD: 3})
    assert [(one.have, one.waiting) for one in waits] == [(2, 0), (1, 1)], (
        "once approved, the hard ones free an easy one"
    )


def test_siblings_count_once_for_a_paper():
    rows, all_of = [Row(topic="dich-vu", count=3)], {EASY: 2, HARD: 2}
    related = [("ngày", EASY, True), ("ngày", HARD, True), ("ngày", HARD, False)]
    assert [one.have for one in fill(rows, 1, all_of, {})] == [3]
    assert [one.have for one in fill(rows, 1, {EASY: 2, HARD: 1}, {}, related[:2])] == [2], "two of them, one paper"
    assert [one.have for one in fill([Row(count=2)], 2, {EASY: 2, HARD: 1}, {}, related[:2])] == [3], "one for each"
    waits = fill([Row(count=3)], 1, {EASY: 2, HARD: 1}, {HARD: 1}, related)
    assert [(one.have, one.waiting) for one in waits] == [(2, 0)], "a sibling that waits brings nothing"


@pytest.mark.parametrize("seed", range(60))
def test_as_many_are_dealt_as_the_narrowest_places_allow(seed):
    """Over every set of rows: what the others need, and what is there for these."""
    dice = random.Random(seed)
    stock = {kind: dice.randrange(5) for kind in "abcde"}
    fitting = [dice.sample("abcde", dice.randrange(1, 4)) for _ in range(dice.randrange(1, 6))]
    needs = [dice.randrange(6) for _ in fitting]
    least = min(
        sum(needs)
        - sum(needs[row] for row in some)
        + sum(stock[kind] for kind in {k for r in some for k in fitting[r]})
        for size in range(len(fitting) + 1)
        for some in combinations(range(len(fitting)), size)
    )
    dealt = deal(fitting, needs, stock)
    assert sum(dealt) == least
    assert all(0 <= some <= need for some, need in zip(dealt, needs, strict=True))
    assert dealt[0] == min(needs[0], sum(stock[kind] for kind in fitting[0])), "the first row is served first"
