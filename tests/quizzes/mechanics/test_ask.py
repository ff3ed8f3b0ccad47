"""An opening: its roll, its clock, its way from open to revealed."""

from dataclasses import replace

import pytest

from quizzes.engine import Event, Setup
from quizzes.mechanics.ask import Ask, Roll, Round, evolve
from tests.quizzes.people import AN, BINH, CHI, DUNG, NOON, SECOND, single

OPENED = Event("opened", {
    "no": 7, "kind": "question", "question": 0, "shown": [["k7", 1], ["m2", 0]], "opens_at": NOON,
    "closes_at": NOON + 20 * SECOND, "take": "first", "roll": {"upto": 4, "without": [3]},
})  # fmt: skip


def ask() -> Ask:
    return Ask.of(OPENED.data)


def test_a_roll_holds_every_seat_up_to_a_number_but_some() -> None:
    roll = Roll.of({"upto": 4, "without": [CHI, 9]})
    assert [seat for seat in range(-1, 7) if seat in roll] == [AN, BINH, DUNG]
    assert len(roll) == 3
    assert Roll.of(roll.to_json()) == roll


def test_two_rolls_joined_hold_whoever_is_on_one() -> None:
    joined = Roll(2, frozenset({AN})).joined(Roll(4, frozenset({AN, BINH})))
    assert [seat for seat in range(6) if seat in joined] == [BINH, CHI, DUNG]


def test_pauses_do_not_count_as_time_needed() -> None:
    paused = ask().shifted(NOON + 5 * SECOND, NOON + 65 * SECOND)
    assert paused.closes_at == NOON + 80 * SECOND
    assert paused.elapsed_us(NOON + 3 * SECOND) == 3 * SECOND
    assert paused.elapsed_us(NOON + 67 * SECOND) == 7 * SECOND
    assert paused.elapsed_us(NOON + 30 * SECOND) == 5 * SECOND


def test_a_deadline_missed_while_the_clock_stood_still_comes_at_once_not_before() -> None:
    """A crash is noticed after the deadline: nothing is left, and nothing less than nothing."""
    assert ask().shifted(NOON + 25 * SECOND, NOON + 60 * SECOND).closes_at == NOON + 60 * SECOND


def test_a_closed_ask_is_not_moved_by_a_pause() -> None:
    closing = replace(ask(), status="closing")
    assert closing.shifted(NOON, NOON + SECOND) == closing


def test_the_events_lead_from_open_to_revealed() -> None:
    state = Round(Setup(0, (single(1),), {}, "hạt"), question=0)
    told = [
        (OPENED, "open", "open"),
        (Event("closing", {"no": 7, "closes_at": NOON + SECOND}), "open", "closing"),
        (Event("settled", {"no": 7}), "open", "settled"),
        (Event("judged", {"no": 7, "results": {"1": [20, 1000, 500]}, "counts": {"m2": 1}}), "closed", "judged"),
        (Event("revealed", {"nos": [7]}), "revealed", "revealed"),
    ]
    for event, phase, status in told:
        state = evolve(state, event)
        assert (state.phase, state.asks[7].status) == (phase, status)
    assert state.asks[7].results == {AN: (20, 1000, 500)}
    assert state.last_no == 7


def test_an_unknown_event_is_a_bug_and_not_passed_over() -> None:
    with pytest.raises(ValueError, match="no such event"):
        evolve(Round(Setup(0, (), {}, "")), Event("sneezed"))
