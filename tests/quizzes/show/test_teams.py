"""Teams: how they are formed, who answers for them, where they stand."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import PLAYER, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, buzzer, single, speed

RED, BLUE = 1, 2
BY_HAND = {"form": "host", "count": 2}


def in_teams(*rounds: dict[str, Any], questions: int = 1, **teams: Any) -> Stage:
    """An and Bình are red, Chi and Dũng blue."""
    asked = [[single(number) for number in range(questions)]] * len(rounds)
    stage = Stage(*rounds, questions=asked, teams={**BY_HAND, **teams}, breaks=False)
    stage.command("team", seats=[AN, BINH], team=RED)
    stage.command("team", seats=[CHI, DUNG], team=BLUE)
    return stage


def question(stage: Stage) -> int:
    ask = show.main_ask(stage.state)
    assert ask is not None
    return ask.no


def scores(stage: Stage) -> dict[int, float]:
    return {row["team"]: row["score"] for row in show.view(stage.state, Viewer("stage"))["teams"] or []}


def test_points_of_a_team_are_the_sum_of_its_members() -> None:
    stage = in_teams(speed(seconds=0))
    stage.until("open")
    for seat in (AN, BINH, CHI):
        stage.answer(seat, 0)
    stage.until("revealed")
    assert scores(stage) == {RED: 200, BLUE: 100}
    assert show.me(stage.state, DUNG)["of_team"] == {"score": 100, "rank": 2}
    assert show.me(stage.state, DUNG)["team"] == BLUE
    assert stage.replayed() == stage.state


def test_an_average_is_exact_to_the_rank_and_shown_with_two_decimals() -> None:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], teams={**BY_HAND, "points": "average"}, breaks=False)
    stage.command("team", seats=[AN, BINH, CHI], team=RED)
    stage.command("team", seats=[DUNG], team=BLUE)
    stage.until("open")
    stage.answer(AN, 0)
    stage.until("revealed")
    assert scores(stage) == {RED: 33.33, BLUE: 0}
    assert stage.state.team_rows[0].score * 3 == 200


@pytest.mark.parametrize(("answers", "right"), [("first", {RED: 0, BLUE: 100}), ("majority", {RED: 100, BLUE: 100})])
def test_a_team_answers_with_one_voice(answers: str, right: dict[int, int]) -> None:
    stage = Stage(
        speed(seconds=0),
        questions=[[single(1)]],
        room={"upto": 5, "without": []},
        teams={**BY_HAND, "answers": answers},
    )
    stage.command("team", seats=[AN, BINH, CHI], team=RED)
    stage.command("team", seats=[DUNG, 5], team=BLUE)
    stage.until("open")
    stage.answer(AN, 1, after_s=1)
    stage.answer(BINH, 0, after_s=2)
    stage.answer(CHI, 0, after_s=3)
    stage.answer(DUNG, 0, after_s=2)
    stage.answer(5, 1, after_s=3)
    stage.until("revealed")
    assert scores(stage) == right
    assert show.me(stage.state, 5)["last"]["right"], "the team was right, so its phones say so"


def test_only_the_captain_answers_and_the_others_see_that() -> None:
    stage = in_teams(speed(seconds=0), answers="captain")
    stage.command("captain", seat=BINH)
    stage.until("open")
    assert [show.role(stage.state, seat, "public") for seat in EVERYBODY] == ["player", "captain", "captain", "player"]
    assert [seat for seat in EVERYBODY if show.may_answer(stage.state, question(stage), seat)] == [BINH, CHI]
    stage.answer(BINH, 0)
    stage.until("revealed")
    assert scores(stage) == {RED: 100, BLUE: 0}
    assert show.me(stage.state, AN)["of_team"]["score"] == 100


def test_a_wrong_buzz_locks_the_whole_team() -> None:
    stage = in_teams(buzzer(after_wrong="reopen"))
    stage.until("open")
    stage.buzz(AN)
    stage.clock()
    stage.command("wrong")
    assert [seat for seat in EVERYBODY if show.may_answer(stage.state, question(stage), seat)] == [CHI, DUNG]
    assert show.group(stage.state, BINH) == "tried"
    stage.buzz(CHI)
    stage.clock()
    stage.command("right")
    stage.until("revealed")
    assert scores(stage) == {BLUE: 10, RED: 0}


def test_who_waits_of_a_locked_team_is_passed_over() -> None:
    stage = in_teams(buzzer(after_wrong="order"))
    stage.until("open")
    stage.buzz(AN, BINH, DUNG, apart_us=10_000)
    stage.clock()
    stage.command("wrong")
    assert show.view(stage.state, Viewer("stage"))["format"]["answering"] in (CHI, DUNG)


def test_lots_make_teams_of_one_size_and_who_comes_later_joins_the_smaller() -> None:
    stage = Stage(
        speed(seconds=0),
        speed(seconds=0),
        questions=[[single(1)], [single(2)]],
        teams={"form": "lot", "count": 2},
        breaks=False,
    )
    stage.advance()
    first = dict(stage.state.teams)
    assert sorted(first.values()) == [1, 1, 2, 2]
    stage.room["upto"] = 5
    stage.until("revealed")
    stage.until("ready")
    assert {seat: stage.state.teams[seat] for seat in first} == first
    assert stage.state.teams[5] in (1, 2)


def test_units_are_teams_and_who_has_none_plays_alone() -> None:
    stage = Stage(
        speed(seconds=0), questions=[[single(1)]], teams={"form": "unit"}, known={"units": {"1": 70, "2": 70, "3": 81}}
    )
    stage.advance()
    assert stage.state.teams == {AN: 70, BINH: 70, CHI: 81}


def test_players_pick_their_team_until_the_show_begins() -> None:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], teams={"form": "pick", "count": 2})
    assert {"do": "join_team", "args": {"team": "whole"}} in show.view(stage.state, Viewer(PLAYER))["acts"]
    stage.command("join_team", PLAYER, as_seat=AN, team=BLUE)
    assert stage.state.teams == {AN: BLUE}
    with pytest.raises(Rejected, match="bad_request"):
        stage.command("join_team", PLAYER, as_seat=AN, team=3)
    stage.until("open")
    with pytest.raises(Rejected, match="not_now"):
        stage.command("join_team", PLAYER, as_seat=AN, team=RED)
    assert sorted(stage.state.teams.values()) == [1, 1, 2, 2], "who has not picked is drawn"


def test_nobody_joins_a_team_where_nobody_picks() -> None:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], teams=BY_HAND)
    with pytest.raises(Rejected, match="not_now"):
        stage.command("join_team", PLAYER, as_seat=AN, team=RED)
    with pytest.raises(Rejected, match="not_now"):
        Stage(speed(seconds=0), questions=[[single(1)]]).command("team", seats=[AN], team=RED)


def test_one_team_after_another_plays_a_round() -> None:
    own = [{**speed(seconds=0), "plays": {"who": "team", "team": team}} for team in (RED, BLUE)]
    stage = in_teams(*own)
    stage.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(stage.state, question(stage), seat)] == [AN, BINH]
    stage.until("revealed")
    stage.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(stage.state, question(stage), seat)] == [CHI, DUNG]


def test_captains_are_the_contestants_where_a_format_has_some() -> None:
    stage = in_teams({"format": "finish", "settings": {"contestants": 4}}, questions=9, answers="captain")
    stage.advance()
    assert stage.state.round.cast.order == (AN, CHI)


def test_before_a_reveal_no_team_knows_what_its_answers_were_worth() -> None:
    stage = in_teams(speed(seconds=0))
    stage.until("open")
    before = show.me(stage.state, AN)
    stage.answer(AN, 0)
    stage.until("closed")
    assert show.me(stage.state, AN)["of_team"] == before["of_team"] == {"score": 0, "rank": 1}
