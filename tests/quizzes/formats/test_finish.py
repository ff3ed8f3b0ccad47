"""Về đích."""

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single


def stage(**settings: object) -> Stage:
    spec = {"format": "finish", "settings": {"each": 1, **settings}}
    return Stage(spec, questions=[[single(n) for n in range(1, 5)]], standings="never")


def pick(played: Stage, value: str) -> int:
    """Whoever has the turn picks."""
    played.until("open")
    seat = played.state.round.cast.turn
    played.answer(seat, raw=value)
    played.advance()
    assert played.phase == "ready"
    return seat


def answer(played: Stage, seat: int, index: int | None) -> None:
    played.until("open")
    if index is not None:
        played.answer(seat, index)
    played.advance()


def scores(played: Stage) -> list[float]:
    played.until("revealed")
    return [played.score(seat) for seat in EVERYBODY]


def test_the_pick_is_an_ask_of_the_turn_alone_without_a_question() -> None:
    played = stage()
    played.until("open")
    [ask] = show.view(played.state, Viewer("contestant", "turn"))["asks"]
    assert (ask["kind"], ask["part"], ask["scored"], ask["question"]["text"]) == ("pick", "side", False, "")
    assert [one["id"] for one in ask["question"]["options"]] == ["20", "30"]
    assert show.view(played.state, Viewer("contestant", "aside"))["asks"] == []
    assert "Câu hỏi" not in str(show.view(played.state, Viewer("stage")))
    with pytest.raises(Rejected, match="bad_choice"):
        show.read_choice(played.state, 1, "500")


def test_a_right_answer_earns_what_was_picked() -> None:
    played = stage()
    answer(played, pick(played, "30"), 0)
    assert played.phase == "closed"
    assert scores(played) == [30, 0, 0, 0]


def test_a_thief_takes_the_value_from_who_failed() -> None:
    played = stage()
    answer(played, pick(played, "20"), 1)
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [BINH, CHI, DUNG]
    played.buzz(CHI)
    played.clock()
    played.command("right")
    assert scores(played) == [-20, 0, 20, 0]


def test_a_thief_who_is_wrong_loses_half_and_nobody_else_may_try() -> None:
    played = stage(values=[25])
    answer(played, pick(played, "25"), None)
    played.buzz(DUNG, BINH)
    played.clock()
    played.command("wrong")
    assert played.phase == "closed"
    assert scores(played) == [0, 0, 0, -12.5]


def test_the_star_doubles_and_costs_the_value_whether_or_not_it_is_stolen() -> None:
    for index, steals, expected in ((0, False, [40, 0, 0, 0]), (1, False, [-20, 0, 0, 0]), (1, True, [-20, 20, 0, 0])):
        played = stage()
        seat = pick(played, "20")
        played.command("star", "player", as_seat=seat)
        answer(played, seat, index)
        if index:
            if steals:
                played.buzz(BINH)
            played.clock()
            if steals:
                played.command("right")
        assert scores(played) == expected


def test_the_star_is_placed_by_its_contestant_once_and_by_nobody_else() -> None:
    played = stage(each=2)
    seat = pick(played, "20")
    for other in (BINH, 99):
        with pytest.raises(Rejected, match="not_yours"):
            played.command("star", "contestant", as_seat=other)
    assert [one["do"] for one in show.view(played.state, Viewer("contestant", "turn"))["acts"]] == ["star"]
    assert show.view(played.state, Viewer("contestant"))["acts"] == []
    played.command("star", "player", as_seat=seat)
    with pytest.raises(Rejected, match="not_now"):
        played.command("star", "player", as_seat=seat)


def test_the_highest_score_goes_first_and_the_order_is_made_anew_after_each_turn() -> None:
    played = stage()
    turns = []
    while played.phase != "over":
        turn = played.state.round.cast.turn if played.state.round else None
        if turn and turn not in turns:
            turns.append(turn)
            answer(played, pick(played, "20"), 1)
            if turn == AN:
                played.buzz(DUNG)
                played.clock()
                played.command("right")
        played.advance()
    assert turns == [AN, DUNG, BINH, CHI]


def test_nothing_goes_back_behind_a_verdict_that_was_said() -> None:
    played = stage()
    answer(played, pick(played, "20"), 1)
    with pytest.raises(Rejected, match="key_shown"):
        played.command("undo")


def test_the_shell_may_name_contestants_and_teams_and_the_journal_keeps_them() -> None:
    spec = {"format": "finish", "settings": {"each": 1}}
    played = Stage(spec, questions=[[single(1), single(2)]])
    played.command("advance", room={"contestants": [CHI, AN, BINH], "teams": {str(CHI): 1, str(AN): 1, str(BINH): 2}})
    cast = played.state.round.cast
    assert (cast.order, cast.turn, cast.rivals(CHI)) == ((CHI, AN, BINH), CHI, (BINH,))
    assert [cast.role(seat) for seat in EVERYBODY] == ["contestant", "contestant", "contestant", "audience"]
    assert played.replayed() == played.state
