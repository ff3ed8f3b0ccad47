"""The changing code and the attendance of a year: the rules alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.activities.codes import CHANGES, KEPT_STEPS, code_of, is_fresh, step_at
from quizzes.activities.rates import Attendance, attendance

KEY, NOON = b"a key", 1_800_000_000_000_000


@given(st.integers(0, 4 * CHANGES * (KEPT_STEPS + 1)))
def test_a_code_is_good_while_it_is_shown_and_a_little_longer_and_never_again(later: int) -> None:
    code, shown = code_of(KEY, "hop", step_at(NOON)), NOON - NOON % CHANGES
    assert is_fresh(KEY, "hop", code, shown + later) == (later < (KEPT_STEPS + 1) * CHANGES)


def test_a_code_of_another_activity_another_key_or_the_future_is_nothing() -> None:
    code = code_of(KEY, "hop", step_at(NOON))
    assert is_fresh(KEY, "hop", code, NOON)
    assert not is_fresh(KEY, "khac", code, NOON) and not is_fresh(b"other", "hop", code, NOON)
    assert not is_fresh(KEY, "hop", code_of(KEY, "hop", step_at(NOON) + 1), NOON)
    for bad in ("", "-", "zz-1", "1", code + "0", code.upper(), "٣-" + code, "f" * 40 + "-1", "é" + code):
        assert not is_fresh(KEY, "hop", bad, NOON), bad


def test_what_ended_before_somebody_was_there_counts_only_where_they_came() -> None:
    held = {1: 100, 2: 200, 3: 300}
    assert attendance(held, {1, 3}, since=0) == Attendance(2, 3)
    assert attendance(held, {3}, since=250) == Attendance(1, 1)
    assert attendance(held, {1}, since=250) == Attendance(1, 2)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_rate_is_rounded_down_and_nothing_of_nothing_is_no_rate(attended: int, more: int) -> None:
    rate = Attendance(attended, attended + more).percent
    assert (rate is None) == (attended + more == 0)
    assert rate is None or (rate * (attended + more) <= attended * 100 and (rate == 100) == (more == 0))
