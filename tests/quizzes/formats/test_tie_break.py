"""Câu hỏi phụ."""

from typing import Any

from quizzes import show
from quizzes.engine import Viewer
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


def test_a_wrong_answer_leads_to_the_next_question() -> None:
    played = stage(AN, CHI)
    played.until("open")
    played.buzz(AN)
    played.clock()
    played.command("wrong")
    played.settle()
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
