"""A verdict pressed wrongly is corrected: points move, what followed is taken back, everybody is told."""

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, buzzer, single, speed


def buzzed(*seats: int, **settings: object) -> Stage:
    stage = Stage(buzzer(**{"points": 10, "wrong_penalty": 5, **settings}), questions=[[single(1)]], breaks=False)
    stage.until("open")
    buzz(stage, *seats)
    return stage


def buzz(stage: Stage, *seats: int) -> None:
    stage.buzz(*seats, apart_us=60_000)
    while stage.phase == "open":
        stage.clock()


def correct(stage: Stage, no: int, seat: int, right: bool) -> None:
    stage.command("correct", no=no, seat=seat, right=right, reason_ref=7)
    assert stage.replayed() == stage.state


def scores(stage: Stage) -> dict[int, float]:
    return {seat: score for seat in EVERYBODY if (score := stage.score(seat))}


def test_the_first_was_right_after_all_and_who_came_next_gives_its_points_back() -> None:
    stage = buzzed(AN, BINH)
    stage.command("wrong")
    stage.command("right")
    correct(stage, 1, AN, True)
    assert stage.phase == "closed"
    stage.until("revealed")
    assert scores(stage) == {AN: 10}
    stage.until("over")
    assert scores(stage) == {AN: 10}


def test_the_first_was_wrong_after_all_and_the_next_of_the_order_answers() -> None:
    stage = buzzed(AN, BINH)
    stage.command("right")
    correct(stage, 1, AN, False)
    assert (stage.phase, show.view(stage.state, Viewer("stage"))["format"]["answering"]) == ("answering", BINH)
    stage.command("right")
    stage.until("revealed")
    assert scores(stage) == {AN: -5, BINH: 10}


def test_while_the_others_buzz_again_their_opening_is_void_and_the_question_closed() -> None:
    stage = buzzed(AN, after_wrong="reopen")
    stage.command("wrong")
    assert stage.phase == "open"
    correct(stage, 1, AN, True)
    assert stage.phase == "closed"
    assert [(one["no"], one["why"]) for one in show.view(stage.state, Viewer("stage"))["void"]] == [(2, "corrected")]
    assert show.fences(stage.state) == []
    stage.until("revealed")
    assert scores(stage) == {AN: 10}


def test_while_the_next_one_answers_the_floor_is_taken_back() -> None:
    stage = buzzed(AN, BINH)
    stage.command("wrong")
    correct(stage, 1, AN, True)
    assert (stage.phase, show.view(stage.state, Viewer("stage"))["format"]["answering"]) == ("closed", None)


def test_after_the_key_only_points_move_also_of_a_round_before() -> None:
    stage = Stage(
        buzzer(points=10), speed(seconds=0), questions=[[single(1)], [single(2)]], breaks=False, standings="never"
    )
    stage.until("open")
    buzz(stage, AN, BINH)
    stage.command("wrong")
    stage.command("right")
    stage.until("revealed")
    stage.until("ready")
    assert scores(stage) == {BINH: 10}
    correct(stage, 1, AN, True)
    assert (stage.phase, scores(stage)) == ("ready", {AN: 10})


def test_a_stolen_value_goes_back_when_the_thief_was_wrong() -> None:
    stage = Stage(
        {"format": "finish", "settings": {"contestants": 2, "each": 1, "values": [20]}},
        questions=[[single(1), single(2)]],
        breaks=False,
    )
    stage.until("open")
    stage.advance()
    stage.until("open")
    stage.advance()
    buzz(stage, BINH)
    no = stage.ask.no
    stage.command("right")
    stage.until("revealed")
    assert scores(stage) == {AN: -20, BINH: 20}
    correct(stage, no, BINH, False)
    assert scores(stage) == {BINH: -10}
    correct(stage, no, BINH, True)
    assert scores(stage) == {AN: -20, BINH: 20}


def test_it_needs_a_reason_a_verdict_and_a_change() -> None:
    stage = buzzed(AN, BINH)
    with pytest.raises(Rejected, match="not_now"):
        stage.command("correct", no=1, seat=AN, right=True, reason_ref=7)
    stage.command("wrong")
    for args, code in (
        ({"no": 1, "seat": AN, "right": True}, "bad_request"),
        ({"no": 1, "seat": AN, "right": 1, "reason_ref": 7}, "bad_request"),
        ({"no": 1, "seat": AN, "right": False, "reason_ref": 7}, "not_found"),
        ({"no": 1, "seat": DUNG, "right": True, "reason_ref": 7}, "not_found"),
        ({"no": 99, "seat": AN, "right": True, "reason_ref": 7}, "bad_request"),
    ):
        with pytest.raises(Rejected, match=code):
            stage.command("correct", **args)
    stage.command("pause")
    with pytest.raises(Rejected, match="not_now"):
        stage.command("correct", no=1, seat=AN, right=True, reason_ref=7)


def test_a_correction_is_told_and_can_be_undone() -> None:
    stage = buzzed(AN, BINH)
    stage.command("wrong")
    correct(stage, 1, AN, True)
    told = stage.state.changes[-1]
    assert (told.what, told.data["seat"], told.data["right"], told.has_reason) == ("corrected", AN, True, True)
    assert show.view(stage.state, Viewer("player"))["corrected"] == [
        {"no": 1, "seat": AN, "right": True, "reason_ref": 7}
    ]
    stage.command("undo")
    stage.command("resume")
    assert (stage.phase, show.view(stage.state, Viewer("stage"))["format"]["answering"]) == ("answering", BINH)


def test_who_waits_behind_a_team_that_failed_is_passed_over() -> None:
    stage = Stage(
        buzzer(after_wrong="order"), questions=[[single(1)]], breaks=False, teams={"form": "host", "count": 2}
    )
    stage.command("team", seats=[AN, BINH], team=1)
    stage.until("open")
    buzz(stage, AN, BINH, CHI)
    stage.command("right")
    correct(stage, 1, AN, False)
    assert show.view(stage.state, Viewer("stage"))["format"]["answering"] == CHI
