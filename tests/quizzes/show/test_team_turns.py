"""One team after another plays a round: a round for each team, with its share of the questions; the others look on."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.script import check_script
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, script, single, speed

RED, BLUE = 1, 2
BY_HAND = {"form": "host", "count": 2}
IN_TURN = {"who": "each_team"}


def stage_of(*rounds: dict[str, Any], questions: list[list[Any]], **teams: Any) -> Stage:
    """An and Bình are red, Chi and Dũng blue."""
    stage = Stage(*rounds, questions=questions, teams={**BY_HAND, **teams}, breaks=False)
    stage.command("team", seats=[AN, BINH], team=RED)
    stage.command("team", seats=[CHI, DUNG], team=BLUE)
    return stage


def asked(stage: Stage) -> list[int]:
    ask = show.main_ask(stage.state)
    assert ask is not None
    return [seat for seat in EVERYBODY if show.may_answer(stage.state, ask.no, seat)]


def played(stage: Stage) -> list[tuple[int, list[int], str]]:
    """Everything that is asked until the end: round, who is asked, which question."""
    found = []
    while stage.phase != "over":
        stage.until("open")
        state = stage.state
        found.append((state.index, asked(stage), state.playing.body()["id"]))
        stage.until("revealed")
        while stage.phase not in ("open", "over"):
            stage.advance()
    return found


def test_each_team_answers_its_own_questions_in_turn() -> None:
    stage = stage_of({**speed(seconds=0), "plays": IN_TURN}, questions=[[single(n) for n in range(1, 5)]])
    assert played(stage) == [
        (0, [AN, BINH], "q1"),
        (0, [AN, BINH], "q2"),
        (1, [CHI, DUNG], "q3"),
        (1, [CHI, DUNG], "q4"),
    ]
    assert stage.replayed() == stage.state


def test_who_is_not_in_the_team_looks_on_and_plays_along_and_the_screens_name_the_team() -> None:
    stage = stage_of({**speed(seconds=0), "plays": IN_TURN}, questions=[[single(1), single(2)]])
    stage.until("open")
    assert [show.role(stage.state, seat, "public") for seat in EVERYBODY] == ["player"] * 2 + ["audience"] * 2
    assert {ask.kind for ask in show.asks(stage.state)} == {"question", "along"}
    assert show.view(stage.state, Viewer("stage"))["round"]["team"] == RED
    stage.until("revealed")
    stage.until("ready")
    assert show.view(stage.state, Viewer("stage"))["round"]["team"] == BLUE


def test_a_round_without_turns_of_teams_names_none() -> None:
    stage = stage_of(speed(seconds=0), questions=[[single(1)]])
    stage.until("open")
    assert "team" not in show.view(stage.state, Viewer("stage"))["round"]


def test_chapters_play_in_turn_and_the_turn_of_one_that_did_not_come_is_passed_over() -> None:
    stage = Stage(
        {**speed(seconds=0), "plays": {**IN_TURN, "count": 3}},
        questions=[[single(1), single(2), single(3)]],
        teams={"form": "unit"},
        known={"units": {"1": 70, "2": 70, "3": 81, "4": 81}},
        breaks=False,
    )
    assert [(seats, key) for _, seats, key in played(stage)] == [([AN, BINH], "q1"), ([CHI, DUNG], "q2")]


def test_slots_are_shared_out_each_for_itself() -> None:
    part = {**speed(seconds=0), "format": "warm_up", "settings": {"each": 1, "common": 1, "contestants": 2}}
    listed = {"own": [single(n) for n in range(1, 5)], "common": [single(8), single(9)]}
    event = show.create(
        script({**part, "questions": listed, "plays": IN_TURN}) | {"teams": BY_HAND},
        [[*listed["own"], *listed["common"]]],
        "hạt",
        {"vi": "Thử"},
    )
    assert [[one["id"] for one in asked] for asked in event.data["questions"]] == [
        ["q1", "q2", "q8"],
        ["q3", "q4", "q9"],
    ]
    assert [one["slots"] for one in event.data["script"]["rounds"]] == [{"own": 2, "common": 1}] * 2


def test_later_rounds_that_name_it_mean_the_turns_of_all_its_teams() -> None:
    final = {**speed(seconds=0), "plays": {"who": "winners", "of": [1]}}
    stage = stage_of({**speed(seconds=0), "plays": IN_TURN}, final, questions=[[single(1), single(2)], [single(3)]])
    for seat in (BINH, CHI):
        stage.until("open")
        stage.answer(seat, 0, no=show.main_ask(stage.state).no)
        stage.until("revealed")
        stage.advance()
    stage.until("open")
    assert stage.state.index == 2
    assert asked(stage) == [BINH, CHI], "the best of each team"


@pytest.mark.parametrize(
    ("teams", "plays", "count", "code", "place"),
    [
        (None, IN_TURN, 4, "plays_team", ("plays", "who")),
        (BY_HAND, IN_TURN, 3, "plays_share", ("questions",)),
        ({"form": "unit"}, IN_TURN, 4, "plays_count", ("plays", "count")),
        ({"form": "unit"}, {**IN_TURN, "count": 3}, 4, "plays_share", ("questions",)),
    ],
)
def test_what_cannot_be_shared_out_is_named(
    teams: Any, plays: dict[str, Any], count: int, code: str, place: tuple[str, ...]
) -> None:
    questions = [single(n) for n in range(count)]
    found = check_script(script({**speed(), "questions": questions, "plays": plays}) | {"teams": teams})
    assert [(one.code, one.path) for one in found] == [(code, ("rounds", 0, *place))]
    sound = check_script(script({**speed(), "questions": questions[:2], "plays": IN_TURN}) | {"teams": BY_HAND})
    assert sound == []


def test_questions_drawn_from_banks_are_shared_out_too() -> None:
    part = {**speed(), "draw": {"count": 3}, "plays": IN_TURN}
    found = check_script(script(part) | {"teams": BY_HAND})
    assert [(one.code, one.path) for one in found] == [("plays_share", ("rounds", 0, "draw"))]
