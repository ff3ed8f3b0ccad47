"""Câu hỏi phụ."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single, speed


def stage(*right: int, **settings: Any) -> Stage:
    """A question of another round before; these were right and stand equal."""
    spec = {"format": "tie_break", "settings": {"along": False, **settings}}
    played = Stage(speed(points=50), spec, questions=[[single(9)], [single(1), single(2)]], standings="never")
    played.until("open")
    for seat in right:
        played.answer(seat, 0)
    played.until("break")
    played.advance()
    return played


def ranks(played: Stage) -> list[int]:
    played.until("over")
    rank = {one["seat"]: one["rank"] for one in show.results(played.state)}
    return [rank[seat] for seat in EVERYBODY]


def test_only_the_equal_ones_play_and_the_first_right_answer_decides_without_points() -> None:
    played = stage(AN, CHI)
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [AN, CHI]
    before = [played.score(seat) for seat in EVERYBODY]
    played.buzz(CHI)
    played.clock()
    played.command("right")
    played.settle()
    assert [played.score(seat) for seat in EVERYBODY] == before
    assert ranks(played) == [2, 3, 1, 3]


def an_is_wrong(played: Stage) -> None:
    played.buzz(AN)
    played.clock()
    played.command("wrong")
    played.settle()


def test_a_wrong_answer_leads_to_the_next_question() -> None:
    played = stage(AN, CHI)
    played.until("open")
    an_is_wrong(played)
    played.until("open")
    assert played.state.round.question == 1


def test_after_the_last_question_lots_are_drawn_from_the_seed() -> None:
    played = stage(AN, CHI, DUNG)
    while not (own := show.view(played.state, Viewer("stage"))["format"]).get("lots"):
        played.advance()
    assert sorted(own["lots"]) == [AN, CHI, DUNG]
    found = ranks(played)
    assert sorted(found) == [1, 2, 3, 4]
    assert found[own["lots"][0] - 1] == 1
    assert played.replayed() == played.state
    again = stage(AN, CHI, DUNG)
    assert ranks(again) == found


def test_where_nobody_stands_equal_the_round_is_passed_over() -> None:
    played = stage(BINH)
    assert played.phase == "over"


def without_points(**settings: Any) -> Stage:
    """Nobody was right before, so nobody has any points."""
    return stage(**settings)


def answered_right(played: Stage, seat: int) -> None:
    played.until("open")
    played.buzz(seat)
    played.clock()
    played.command("right")
    played.settle()


def test_the_winner_among_those_without_points_stands_first() -> None:
    played = without_points()
    answered_right(played, CHI)
    assert ranks(played) == [2, 2, 1, 2]


def test_lots_order_those_without_points_too() -> None:
    played = without_points()
    played.until("over")
    rows = show.results(played.state)
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert [row["points"] for row in rows] == [0, 0, 0, 0]


def test_who_has_less_than_nothing_stands_behind_who_has_nothing() -> None:
    played = without_points()
    played.command("adjust", seat=AN, points=-5)
    played.command("adjust", seat=BINH, points=20)
    answered_right(played, DUNG)
    assert ranks(played) == [4, 1, 3, 2]


def test_a_second_tie_break_leaves_the_order_of_the_first() -> None:
    """Two are equal at the top, two at the bottom; each pair has a round of its own."""
    first, second = ({"format": "tie_break", "settings": {"along": False, "place": place}} for place in (1, 3))
    questions = [[single(9)], [single(1)], [single(2)]]
    played = Stage(speed(points=50, scoring="speed"), first, second, questions=questions, standings="never")
    played.until("open")
    played.answer(AN, 0)
    played.answer(BINH, 0)
    played.until("break")
    played.advance()
    answered_right(played, BINH)
    played.until("break")
    played.advance()
    answered_right(played, DUNG)
    assert ranks(played) == [2, 1, 4, 3]


def test_points_that_come_after_it_count_again_from_nothing_but_themselves() -> None:
    spec = {"format": "tie_break", "settings": {"along": False}}
    questions = [[single(1)], [single(2)]]
    played = Stage(spec, speed(seconds=0), questions=questions, standings="never")
    answered_right(played, DUNG)
    played.until("break")
    played.until("open")
    played.answer(AN, 0)
    assert ranks(played) == [1, 2, 2, 2]


def test_the_scores_it_is_played_for_follow_a_change_of_an_earlier_round() -> None:
    """Adjusted meanwhile: who has more stands before the winner of the tie-break."""
    played = stage(AN, CHI)
    answered_right(played, CHI)
    played.command("adjust", seat=AN, points=0.5)
    assert ranks(played)[:3] == [1, 3, 2]


def test_a_verdict_corrected_after_the_lots_decides_in_their_place() -> None:
    played, wrong = stage(AN, CHI), []
    for seat in (AN, CHI):
        played.until("open")
        played.buzz(seat)
        played.clock()
        played.command("wrong")
        played.settle()
        wrong.append(played.ask.no)
    while not show.view(played.state, Viewer("stage"))["format"].get("lots"):
        played.advance()
    for seat, no in ((CHI, wrong[1]), (AN, wrong[0])):
        played.command("correct", no=no, seat=seat, right=True, reason_ref=1)
        assert show.view(played.state, Viewer("stage"))["format"]["winner"] == seat
    assert ranks(played)[0] == 1
    assert played.replayed() == played.state


def test_a_verdict_made_right_while_the_next_question_is_open_ends_the_round() -> None:
    """Later openings are void, and said to be."""
    for phase in ("ready", "open", "answering"):
        played = stage(AN, CHI)
        played.until("open")
        an_is_wrong(played)
        wrong = played.ask.no
        played.until("ready" if phase == "ready" else "open")
        if phase == "answering":
            played.buzz(CHI)
            played.clock()
        assert played.phase == phase
        later = [] if phase == "ready" else [played.ask.no]
        played.command("correct", no=wrong, seat=AN, right=True, reason_ref=1)
        assert [one["no"] for one in show.view(played.state, Viewer("stage"))["void"]] == later
        played.advance()
        assert played.phase == "over"
        assert ranks(played)[0] == 1
        assert played.replayed() == played.state


def press_early(played: Stage, *seats: int) -> None:
    played.until("ready")
    for seat in seats:
        played.command("early", "contestant", as_seat=seat)


def test_a_bell_pressed_ahead_of_the_signal_forfeits_that_question_only() -> None:
    played = stage(AN, CHI, DUNG)
    press_early(played, CHI, CHI)
    assert show.view(played.state, Viewer("stage"))["format"]["early"] == [CHI]
    assert show.group(played.state, CHI) == "early"
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [AN, DUNG]
    an_is_wrong(played)
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [AN, CHI, DUNG]
    assert played.replayed() == played.state


def test_where_all_pressed_ahead_of_the_signal_the_next_question_comes_then_lots() -> None:
    played = stage(AN, CHI)
    press_early(played, AN, CHI)
    played.advance()
    assert (played.phase, played.state.round.question) == ("ready", 1)
    press_early(played, AN, CHI)
    played.advance()
    assert sorted(show.view(played.state, Viewer("stage"))["format"]["lots"]) == [AN, CHI]


def test_only_who_is_tied_can_forfeit_and_only_where_the_script_says_so() -> None:
    played = stage(AN, CHI)
    with pytest.raises(Rejected):
        press_early(played, BINH)
    lenient = stage(AN, CHI, early=False)
    with pytest.raises(Rejected, match="not_now"):
        press_early(lenient, AN)
