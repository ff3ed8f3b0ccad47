"""The gain of a campaign: matched pairs, people compared with themselves, no figure of few."""

import pytest

from quizzes.contest.desk.gain import LEAST, gain, matched, share, told
from quizzes.questions.contract import FULL


def asked(**more):
    return {"topic": "dvc", "type": "single", "difficulty": 2} | more


def test_pairs_are_of_one_kind_and_never_the_same_question():
    before = {"a": asked(facility=300), "b": asked(facility=800), "c": asked(topic="ai"), "x": asked()}
    after = {"d": asked(facility=790), "e": asked(facility=310), "f": asked(difficulty=5), "x": asked()}
    assert matched(before, after) == [("a", "e"), ("b", "d")]


def test_a_paper_that_asked_too_few_of_them_says_nothing():
    assert share({"a": FULL, "b": 0, "c": FULL, "z": 0}, ["a", "b", "c"]) == pytest.approx(2 / 3)
    assert share({"a": FULL, "b": FULL}, ["a", "b", "c"]) is None


def test_the_interval_is_that_of_students_distribution():
    people = [(0.4, 0.4 + step / 100) for step in range(LEAST)]
    found = gain(people)
    assert (found.people, found.before, found.after, found.gain) == (20, 400, 495, 95)
    # mean 0.095, deviation 0.05916, t(0.975; 19) = 2.0930: 0.095 +- 0.02769
    assert (found.low, found.high) == (67, 123)


def test_few_people_have_no_figure():
    assert gain([(0.1, 0.9)] * (LEAST - 1)) is None


@pytest.mark.parametrize(
    ("sizes", "chapters"),
    [
        ({}, []),
        ({1: 1}, []),
        ({1: LEAST - 1}, []),
        ({1: LEAST}, [1]),
        ({1: LEAST, 2: 1}, []),
        ({1: LEAST, 2: LEAST + 5, 3: 1}, [2]),
        ({1: LEAST, 2: LEAST, 3: LEAST - 1, 4: 1}, [1, 2]),
    ],
)
def test_nobody_is_made_out_by_what_is_left_of_all(sizes: dict[int, int], chapters: list[int]) -> None:
    """The figure of all people less those of the chapters that are told is never that of a few."""
    assert sorted(told(sizes)) == chapters


@pytest.mark.parametrize("count", [0, 1, LEAST - 1])
def test_the_least_number_is_exact(count: int) -> None:
    assert gain([(0.1, 0.9)] * count) is None
    found = gain([(0.1, 0.9)] * LEAST)
    assert found is not None and (found.people, found.low, found.high) == (LEAST, 800, 800)
