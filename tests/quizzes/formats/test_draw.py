"""Hái hoa dân chủ."""

from typing import Any

from quizzes import show
from quizzes.engine import Viewer
from tests.quizzes.people import AN, BINH, EVERYBODY, Stage, single


def stage(count: int = 3, **settings: Any) -> Stage:
    spec = {"format": "draw", "settings": settings}
    return Stage(spec, questions=[[single(n) for n in range(1, count + 1)]], standings="never")


def seen(played: Stage) -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer("stage"))["format"]
    return found


def turn(played: Stage, flower: str, verdict: str) -> int:
    """Whoever was drawn picks a flower, and the host hears the answer."""
    played.until("open")
    seat: int = seen(played)["turn"]
    played.answer(seat, raw=flower)
    played.advance()
    assert (played.phase, seen(played)["now"]) == ("ready", flower)
    played.advance()
    played.command(verdict)
    played.settle()
    played.until("revealed")
    return seat


def test_nobody_and_no_flower_comes_twice() -> None:
    played = stage()
    seats, asked = [], []
    for flower in ("2", "3", "1"):
        seats.append(turn(played, flower, "right"))
        asked.append(played.state.round.question)
        assert flower not in seen(played)["flowers"]
    assert (len(set(seats)), sorted(asked)) == (3, [0, 1, 2])
    assert [played.score(seat) for seat in seats] == [10, 10, 10]
    played.advance()
    assert played.phase == "over"
    assert played.replayed() == played.state


def test_the_number_of_a_flower_says_nothing_of_its_question_and_the_seed_says_all() -> None:
    first, again = stage(9), stage(9)
    for played in (first, again):
        turn(played, "1", "wrong")
    assert first.state.round.question == again.state.round.question
    assert seen(first)["turn"] == seen(again)["turn"]


def test_wrong_earns_nothing_and_a_tapped_answer_counts_where_the_host_says_nothing() -> None:
    played = stage()
    seat = turn(played, "1", "wrong")
    assert played.score(seat) == 0
    played.until("open")
    other: int = seen(played)["turn"]
    played.advance(2)
    no = next(ask.no for ask in show.asks(played.state) if ask.kind == "question")
    played.answer(other, 0, no=no)
    played.until("revealed")
    assert played.score(other) == 10


def test_contestants_may_come_in_order_and_the_room_answers_along() -> None:
    played = stage(who="order", contestants=2)
    assert [turn(played, "1", "right"), turn(played, "2", "wrong")] == [AN, BINH]
    played.advance()
    assert played.phase == "over"
    played = stage()
    played.until("open")
    seat: int = seen(played)["turn"]
    played.advance(2)
    along = next(ask.no for ask in show.asks(played.state) if ask.kind == "along")
    assert [one for one in EVERYBODY if show.may_answer(played.state, along, one)] == [
        one for one in EVERYBODY if one != seat
    ]


def test_every_screen_is_given_the_name_of_who_picks() -> None:
    played = Stage({"format": "draw"}, questions=[[single(1), single(2)]], standings="never")
    played.until("open")
    turn = played.state.round.cast.turn
    for role in ("stage", "host", "mc", "audience"):
        assert turn in show.view(played.state, Viewer(role))["seats"], role
