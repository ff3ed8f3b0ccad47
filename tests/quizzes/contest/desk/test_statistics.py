"""Figures for organisers."""

import pytest

from quizzes.contest.desk.statistics import (
    FEW,
    Funnel,
    Taken,
    by_hour,
    funnel,
    histogram,
    items,
    point_biserial,
    steps,
    summary,
    with_takers,
)
from quizzes.contest.results.grading import Marks
from quizzes.hours import HOUR
from tests.quizzes.contest.bank import AN, BINH, CHI, line


def paper(**rights):
    return Marks(0, 0, 0, len(rights), len(rights), rights), dict.fromkeys(rights, '"#0"')


def test_the_funnel_counts_people_and_never_grows():
    tries = [(AN, 5, True), (AN, 0, False), (BINH, 3, False), (CHI, 0, True)]
    assert funnel(10, tries, [line(AN)]) == Funnel(10, 3, 2, 1, 1)


def test_hours_without_anybody_stand_in_the_chart_too():
    assert by_hour([5 * HOUR + 7, 5 * HOUR, 8 * HOUR - 1]) == [(5 * HOUR, 2), (6 * HOUR, 0), (7 * HOUR, 1)]
    assert by_hour([]) == []


def test_every_value_stands_in_one_bar():
    bars = histogram([0, 1, 9, 10, 19, 20], 0, 20, 10)
    assert bars[0] == (0, 3, 2)
    assert sum(count for _, _, count in bars) == 6
    assert histogram([0], 0, 0) == [(0, 1, 1)]


def test_the_spread_of_scores():
    found = summary([2, 4, 4, 4, 5, 5, 7, 9])
    assert (found.count, found.mean, found.deviation, found.least, found.median, found.most) == (8, 5, 2, 2, 5, 9)
    assert summary([]).count == 0


def test_the_point_biserial_is_the_correlation():
    pairs = [(True, 0.9), (True, 0.7), (False, 0.4), (False, 0.2)]
    # means .8 and .3, deviation .2693, p = q = 1/2: .5 / .2693 * .5
    assert point_biserial(pairs) == pytest.approx(928, abs=1)
    assert point_biserial([(True, 0.5), (True, 0.9)]) is None
    assert point_biserial([(True, 0.5), (False, 0.5)]) is None


def test_facility_and_choices_are_counted_over_the_papers_that_had_the_question():
    found = {one.question: one for one in items([paper(a=1000, b=0), paper(a=0, c=500)])}
    assert (found["a"].asked, found["a"].facility) == (2, 500)
    assert found["c"].facility == 0
    assert found["a"].choices == {'"#0"': 2}
    assert found["a"].note == ""


def test_a_question_the_good_ones_miss_asks_for_a_look_at_its_key():
    good = [paper(a=0, b=1000, c=1000)] * 20
    weak = [paper(a=1000, b=0, c=0)] * 20
    found = {one.question: one for one in items([*good, *weak])}
    assert found["a"].note == "check_key"
    assert found["a"].discrimination < 0


@pytest.mark.parametrize(("right", "note"), [(40, "easy"), (3, "hard"), (20, "weak")])
def test_questions_that_tell_little_are_marked(right, note):
    # the rest of the paper alternates, so it does not depend on this question
    papers = [paper(a=1000 * (n < right), b=1000 * (n % 2), c=1000 * (n % 2)) for n in range(40)]
    found = next(one for one in items(papers) if one.question == "a")
    assert found.note == note


def test_a_question_takes_the_time_since_the_answer_before():
    assert steps(100, {"b": 160, "a": 130}) == {"a": 30, "b": 30}
    assert steps(100, {"a": 90}) == {"a": 0}, "an answer that was stamped before the start took no time"
    assert steps(100, {}) == {}


def test_questions_are_told_by_chapter_where_enough_people_took_them():
    takers = [(1, 1000, 10), *[(1, 0, 30)] * (FEW - 1), *[(2, 1000, 20)] * (FEW - 1), (None, 1000, 40)]
    papers = [(paper(a=share)[0], Taken(chapter, {"a": took})) for chapter, share, took in takers]
    (one,) = with_takers(items(paper(a=share) for _, share, _ in takers), papers)
    assert one.chapters == {1: (FEW, 200)}, "fewer takers are persons, not figures"
    assert one.time_us == 25
    (other,) = with_takers(items([paper(b=0)]), [(paper(b=0)[0], Taken(1, {}))])
    assert (other.time_us, other.chapters) == (None, {})
