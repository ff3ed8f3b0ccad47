"""Teams at the edges: a captain who is gone, equal votes, one member against five, half-points, teams that went away."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import PLAYER, Viewer
from tests.quizzes.people import AN, BINH, CHI, DUNG, Stage, buzzer, single, speed, typed
from tests.quizzes.show.test_teams import BLUE, BY_HAND, RED, in_teams, question, scores

SIX = {"upto": 6, "without": []}


def asked(stage: Stage) -> list[int]:
    return [seat for seat in range(1, 7) if show.may_answer(stage.state, question(stage), seat)]


def six(*rounds: dict[str, Any], asks: dict[str, Any] | None = None, **teams: Any) -> Stage:
    questions = [[asks or single(number)] for number in range(len(rounds))]
    return Stage(*rounds, questions=questions, room=SIX, teams={**BY_HAND, **teams}, breaks=False)


@pytest.mark.parametrize("form", [speed(seconds=0), buzzer(after_wrong="reopen")])
def test_the_next_one_speaks_for_a_captain_who_was_sent_out_in_the_middle_of_a_round(form: dict[str, Any]) -> None:
    stage = in_teams(form, questions=2, answers="captain")
    stage.until("open")
    assert asked(stage) == [AN, CHI]
    stage.command("kick", seat=AN)
    stage.until("revealed")
    stage.until("open")
    assert asked(stage) == [BINH, CHI]
    assert stage.replayed() == stage.state


def test_the_next_one_answers_the_question_in_which_the_captain_was_sent_out() -> None:
    stage = in_teams(speed(seconds=0), questions=2, answers="captain")
    stage.until("open")
    stage.answer(AN, 0)
    stage.command("kick", seat=AN)
    assert asked(stage) == [BINH, CHI]
    assert [show.role(stage.state, seat, "public") for seat in (BINH, CHI)] == ["captain", "captain"]
    view = show.view(stage.state, Viewer("stage"))
    assert (view["stepped_in"], BINH in view["seats"]) == ([[BINH, RED]], True)
    stage.answer(BINH, 0)
    stage.until("revealed")
    assert scores(stage) == {RED: 100, BLUE: 0}
    stage.until("open")
    assert (asked(stage), "stepped_in" in show.view(stage.state, Viewer("stage"))) == ([BINH, CHI], False)
    stage.command("readmit", seat=AN)
    assert (asked(stage), show.role(stage.state, AN, "public")) == ([BINH, CHI], "player")
    assert stage.replayed() == stage.state


def test_captains_are_followed_one_after_another_and_a_team_without_anybody_is_silent() -> None:
    stage = in_teams(speed(seconds=0), questions=1, answers="captain")
    stage.until("open")
    stage.command("kick", seats=[AN, CHI])
    assert asked(stage) == [BINH, DUNG]
    stage.command("kick", seat=DUNG)
    assert asked(stage) == [BINH]
    stage.command("pause")
    stage.command("kick", seat=BINH)
    assert asked(stage) == []
    assert stage.replayed() == stage.state


def test_between_questions_the_next_captain_is_named_and_told_too() -> None:
    stage = in_teams(speed(seconds=0), questions=2, answers="captain")
    stage.until("ready")
    stage.command("kick", seat=AN)
    assert show.view(stage.state, Viewer("stage"))["stepped_in"] == [[BINH, RED]]
    stage.advance()
    assert asked(stage) == [BINH, CHI]


def test_what_the_stand_in_answers_is_the_teams() -> None:
    stage = in_teams(speed(seconds=0), questions=2, answers="captain")
    stage.until("open")
    stage.command("kick", seat=AN)
    stage.until("revealed")
    stage.until("open")
    stage.answer(BINH, 0)
    stage.until("revealed")
    assert scores(stage) == {RED: 100, BLUE: 0}


def test_the_first_chosen_speaks_where_the_captain_is_not_chosen() -> None:
    stage = in_teams(speed(seconds=0), {**speed(seconds=0), "plays": {"who": "chosen"}}, answers="captain")
    stage.command("choose", seats=[BINH, CHI])
    stage.until("revealed")
    stage.until("open")
    assert asked(stage) == [BINH, CHI]


@pytest.mark.parametrize(
    ("words", "points"),
    [
        (("Huế", "Hà Nội", "hà  nội", "huế", "HÀ NỘI"), 100),  # three say the same in three spellings
        (("Huế", "Hà Nội", "HUẾ", "Vinh", "Hà Nội"), 0),  # as many: who came first
        (("Hà Nội", "Huế", "HUẾ", "Vinh", "thủ đô"), 100),  # two accepted spellings are one answer
    ],
)
def test_a_majority_of_typed_words_is_of_the_same_answer(words: tuple[str, ...], points: int) -> None:
    stage = six(speed(seconds=0), asks=typed(1, "Hà Nội", "thủ đô"), answers="majority")
    stage.command("team", seats=[1, 2, 3, 4, 5], team=RED)
    stage.until("open")
    for seat, word in enumerate(words, start=1):
        stage.answer(seat, raw=word, after_s=seat)
    stage.until("revealed")
    assert scores(stage) == {RED: points}


@pytest.mark.parametrize(("way", "half"), [("sum", {RED: 15, BLUE: 45}), ("average", {RED: 15, BLUE: 9})])
def test_one_against_five_with_half_points(way: str, half: dict[int, int]) -> None:
    stage = six(speed(seconds=0, points=7.5), points=way)
    stage.command("team", seats=[1], team=RED)
    stage.command("team", seats=[2, 3, 4, 5, 6], team=BLUE)
    stage.until("open")
    for seat in (1, 2, 3, 4):
        stage.answer(seat, 0)
    stage.until("revealed")
    assert {row.team: row.score for row in stage.state.team_rows} == half
    assert scores(stage) == {team: score / 2 for team, score in half.items()}
    for seat in (5, 6):
        stage.command("kick", seat=seat)
    left = {RED: Fraction(15), BLUE: Fraction(45 if way == "sum" else 15)}
    assert {row.team: row.score for row in stage.state.team_rows} == left, "an average is of those who are here"


def test_the_turn_of_a_team_that_was_sent_out_is_passed_over() -> None:
    stage = in_teams(*[{**speed(seconds=0), "plays": {"who": "team", "team": team}} for team in (RED, BLUE)])
    stage.command("kick", seats=[AN, BINH])
    stage.until("open")
    assert (asked(stage), stage.state.index) == ([CHI, DUNG], 1)


def turns_of_units(units: dict[str, int], kick: list[int] | None = None) -> list[list[int]]:
    """The seats that answer in the turns of three chapters; after the first turn those of `kick` are sent out."""
    own = [{**speed(seconds=0), "plays": {"who": "team", "team": team}} for team in (1, 2, 3)]
    stage = Stage(
        *own,
        questions=[[single(number)] for number in range(3)],
        room=SIX,
        teams={"form": "unit"},
        known={"units": units},
        breaks=False,
    )
    found = []
    while stage.phase != "over":
        stage.advance()
        if stage.phase == "open":
            found.append(asked(stage))
            if kick and len(found) == 1:
                stage.until("revealed")
                stage.command("kick", seats=kick)
    return found


def test_each_chapter_has_its_turn_whatever_its_number_is() -> None:
    assert turns_of_units({"1": 2, "2": 7, "3": 3}) == [[1], [2], [3]]


def test_a_chapter_that_has_gone_moves_nobodys_turn() -> None:
    assert turns_of_units({"1": 70, "2": 81, "3": 92}, kick=[1]) == [[1], [2], [3]]


def test_who_picked_nothing_fills_the_small_teams() -> None:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], room=SIX, teams={"form": "pick", "count": 3}, breaks=False)
    for seat in (1, 2, 3, 4):
        stage.command("join_team", PLAYER, as_seat=seat, team=1)
    stage.until("open")
    assert sorted(stage.state.teams.values()) == [1, 1, 1, 1, 2, 3]


def test_who_is_in_no_team_locks_nobody_but_itself() -> None:
    stage = six(buzzer(after_wrong="reopen"))
    stage.command("team", seats=[1, 2], team=RED)
    stage.until("open")
    stage.buzz(5)
    stage.clock()
    stage.command("wrong")
    assert asked(stage) == [1, 2, 3, 4, 6]
    stage.buzz(1)
    stage.clock()
    stage.command("wrong")
    assert asked(stage) == [3, 4, 6]
