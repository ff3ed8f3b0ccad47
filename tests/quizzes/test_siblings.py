"""Siblings give each other away: one of them at most is drawn, and what a plan promises still holds."""

from collections import Counter

import pytest

from quizzes.contest.setup.blueprint import chances, shortages
from quizzes.contest.taking.paper import deck, draw
from quizzes.draws import Draws
from quizzes.siblings import apart, unit
from tests.quizzes.contest.bank import blueprint, question, snapshot

PAIR = [question("day", 1, siblings="x"), question("year", 1, siblings="x")]
ALONE = [question(f"q{number}", 1) for number in range(3)]
BANK = snapshot(*PAIR, *ALONE, question("month", 2, siblings="x"), question("r", 2))


def drawn(plan, number=0):
    return [one.question for one in draw(deck(plan, BANK), "seed", 0, number, 1).asked]


def test_one_of_the_siblings_is_drawn_and_each_of_them_now_and_then():
    seen = Counter()
    for number in range(60):
        kept = apart(PAIR + ALONE, Draws("s", number))
        assert len(kept) == 4
        seen.update(one["id"] for one in kept if one.get("siblings"))
    assert min(seen["day"], seen["year"]) > 10
    assert apart(PAIR, Draws("s"), {unit(PAIR[0])}) == []


def test_no_paper_holds_two_siblings_of_one_cell_of_cells_beside_each_other_or_of_a_fixed_question():
    beside = blueprint({"difficulty": [1, 1], "count": 3}, {"difficulty": [2, 2], "count": 1})
    fixed = blueprint({"difficulty": [1, 1], "count": 3}, fixed=["month"])
    for plan in (beside, fixed):
        for number in range(40):
            groups = Counter(unit(BANK[name]) for name in drawn(plan, number))
            assert set(groups.values()) == {1}


def test_siblings_count_once_when_a_plan_is_checked():
    assert shortages(blueprint({"difficulty": [1, 1], "count": 4}), BANK.values()) == []
    assert shortages(blueprint({"difficulty": [1, 1], "count": 5}), BANK.values())[0].have == 4
    beside = blueprint({"difficulty": [1, 1], "count": 4}, {"difficulty": [2, 2], "count": 2})
    short = shortages(beside, BANK.values())
    assert [one.have for one in short] == [1], "a sibling may be gone when the second cell is drawn"
    assert shortages(blueprint({"difficulty": [1, 1], "count": 4}, fixed=["month"]), BANK.values())[0].have == 3


def test_the_chance_of_siblings_is_shared_among_them():
    plan = blueprint({"difficulty": [1, 1], "count": 2})
    found = {name: float(chance) for name, chance in chances(plan, BANK.values()).items()}
    assert found == {"day": 0.25, "year": 0.25, "q0": 0.5, "q1": 0.5, "q2": 0.5}
    nested = blueprint({"difficulty": [1, 1], "count": 2}, {"count": 1})
    known = chances(nested, BANK.values())
    assert sum(known.values()) == 3
    seen = Counter(name for number in range(1500) for name in drawn(nested, number))
    assert {name: seen[name] / 1500 for name in known} == pytest.approx(
        {name: float(chance) for name, chance in known.items()}, abs=0.05
    )


def test_papers_of_banks_without_siblings_are_what_they_were():
    """Contests that ran before the field was known are drawn again from their snapshots for ever."""
    plain = snapshot(*(question(f"q{number:02}", 1 + number % 3) for number in range(12)))
    plan = blueprint({"difficulty": [1, 1], "count": 2}, {"count": 3})
    paper = draw(deck(plan, plain), "seed", 0, 7, 1)
    assert [one.question for one in paper.asked] == RECORDED


RECORDED = ["q11", "q06", "q00", "q01", "q10"]
