"""The players of a round: the script names them, the `round` event freezes them, everybody else looks on."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.script import check_script
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, buzzer, script, single, speed

TWO = [[single(1)], [single(2)]]


def rounds(second: dict[str, Any], **plays: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return speed(seconds=0), {**second, "plays": plays}


def after_the_first(stage: Stage) -> Stage:
    """An and Chi are right in the first round, Chi faster; the second round is announced and opened."""
    stage.until("open")
    stage.answer(AN, 0, after_s=3)
    stage.answer(CHI, 0, after_s=1)
    stage.until("revealed")
    stage.until("open")
    return stage


def roles(stage: Stage) -> list[str]:
    return [show.role(stage.state, seat, "public") for seat in EVERYBODY]


def question(stage: Stage) -> int:
    """The number of the question itself, not of what is asked beside it."""
    ask = show.main_ask(stage.state)
    assert ask is not None
    return ask.no


def asked(stage: Stage) -> list[int]:
    return [seat for seat in EVERYBODY if show.may_answer(stage.state, question(stage), seat)]


def test_the_best_so_far_play_and_the_others_look_on() -> None:
    stage = after_the_first(Stage(*rounds(speed(seconds=0), who="top", count=2), questions=TWO, breaks=False))
    assert roles(stage) == ["player", "audience", "player", "audience"]
    assert asked(stage) == [AN, CHI]
    seen = show.view(stage.state, viewer(stage, BINH))["asks"]
    assert [(ask["kind"], ask["scored"]) for ask in seen] == [("along", False)]
    stage.room["upto"] = 5
    assert show.role(stage.state, 5, "public") == "audience", "who comes later looks on"
    assert stage.replayed() == stage.state


def viewer(stage: Stage, seat: int) -> Viewer:
    return Viewer(show.role(stage.state, seat, "public"), show.group(stage.state, seat))


def test_the_host_chooses_who_plays_and_undo_leaves_the_choice() -> None:
    stage = Stage(*rounds(buzzer(), who="chosen"), questions=TWO, breaks=False)
    stage.command("choose", seats=[DUNG, BINH])
    after_the_first(stage)
    assert asked(stage) == [BINH, DUNG]
    stage.command("undo")
    assert stage.state.chosen == (DUNG, BINH)


def test_a_format_of_contestants_takes_the_chosen_in_their_order() -> None:
    stage = Stage(
        {"format": "finish", "settings": {"contestants": 3}, "plays": {"who": "chosen"}}, questions=[[single(1)] * 9]
    )
    stage.command("choose", seats=[DUNG, BINH])
    stage.advance()
    assert stage.state.round.cast.order == (DUNG, BINH)


def test_where_nobody_is_meant_everybody_plays() -> None:
    stage = after_the_first(Stage(*rounds(speed(seconds=0), who="chosen"), questions=TWO, breaks=False))
    assert asked(stage) == list(EVERYBODY)


def test_the_survivors_of_the_bell_go_on() -> None:
    bell = {"format": "golden_bell", "settings": {"rescue": "never", "bell_at": 1}}
    stage = after_the_first(
        Stage(bell, {**speed(seconds=0), "plays": {"who": "survivors"}}, questions=TWO, breaks=False)
    )
    assert asked(stage) == [AN, CHI]


def test_winners_of_rounds_and_the_best_runner_up() -> None:
    final = {**speed(seconds=0), "plays": {"who": "winners", "of": [1, 2], "count": 1}}
    stage = Stage(speed(seconds=0), speed(), final, questions=[[single(1)], [single(2)], [single(3)]], breaks=False)
    stage.until("open")
    stage.answer(AN, 0, after_s=1)
    stage.answer(BINH, 0, after_s=9)
    stage.until("revealed")
    stage.until("open")
    stage.answer(CHI, 0, after_s=1)
    stage.answer(DUNG, 0, after_s=5)
    stage.until("revealed")
    stage.until("open")
    assert stage.state.round.setup.room.contestants == (AN, CHI, DUNG)
    assert asked(stage) == [AN, CHI, DUNG]


def test_a_kicked_seat_is_not_called_to_play() -> None:
    stage = Stage(*rounds(speed(seconds=0), who="chosen"), questions=TWO, breaks=False)
    stage.command("choose", seats=[AN, BINH])
    stage.command("kick", seat=BINH)
    assert asked(after_the_first(stage)) == [AN]


def test_who_came_to_look_on_is_asked_nothing_and_plays_along_where_the_format_lets_it() -> None:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], known={"watching": [DUNG]})
    stage.until("open")
    assert roles(stage) == ["player"] * 3 + ["audience"]
    kinds = {ask.kind: ask for ask in show.asks(stage.state)}
    assert [seat for seat in EVERYBODY if seat in kinds["question"].roll] == [AN, BINH, CHI]
    assert [seat for seat in EVERYBODY if seat in kinds["along"].roll] == [DUNG]
    stage.answer(DUNG, 0, no=kinds["along"].no)
    stage.until("revealed")
    assert show.me(stage.state, DUNG)["along"] == {"score": 100, "rank": 1, "of": 1}
    assert DUNG not in {row.seat for row in stage.state.table.rows}


def test_standings_come_when_the_round_says_so() -> None:
    stage = Stage({**speed(seconds=0), "standings": "never"}, speed(), questions=TWO, breaks=False, standings="every")
    stage.until("revealed")
    stage.advance()
    assert stage.phase == "ready"
    stage.until("revealed")
    stage.advance()
    assert stage.phase == "standings"


@pytest.mark.parametrize(
    ("plays", "code", "place"),
    [
        ({"who": "top"}, "plays_count", "count"),
        ({"who": "winners", "count": 1}, "plays_of", "of"),
        ({"who": "winners", "of": [2]}, "plays_of", "of"),
        ({"who": "team"}, "plays_team", "who"),
        ({"who": "friends"}, "not_a_choice", "who"),
        ({"whom": "top"}, "unknown", "whom"),
    ],
)
def test_a_line_up_that_cannot_be_is_named_with_its_place(plays: dict[str, Any], code: str, place: str) -> None:
    questions = [single(1)]
    found = check_script(
        script({**speed(seconds=0), "questions": questions}, {**speed(), "questions": questions, "plays": plays})
    )
    assert [(one.code, one.path) for one in found] == [(code, ("rounds", 1, "plays", place))]
