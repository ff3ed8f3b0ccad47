"""The players of a round at the edges: equal ones, seats that are gone, rounds in which nobody won or nobody stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quizzes import show
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, buzzer, single, speed, typed
from tests.quizzes.show.test_line_up import TWO, asked, question, roles, rounds

THREE = [*TWO, [single(3)]]
BELL = {"format": "golden_bell", "settings": {"rescue": "never", "bell_at": 1}}
LATE = 5


def first_round(stage: Stage, *right: int) -> Stage:
    """These are right, the first of them the fastest."""
    stage.until("open")
    for place, seat in enumerate(right, start=1):
        stage.answer(seat, 0, after_s=place)
    stage.until("revealed")
    return stage


def top(count: int, *right: int, seed: str = "hạt") -> Stage:
    line_up = rounds(speed(seconds=0), who="top", count=count)
    return first_round(Stage(*line_up, questions=TWO, breaks=False, seed=seed), *right)


def test_of_equal_ones_at_the_border_a_lot_of_the_show_decides() -> None:
    drawn = set()
    for seed in range(12):
        stage = Stage(*rounds(speed(seconds=0), who="top", count=1), questions=TWO, breaks=False, seed=str(seed))
        stage.until("open")
        for seat in EVERYBODY:
            stage.answer(seat, 0)
        stage.until("revealed")
        stage.until("open")
        drawn |= {tuple(asked(stage))}
        assert stage.replayed() == stage.state
    assert drawn == {(seat,) for seat in EVERYBODY}


@pytest.mark.parametrize("gone", ["kicked", "watching", "away"])
def test_the_next_one_comes_up_for_a_seat_that_is_gone(gone: str) -> None:
    stage = top(2, AN, BINH, CHI)
    if gone == "kicked":
        stage.command("kick", seat=AN)
    elif gone == "watching":
        stage.known = {"watching": [AN]}
    else:
        stage.room["without"] = [AN]
    stage.until("open")
    assert asked(stage) == [BINH, CHI]


def test_where_nobody_has_a_point_nobody_leads_and_everybody_plays() -> None:
    stage = top(2)
    stage.until("open")
    assert asked(stage) == list(EVERYBODY)


def test_a_floor_has_the_survivors_of_those_who_played_on_it_and_nobody_who_looked_on() -> None:
    bell, last = {**BELL, "plays": {"who": "top", "count": 2}}, {**speed(seconds=0), "plays": {"who": "survivors"}}
    stage = first_round(Stage(speed(seconds=0), bell, last, questions=THREE, breaks=False), AN, CHI)
    stage.until("open")
    assert roles(stage) == ["player", "audience", "player", "audience"]
    stage.answer(AN, 0, no=question(stage))
    stage.answer(CHI, 1, no=question(stage))
    stage.until("revealed")
    stage.until("open")
    assert asked(stage) == [AN]


def test_who_comes_late_to_a_floor_on_which_all_stand_is_no_survivor() -> None:
    stage = Stage(BELL, {**speed(seconds=0), "plays": {"who": "survivors"}}, questions=TWO, breaks=False)
    first_round(stage, *EVERYBODY)
    stage.room["upto"] = LATE
    stage.until("open")
    assert asked(stage) == list(EVERYBODY)
    assert not show.may_answer(stage.state, question(stage), LATE)


def test_where_all_fell_everybody_plays_the_round_of_survivors() -> None:
    stage = Stage(BELL, {**speed(seconds=0), "plays": {"who": "survivors"}}, questions=TWO, breaks=False)
    first_round(stage)
    assert roles(stage) == ["out"] * 4
    stage.until("open")
    assert asked(stage) == list(EVERYBODY)


def heats(first: Sequence[int], second: Sequence[int], count: int = 1, kick: int = 0, by: Any = None) -> list[int]:
    """The contestants of a final after two rounds in which these were right, the first of them the fastest."""
    final = {**speed(seconds=0), "plays": {"who": "winners", "of": [1, 2], "count": count}}
    stage = Stage(by or speed(seconds=0), speed(seconds=0), final, questions=THREE, breaks=False)
    first_round(stage, *first)
    first_round(stage, *second)
    if kick:
        stage.command("kick", seat=kick)
    stage.until("open")
    return list(stage.state.round.setup.room.contestants)


@pytest.mark.parametrize(
    ("first", "second", "more", "final"),
    [
        ((DUNG, AN), (CHI, BINH), {"count": 0}, [DUNG, CHI]),  # as many points: the faster one
        ((DUNG, AN), (DUNG, BINH), {}, [DUNG, BINH, AN]),  # who won twice: the next of the second
        ((AN, BINH), (CHI, DUNG), {"kick": AN, "count": 2}, [BINH, CHI, DUNG]),  # the second moves up
        ((DUNG,), (), {}, [DUNG]),  # nobody won
        ((), (), {}, []),
        ((AN, BINH, DUNG), (CHI,), {"count": 1, "by": BELL}, [AN, CHI, BINH]),
    ],
)
def test_winners_and_runners_up(
    first: Sequence[int], second: Sequence[int], more: dict[str, Any], final: list[int]
) -> None:
    assert heats(first, second, **more) == final


def test_winners_who_are_equal_in_everything_are_parted_by_lot() -> None:
    found = set()
    for seed in range(12):
        final = {**speed(seconds=0), "plays": {"who": "winners", "of": [1]}}
        stage = Stage(speed(seconds=0), final, questions=TWO, breaks=False, seed=str(seed))
        stage.until("open")
        for seat in EVERYBODY:
            stage.answer(seat, 0)
        stage.until("revealed")
        stage.until("open")
        found |= set(asked(stage))
    assert found == set(EVERYBODY)


@pytest.mark.parametrize("upto", [0, 1])
@pytest.mark.parametrize("last", [speed(seconds=0), buzzer(), BELL, {"format": "finish"}, {"format": "ladder"}])
@pytest.mark.parametrize(
    "plays",
    [{"who": "top", "count": 3}, {"who": "chosen"}, {"who": "survivors"}, {"who": "winners", "of": [1], "count": 2}],
)
def test_an_empty_room_and_one_seat_come_to_the_end(plays: dict[str, Any], last: dict[str, Any], upto: int) -> None:
    questions = [[single(1)], [single(number) for number in range(15)]]
    room = {"upto": upto, "without": []}
    stage = Stage(speed(seconds=0), {**last, "plays": plays}, questions=questions, breaks=False, room=room)
    stage.until("over")
    assert stage.replayed() == stage.state


@pytest.mark.parametrize("key", ["warm_up", "acceleration", "duel", "ladder", "crowd", "judged", "wheel"])
def test_where_nobody_was_named_equal_ones_at_the_cut_are_parted_by_a_lot_and_not_by_their_seats(key: str) -> None:
    """By right answers and time first; the host and everybody with the journal can draw the lot again."""
    drawn, settings = set(), {"contestants": 2} if key not in ("ladder", "crowd") else {}
    for seed in range(12):
        spec = {"format": key, "settings": settings}
        stage = Stage(
            speed(seconds=0), spec, questions=[[single(1)], [typed(2, "sen hồng")]], breaks=False, seed=str(seed)
        )
        stage.until("open")
        for seat in EVERYBODY:
            stage.answer(seat, 0)
        stage.until("revealed")
        while stage.state.index < 1:
            stage.advance()
        drawn |= set(stage.state.round.cast.order)
        assert stage.replayed() == stage.state
    assert drawn == set(EVERYBODY)


def test_who_answered_faster_is_a_contestant_and_before_the_first_point_who_came_first() -> None:
    spec = {"format": "warm_up", "settings": {"contestants": 2}}
    stage = first_round(
        Stage(speed(seconds=0), spec, questions=[[single(1)], [single(2)]], breaks=False), DUNG, BINH, AN, CHI
    )
    while stage.state.index < 1:
        stage.advance()
    assert stage.state.round.cast.order == (DUNG, BINH)
    fresh = Stage(spec, questions=[[single(1)]], breaks=False)
    fresh.advance()
    assert fresh.state.round.cast.order == (AN, BINH)
