"""Papers: the blueprint is met, every question has the same chance, papers are about equally hard."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.checks.balance import overlap, simulate
from quizzes.contest.setup.blueprint import chances, cross, narrow_first, shortages, within
from quizzes.contest.taking.paper import balanced, deck, draw, facility, restored, written
from quizzes.draws import Draws
from quizzes.refusals import Rejected
from tests.quizzes.contest.bank import bank, blueprint, question, snapshot

PLAN = blueprint(
    {"topics": ["t"], "difficulty": [1, 2], "count": 4},
    {"topics": ["u"], "difficulty": [3, None], "count": 3},
    {"count": 2},
    fixed=["t5-0"],
)
BANK = bank()


def ids(paper):
    return [one.question for one in paper.asked]


@pytest.mark.parametrize("member", range(20))
def test_every_paper_meets_the_blueprint_without_a_question_twice(member):
    names = ids(draw(deck(PLAN, BANK), "seed", 0, member, 1))
    assert len(set(names)) == len(names) == 10
    assert "t5-0" in names
    assert sum(name[:2] in ("t1", "t2") for name in names) >= 4
    assert sum(name[:2] in ("u3", "u4", "u5") for name in names) >= 3


def test_the_same_try_gives_the_same_paper_and_another_try_or_person_another():
    cards = deck(PLAN, BANK)
    first = draw(cards, "seed", 0, 7, 1)
    assert first == draw(cards, "seed", 0, 7, 1)
    others = [draw(cards, *about) for about in (("seed", 0, 8, 1), ("seed", 1, 7, 1), ("x", 0, 7, 1))]
    others.append(draw(cards, "seed", 0, 7, 1, "practice"))
    assert all(ids(other) != ids(first) for other in others)


def test_the_paper_does_not_depend_on_the_order_of_the_snapshot_or_on_the_keys():
    turned = {name: BANK[name] | {"answer": 3} for name in reversed(BANK)}
    assert draw(deck(PLAN, turned), "s", 0, 1, 1) == draw(deck(PLAN, BANK), "s", 0, 1, 1)


def test_a_paper_is_kept_as_json():
    paper = draw(deck(PLAN, BANK), "s", 0, 1, 1)
    assert restored(written(paper)) == paper


def test_questions_and_options_stay_in_order_where_nothing_is_shuffled():
    plan = blueprint(
        {"topics": ["u"], "count": 2}, fixed=["t1-0", "t1-1"], shuffle_questions=False, shuffle_options=False
    )
    paper = draw(deck(plan, BANK), "s", 0, 1, 1)
    assert ids(paper)[:2] == ["t1-0", "t1-1"]
    assert [index for _, index in paper.asked[0].shown] == [0, 1, 2, 3]
    assert len({name for name, _ in paper.asked[0].shown}) == 4


def test_too_small_a_bank_is_refused_and_the_cell_is_named():
    plan = blueprint({"topics": ["t"], "difficulty": [1, 1], "count": 8}, {"topics": ["t"], "count": 44})
    with pytest.raises(Rejected, match="too_few_questions"):
        deck(plan, BANK)
    found = shortages(plan, BANK.values())
    assert [(one.need, one.have, one.cell.count) for one in found] == [(52, 50, 44)]


def test_an_unknown_fixed_question_is_refused():
    with pytest.raises(Rejected, match="too_few_questions"):
        deck(blueprint(fixed=["nowhere"]), BANK)


@pytest.mark.parametrize(("size", "count"), [(7, 3), (10, 5), (12, 1), (9, 8)])
def test_every_question_has_the_same_chance(size, count):
    questions = [question(f"q{number}", number % 5 + 1) for number in range(size)]
    trials = 3000
    seen = Counter(name for trial in range(trials) for name in balanced(questions, count, Draws("u", trial)))
    expected = trials * count / size
    spread = (trials * (count / size) * (1 - count / size)) ** 0.5
    assert set(seen) == {one["id"] for one in questions}
    assert all(abs(times - expected) < 4.5 * spread for times in seen.values())


@settings(max_examples=60)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=15), st.data())
def test_a_draw_has_the_right_size_and_no_repeats(difficulties, data):
    questions = [question(f"q{number}", level) for number, level in enumerate(difficulties)]
    count = data.draw(st.integers(1, len(questions)))
    names = balanced(questions, count, Draws("p", count))
    assert len(names) == len(set(names)) == count


def test_balanced_papers_differ_far_less_than_blind_ones():
    plan = blueprint({"topics": ["t"], "count": 10})
    spread = simulate(plan, BANK)
    questions = [one for one in BANK.values() if one["topic"] == "t"]
    blind = [sum(facility(one) for one in Draws("b", trial).sample(questions, 10)) for trial in range(200)]
    assert spread.mean == pytest.approx(6000, abs=20)  # ten of 900, 750, 600, 450, 300
    assert spread.widest <= 300  # under a third of one question
    assert max(blind) - min(blind) > 5 * spread.widest


def test_measured_facility_goes_before_the_written_difficulty():
    assert facility(question("q", 5)) == 300
    assert facility(question("q", 5, facility=812)) == 812


def test_the_overlap_is_the_sum_of_squared_chances():
    plan = blueprint({"topics": ["t"], "difficulty": [1, 1], "count": 4}, fixed=["u1-0"])
    assert overlap(plan, BANK).questions == 1000 + 4 * 4 * 1000 // 10
    assert overlap(plan, BANK).share == 2600 // 5


def test_nested_cells_give_exact_chances():
    plan = blueprint({"topics": ["t"], "difficulty": [1, 1], "count": 1}, {"topics": ["t"], "count": 1})
    small = snapshot(question("a", 1), question("b", 1), question("c", 2))
    found = {name: float(chance) for name, chance in chances(plan, small.values()).items()}
    assert found == {"a": 0.75, "b": 0.75, "c": 0.5}
    cards = deck(plan, small)
    seen = Counter(name for trial in range(2000) for name in ids(draw(cards, str(trial), 0, 1, 1)))
    assert all(abs(seen[name] / 2000 - chance) < 0.05 for name, chance in found.items())


def test_narrow_cells_are_drawn_first_and_crossing_cells_are_known():
    wide, narrow, other = blueprint(
        {"count": 1}, {"topics": ["t"], "difficulty": [2, 3], "count": 1}, {"difficulty": [3, 4], "count": 1}
    ).cells
    assert narrow_first([wide, narrow, wide]) == [1, 0, 2]
    assert within(narrow, wide)
    assert not cross(narrow, wide)
    assert cross(narrow, other)
    assert not cross(*blueprint({"topics": ["t"]}, {"topics": ["u"]}).cells)
