"""The times at which scores, keys and standings are shown."""

import pytest

from quizzes.contest.results.showing import complaints_until, results_due, results_state, visible
from quizzes.contest.taking.attempts import settled_at
from quizzes.engine import SECOND
from quizzes.hours import DAY, HOUR, MINUTE
from tests.quizzes.contest.bank import OPENS, rules, waves

CLOSES = OPENS + DAY
SETTLED = CLOSES + 5 * SECOND


def two(**more):
    return rules(waves=waves(2), **more)


def test_the_score_waits_for_the_end_of_the_wave_and_its_grace():
    assert not visible(two(), 0, SETTLED - 1).score
    assert visible(two(), 0, SETTLED).score


def test_a_score_at_once_only_with_a_single_try():
    assert visible(two(showing={"score": "at_once"}), 0, OPENS).score
    several = two(showing={"score": "at_once"}, attempts={"most": 3})
    assert not visible(several, 0, CLOSES).score
    assert visible(several, 0, SETTLED).score


def test_a_score_with_the_official_results():
    found = two(showing={"score": "official"})
    assert not visible(found, 0, SETTLED + DAY, published=True).score
    assert visible(found, 0, SETTLED + DAY, published=True, official=True).score


@pytest.mark.parametrize(
    ("key", "times"), [("after_wave", (0, 1, 1)), ("after_contest", (0, 0, 1)), ("never", (0, 0, 0))]
)
def test_the_key_is_never_shown_while_somebody_may_still_write(key, times):
    found = two(showing={"key": key})
    moments = (SETTLED - 1, SETTLED, settled_at(found, 1))
    assert tuple(int(visible(found, 0, at).key) for at in moments) == times


@pytest.mark.parametrize(("span", "at"), [("wave", SETTLED), ("contest", SETTLED + 7 * DAY)])
def test_counts_and_standings_are_hidden_while_the_number_is_to_be_predicted(span, at):
    found = two(prediction={"quantity": "entrants", "span": span}, showing={"standings": "live"})
    before, after = visible(found, 0, at - 1), visible(found, 0, at)
    assert (before.counts, before.standings) == (False, False)
    assert (after.counts, after.standings) == (True, True)


def test_live_standings_freeze_before_the_end_until_the_results_are_published():
    found = two(showing={"freeze_minutes": 60})
    assert visible(found, 0, OPENS + HOUR).as_of == OPENS + HOUR
    assert visible(found, 0, CLOSES - MINUTE).as_of == CLOSES - HOUR
    assert visible(found, 0, CLOSES + DAY).as_of == CLOSES - HOUR
    assert visible(found, 0, CLOSES + DAY, published=True).as_of is None


def test_without_a_freeze_everything_shows_once_the_wave_is_settled():
    assert visible(two(), 0, OPENS + 5).as_of == OPENS + 5
    assert visible(two(), 0, SETTLED).as_of is None


def test_standings_after_the_wave():
    found = two(showing={"standings": "after_wave"})
    assert not visible(found, 0, CLOSES).standings
    assert visible(found, 0, SETTLED).standings


def test_live_standings_are_for_a_single_try():
    live = {"score": "at_once", "standings": "live"}
    assert visible(two(showing=live), 0, OPENS).standings
    several = two(showing=live, attempts={"most": 3})
    assert not visible(several, 0, SETTLED - 1).standings
    assert visible(several, 0, SETTLED).standings


def test_standings_never_tell_a_score_before_it_may_be_seen():
    after, official = (two(showing={"score": score, "standings": "live"}) for score in ("after_wave", "official"))
    assert not visible(after, 0, SETTLED - 1).standings
    assert visible(after, 0, SETTLED).standings
    assert not visible(official, 0, SETTLED).standings
    assert visible(official, 0, SETTLED, published=True).standings


def test_the_states_of_the_results_page():
    found = two()
    times = [OPENS - 1, OPENS, SETTLED - 1, SETTLED, SETTLED + DAY, SETTLED + 4 * DAY]
    states = [results_state(found, 0, at, SETTLED + DAY, SETTLED + 4 * DAY) for at in times]
    assert states == ["not_started", "running", "running", "closed", "provisional", "official"]


def test_the_promised_days():
    found = two(complaints={"results_days": 5, "window_days": 3})
    assert results_due(found, 0) == CLOSES + 5 * DAY
    assert complaints_until(found, CLOSES) == CLOSES + 3 * DAY
