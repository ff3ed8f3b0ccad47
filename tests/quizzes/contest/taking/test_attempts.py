"""The start of a try: who and when, deadlines, extra time, questions with a time of their own."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.setup.eligibility import Person
from quizzes.contest.taking.attempts import (
    PRACTICE_WAVE,
    Past,
    Position,
    admitted,
    deadline,
    position,
    practise,
    question_windows,
    settled_at,
    start,
)
from quizzes.engine import SECOND
from quizzes.hours import DAY, HOUR
from quizzes.refusals import Rejected
from tests.quizzes.contest.bank import AN, OPENS, preset, rules, waves

ME = Person(AN, (1, 10, 100), frozenset({"tinh", "chi_doan"}), birth_year=2004)
RULES = rules(waves=waves(2), timing={"seconds": 600})


def refusal(call, *arguments, **more):
    with pytest.raises(Rejected) as caught:
        call(*arguments, **more)
    return caught.value.code, caught.value.about


def begin(found, past=(), at=OPENS, person=ME, questions=frozenset(), extra=0):
    return start(found, person, questions, past, at, 20, extra)


def test_a_wave_is_open_from_its_hour_and_no_longer_at_its_closing_hour():
    assert refusal(begin, RULES, at=OPENS - 1) == ("not_open", {"opens_at": OPENS})
    assert begin(RULES, at=OPENS).wave == 0
    assert begin(RULES, at=OPENS + DAY - 1).closes_at == OPENS + DAY
    assert refusal(begin, RULES, at=OPENS + DAY) == ("not_open", {"opens_at": OPENS + 7 * DAY})
    assert refusal(begin, RULES, at=OPENS + 9 * DAY) == ("over", {})


def test_one_try_a_wave():
    done = Past(0, OPENS + HOUR, OPENS + 5)
    assert refusal(begin, RULES, [done], OPENS + 6)[0] == "no_tries"
    assert begin(RULES, [done], OPENS + 7 * DAY).wave == 1


def test_one_try_in_the_whole_contest():
    once = rules(waves=waves(2), attempts={"most": 1, "per": "contest"})
    assert refusal(begin, once, [Past(0, OPENS + HOUR, OPENS + 5)], OPENS + 7 * DAY)[0] == "no_tries"


def test_a_running_try_is_gone_on_with_until_its_grace_is_over():
    several = rules(waves=waves(), attempts={"most": 3})
    running = Past(0, OPENS + HOUR, None)
    assert refusal(begin, several, [running], OPENS + HOUR + 5 * SECOND)[0] == "unfinished"
    assert begin(several, [running], OPENS + HOUR + 5 * SECOND + 1).try_no == 2


def test_a_cancelled_try_is_given_back_but_keeps_its_number():
    gone = Past(0, OPENS + HOUR, None, cancelled=True)
    assert begin(RULES, [gone], OPENS + 1).try_no == 2


def test_practice_is_counted_apart_and_is_open_before_the_first_wave():
    found = preset("twenty-seconds")
    tried = Past(PRACTICE_WAVE, OPENS - DAY, OPENS - DAY, practice=True)
    before = found.waves[0].opens_at - DAY
    assert practise(found, ME, [tried], before, 30).try_no == 2
    assert practise(found, ME, [], before, 30).closes_at == before + 600 * SECOND
    assert refusal(practise, found, ME, [tried, tried], before, 30)[0] == "no_tries"
    assert refusal(practise, found, ME, [], found.waves[-1].closes_at, 30)[0] == "over"
    assert start(found, ME, frozenset(), [tried, tried], found.waves[0].opens_at, 30).try_no == 1


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ({"chapters": [11]}, "chapters"),
        ({"kinds": ["xa"]}, "kinds"),
        ({"groups": ["pupil"]}, "groups"),
        ({"born": [2005, None]}, "born"),
        ({"born": [None, 2003]}, "born"),
        ({"ages": [23, None]}, "ages"),
        ({"ages": [None, 21]}, "ages"),
    ],
)
def test_every_part_of_a_condition_can_refuse(who, part):
    found = rules(waves=waves(), who=who)
    assert refusal(admitted, found, ME, frozenset()) == ("not_eligible", {"part": part})


def test_all_parts_hold_together():
    found = rules(waves=waves(), who={"chapters": [10], "kinds": ["chi_doan"], "ages": [22, 22], "born": [2004, 2004]})
    assert admitted(found, ME, frozenset()).key == ""


def test_an_unknown_birth_year_is_asked_for_only_where_it_matters():
    nameless = replace(ME, birth_year=None)
    assert admitted(rules(waves=waves()), nameless, frozenset()).key == ""
    found = rules(waves=waves(), who={"ages": [16, None]})
    assert refusal(admitted, found, nameless, frozenset())[0] == "birth_year_needed"


@pytest.mark.parametrize(
    ("person", "bars", "part"),
    [
        (replace(ME, organises=True), {}, "organisers"),
        (replace(ME, wrote=frozenset({"q1"})), {}, "authors"),
        (ME, {"chapters": [10]}, "chapters"),
        (ME, {"members": [AN]}, "members"),
    ],
)
def test_organisers_and_authors_are_barred(person, bars, part):
    found = rules(waves=waves(), barred=bars)
    assert refusal(admitted, found, person, frozenset({"q1"})) == ("barred", {"part": part})


def test_bars_can_be_lifted():
    found = rules(waves=waves(), barred={"organisers": False, "authors": False})
    author = replace(ME, organises=True, wrote=frozenset({"q1"}))
    assert admitted(found, author, frozenset({"q1"})).key == ""


def test_officials_and_citizens_get_their_divisions_and_a_young_citizen_none():
    found = preset("officials-citizens")
    official = replace(ME, groups=frozenset({"official"}))
    assert admitted(found, official, frozenset()).key == "officials"
    assert admitted(found, ME, frozenset()).key == "citizens"
    young = replace(ME, birth_year=2010)
    assert refusal(admitted, found, young, frozenset()) == ("not_eligible", {"part": "divisions"})


def test_extra_time_lengthens_the_paper_but_not_the_wave():
    assert deadline(RULES, 0, OPENS, 20) == OPENS + 600 * SECOND
    assert deadline(RULES, 0, OPENS, 20, extra_percent=50) == OPENS + 900 * SECOND
    late = OPENS + DAY - 60 * SECOND
    assert deadline(RULES, 0, late, 20, extra_percent=50) == OPENS + DAY
    loose = rules(waves=waves(), timing={"seconds": 600, "cut": False})
    assert deadline(loose, 0, late, 20) == late + 600 * SECOND


@settings(max_examples=60)
@given(
    st.integers(0, DAY - 1), st.integers(1, 200), st.integers(0, 400), st.booleans(), st.sampled_from(["whole", "each"])
)
def test_nothing_is_open_once_a_wave_is_settled(after, length, extra, cut, kind):
    found = rules(waves=waves(), timing={"seconds": 30, "cut": cut, "kind": kind})
    closes_at = deadline(found, 0, OPENS + after, length, extra)
    assert closes_at + 5 * SECOND <= settled_at(found, 0)


def test_questions_follow_each_other_by_the_clock_or_when_the_member_moves_on():
    minute = 60 * SECOND
    found = question_windows(0, 4, 20 * SECOND, {1: 25 * SECOND}, minute)
    assert [(one.opens_at // SECOND, one.closes_at // SECOND) for one in found] == [
        (0, 20),
        (20, 25),
        (25, 45),
        (45, 60),
    ]
    assert position(found, 24 * SECOND).index == 1
    assert position(found, 25 * SECOND).index == 2
    assert position(found, minute) == Position(4, minute, minute)


@settings(max_examples=50)
@given(st.dictionaries(st.integers(0, 5), st.integers(-10, 400), max_size=6), st.integers(1, 200))
def test_whatever_is_sent_questions_never_overlap_nor_outlast_their_time(moved_on, closes_at):
    found = question_windows(0, 6, 20, moved_on, closes_at)
    assert all(0 <= one.closes_at - one.opens_at <= 20 for one in found)
    assert all(one.closes_at == after.opens_at for one, after in pairwise(found))
    assert found[-1].closes_at <= closes_at
