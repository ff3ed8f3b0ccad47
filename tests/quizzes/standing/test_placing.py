"""Formulas of standings: what must hold whatever the figures are."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.ranking import fading_sum
from quizzes.settings.fields import plain, read
from quizzes.standing import placing
from quizzes.standing.examples import NAMES, examples
from quizzes.standing.figures import Candidate, Figures, as_data, from_data, gathered, heirs_of, inherited
from quizzes.standing.rules import FADING, FAIR, FORMULAS, OWN, PARTS, THIRD, TOTAL, Rules, band, printed_group, weights

COUNT = st.integers(0, 500)


@st.composite
def figures(draw: Any) -> Figures:
    people = draw(st.integers(1, 300))
    contests, shows, asked, wanted = (draw(COUNT) for _ in range(4))
    return Figures(
        people,
        contests + shows,
        contests,
        shows,
        draw(st.integers(0, people)),
        draw(st.integers(0, asked)),
        asked,
        draw(COUNT),
        draw(st.integers(0, wanted)),
        wanted,
    )


CANDIDATES = st.lists(
    st.tuples(figures(), st.integers(0, 9999), st.sampled_from(["", "A"])), min_size=1, max_size=8
).map(lambda rows: [Candidate(at, *row) for at, row in enumerate(rows, 1)])
RULES = st.builds(
    Rules,
    formula=st.sampled_from(list(FORMULAS)),
    least=st.integers(1, 50),
    completion=st.integers(THIRD, 100),
    **{name: st.integers(0, 100) for name in PARTS if name != "points"},
)


@given(CANDIDATES, RULES, st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_rows_and_the_way_through_a_file_change_nothing(
    rows: list[Candidate], rules: Rules, dice: Any
) -> None:
    shuffled = [from_data(as_data(one)) for one in rows]
    dice.shuffle(shuffled)
    again = read(Rules, plain(rules), problems := [])
    assert (placing.placed(again, shuffled), problems) == (placing.placed(rules, rows), [])


@given(CANDIDATES, st.sampled_from([FAIR, OWN]), st.integers(2, 9))
@settings(max_examples=60)
def test_chapters_that_are_so_many_times_as_large_in_everything_stand_alike(
    rows: list[Candidate], formula: str, times: int
) -> None:
    rules = Rules(formula=formula, least=1)
    large = [replace(one, figures=Figures(*(n * times for n in astuple(one.figures)))) for one in rows]
    assert placing.placed(rules, large) == placing.placed(rules, rows)


@given(CANDIDATES, st.sampled_from([TOTAL, FADING]), st.integers(2, 9))
@settings(max_examples=60)
def test_points_that_are_all_so_many_times_as_many_change_no_rank(
    rows: list[Candidate], formula: str, times: int
) -> None:
    rules = Rules(formula=formula, least=1)
    rich = [
        replace(one, fading=one.fading * times, figures=replace(one.figures, points=one.figures.points * times))
        for one in rows
    ]

    def ranks(of: list[Candidate]) -> list[tuple[int, int]]:
        return [(row.number, row.rank) for row in placing.placed(rules, of)]

    assert ranks(rich) == ranks(rows)


@given(CANDIDATES, RULES)
@settings(max_examples=60)
def test_equal_scores_share_a_rank_and_who_is_too_small_has_none_and_sets_no_mark(
    rows: list[Candidate], rules: Rules
) -> None:
    found = placing.placed(rules, rows)
    people = {one.number: one.figures.people for one in rows}
    for group in {row.group for row in found}:
        ranked = [row for row in found if row.group == group and row.rank]
        assert {row.number for row in ranked} == {
            one.number for one in rows if one.group == group and people[one.number] >= rules.least
        }
        for row in ranked:
            assert row.rank == 1 + sum(other.score > row.score for other in ranked)
    large = [one for one in rows if one.figures.people >= rules.least]
    assert [row for row in found if row.rank] == placing.placed(rules, large)


@given(figures(), figures(), figures(), st.lists(COUNT, max_size=9), st.lists(COUNT, max_size=9))
@settings(max_examples=60)
def test_a_merged_chapter_has_the_sum_or_stands_between_its_parts(
    a: Figures, b: Figures, best: Figures, of_a: list[int], of_b: list[int]
) -> None:
    merged, mark = a + b, Candidate(0, Figures(people=1, points=10**6, contests=10**6, shows=10**6, deeds=10**6))
    (row,) = placing.placed(Rules(formula=TOTAL, least=1), [Candidate(1, merged)])
    assert row.score == a.points + b.points

    def part(name: str, of: Figures) -> int:
        return placing._column(name, [mark, Candidate(1, of)], [False, False])[1]

    there = {"using": lambda one: one.asked, "targets": lambda one: one.wanted}
    for name in (*placing.PER_HEAD, *placing.RATES):
        parts = sorted(part(name, one) for one in (a, b) if there.get(name, bool)(one))
        if parts:
            assert parts[0] <= part(name, merged) <= parts[-1], name
    together = fading_sum(of_a + of_b)
    assert max(fading_sum(of_a), fading_sum(of_b)) <= together <= fading_sum(of_a) + fading_sum(of_b) + 1


def test_completion_is_a_third_at_least_and_the_examples_tell_the_formulas_apart() -> None:
    problems: list[Any] = []
    assert read(Rules, {"completion": 20}, problems).completion >= THIRD
    assert [one.code for one in problems] == ["out_of_range"]
    assert weights(Rules()) == {"points": 60, "both": 40}
    first = {formula: examples(Rules(formula=formula))[0].number for formula in FORMULAS}
    assert (first[FAIR], first[TOTAL], first[FADING], first[OWN]) == (2, 0, 0, 2)
    (last,) = [row for row in examples(Rules()) if not row.rank]
    assert NAMES[last.number].endswith("ba người")


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (
            FAIR,
            [
                (2, 1, 60 * 1.0 + 40 * 9 / 12),
                (1, 2, 60 * 30 / 40 + 40 * 16 / 40),
                (0, 3, 60 * 60 / 200 + 40 * 20 / 200),
                (3, 0, 100),
            ],
        ),
        (TOTAL, [(0, 1, 60 * 50), (1, 2, 30 * 50), (2, 3, 12 * 50), (3, 0, 3 * 50)]),
        (
            FADING,
            [
                (at, rank, sum(50 * 0.95**i for i in range(many)))
                for at, rank, many in ((0, 1, 60), (1, 2, 30), (2, 3, 12), (3, 0, 3))
            ],
        ),
    ],
)
def test_the_figures_of_the_examples_follow_from_the_published_formulas(
    formula: str, told: list[tuple[int, int, float]]
) -> None:
    rules = Rules(formula=formula)
    found = [(row.number, row.rank, placing.shown(rules, row.score)) for row in examples(rules)]
    assert [row[:2] for row in found] == [row[:2] for row in told]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in told], abs=0.01)


@pytest.mark.parametrize(
    ("people", "told"), [(0, (1, 29)), (29, (1, 29)), (30, (30, 99)), (99, (30, 99)), (100, (100, None))]
)
def test_sizes_have_groups_without_a_gap(people: int, told: tuple[int, int | None]) -> None:
    assert band((100, 30), people) == told
    assert band((), people) == (1, None)


def test_a_group_by_size_is_printed_as_people_read_it() -> None:
    printed = [printed_group(one) for one in ("00001–29", "00100+", "Cụm 1", "")]
    assert printed == ["1–29 đoàn viên", "100+ đoàn viên", "Cụm 1", ""]


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 12), max_size=9), st.lists(COUNT, min_size=9, max_size=9))
def test_no_merger_loses_or_doubles_a_figure(successors: dict[int, int], counts: list[int]) -> None:
    paths = {number: f"/{number}/" for number in range(1, 10)}  # successors from 10 on are elsewhere
    heirs = heirs_of(paths, successors)
    found = gathered(inherited({"points": list(zip(paths.values(), counts, strict=True))}, heirs))
    assert sum(one.points for one in found.values()) == sum(counts)
    for number in paths:
        heir, steps = number, 0
        while heir in successors and steps < 9:
            heir, steps = successors[heir], steps + 1
        if heir in paths and heir not in successors and heir != number:
            assert heirs[paths[number]] == paths[heir], "the last of a chain has it"


def test_a_subtree_is_the_sum_of_its_own_figures() -> None:
    found = gathered({"people": [("/1/2/", 3), ("/1/", 1)], "points": [("/1/2/", 10), ("/1/3/", 4)]})
    assert found == {1: Figures(people=4, points=14), 2: Figures(people=3, points=10), 3: Figures(points=4)}


def test_climbs_and_neighbours() -> None:
    rows = placing.placed(
        Rules(formula=TOTAL, least=1), [Candidate(n, Figures(people=9, points=n)) for n in range(1, 8)]
    )
    assert [row.number for row in placing.around(rows, 4, 1)] == [5, 4, 3]
    assert placing.around(rows, 99) == []
    before = {7: 1, 6: 2, 1: 3, 5: 4, 4: 5, 3: 6, 2: 0}
    moved = placing.changes(before, rows)
    assert [(one.number, one.up) for one in moved[:2]] == [(1, -4), (5, 1)]
    assert moved[-1].number == 2
    assert moved[-1].up == 0


@pytest.mark.parametrize("formula", [FAIR, TOTAL, FADING, OWN])
def test_nobody_is_first_with_nothing_and_equals_share_what_they_have(formula: str) -> None:
    rules = Rules(formula=formula, least=5)

    def told(*people: int, points: int = 0, both: int = 0) -> list[tuple[int, int, int]]:
        all_alike = [Candidate(n, Figures(of, points, points, 0, both), points) for n, of in enumerate(people)]
        return [(row.number, row.rank, row.earned) for row in placing.placed(rules, all_alike)]

    assert told() == []
    assert told(9, 9, 9) == [(0, 1, 0), (1, 1, 0), (2, 1, 0)]
    assert told(0, 4) == [(0, 0, 0), (1, 0, 0)], "nobody is large enough"
    assert told(9, 9, 9, points=80, both=3) == [(0, 1, 1), (1, 1, 1), (2, 1, 1)]
