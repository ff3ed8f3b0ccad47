"""One against the crowd."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single


def stage(count: int = 6, **settings: Any) -> Stage:
    """An against Bình, Chi and Dũng."""
    spec = {"format": "crowd", "settings": {"per_head": 10, "leave_after": 1, **settings}}
    played = Stage(spec, questions=[[single(n) for n in range(1, count + 1)]], standings="never")
    played.until("open")
    return played


def seen(played: Stage, role: str = "stage", group: str = "") -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer(role, group))["format"]
    return found


def no_of(played: Stage, kind: str) -> int:
    return next(ask.no for ask in show.asks(played.state) if ask.kind == kind)


def crowd_locks(played: Stage, **right: bool) -> None:
    """Lets those of the crowd answer, rightly or not."""
    played.until("open")
    for name, rightly in right.items():
        played.answer({"binh": BINH, "chi": CHI, "dung": DUNG}[name], 0 if rightly else 1, no=no_of(played, "crowd"))
    played.advance()
    assert played.phase == "open"


def one_answers(played: Stage, rightly: bool) -> None:
    played.answer(AN, 0 if rightly else 1, no=no_of(played, "question"))
    played.until("revealed")


def scores(played: Stage) -> list[float]:
    return [played.score(seat) for seat in EVERYBODY]


def test_the_crowd_locks_first_and_only_then_the_contestant_is_asked() -> None:
    played = stage(along=False)
    assert [ask.kind for ask in show.asks(played.state)] == ["crowd"]
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [BINH, CHI, DUNG]
    crowd_locks(played, binh=True)
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [AN]


def test_right_throws_out_who_was_wrong_or_silent_and_the_bank_grows_for_each() -> None:
    played = stage()
    crowd_locks(played, binh=True, chi=False)
    one_answers(played, True)
    assert (seen(played)["alive"], seen(played)["fell"], scores(played)) == (1, 2, [20, 0, 0, 0])
    crowd_locks(played, binh=False)
    one_answers(played, True)
    assert (scores(played), seen(played)["ended"]) == ([30, 0, 0, 0], "won")
    played.advance()
    assert played.phase == "over"


def test_wrong_loses_the_bank_to_those_of_the_crowd_who_are_right() -> None:
    played = stage()
    crowd_locks(played, binh=True, chi=True)
    one_answers(played, True)
    crowd_locks(played, binh=True, chi=True)
    one_answers(played, False)
    assert (scores(played), seen(played)["ended"], seen(played)["alive"]) == ([0, 5, 5, 0], "lost", 2)


def test_a_hard_question_is_the_last_of_those_left_and_counts_more() -> None:
    played = stage()
    crowd_locks(played, binh=True, chi=True)
    one_answers(played, True)
    played.until("ready")
    assert played.state.round.question == 1
    played.command("harder", "contestant", as_seat=AN)
    assert (played.state.round.question, seen(played)["head"]) == (5, 20)
    crowd_locks(played, binh=True)
    one_answers(played, True)
    assert scores(played) == [30, 0, 0, 0]
    played.until("ready")
    assert played.state.round.question == 1, "what was put back is asked next"


def test_leaving_keeps_the_bank_after_the_questions_the_script_says() -> None:
    played = stage(leave_after=1)
    crowd_locks(played, binh=True)
    with pytest.raises(Rejected, match="not_now"):
        played.command("walk_away")
    one_answers(played, True)
    crowd_locks(played, binh=True)
    played.command("walk_away", "contestant", as_seat=AN)
    played.settle()
    played.until("revealed")
    assert (scores(played), seen(played)["ended"]) == ([20, 0, 0, 0], "left")


def test_helps_are_the_crowds_choices_two_of_it_and_its_majority_once_each() -> None:
    played = stage()
    crowd_locks(played, binh=True, chi=True, dung=False)
    assert seen(played)["poll"] is None
    played.command("help", "contestant", as_seat=AN, what="poll")
    assert sorted(seen(played)["poll"].values()) == [0, 0, 1, 2]
    played.command("help", what="ask")
    assert [seat in (BINH, CHI) for seat, _ in seen(played)["two"]].count(True) == 1
    with pytest.raises(Rejected, match="not_now"):
        played.command("help", what="ask")
    with pytest.raises(Rejected, match="bad_request"):
        played.command("help", what="friend")
    played.command("help", what="trust")
    played.settle()
    played.until("revealed")
    assert scores(played) == [10, 0, 0, 0]
    assert played.replayed() == played.state


def test_a_void_question_brings_the_crowd_and_the_bank_back() -> None:
    played = stage()
    crowd_locks(played, binh=True)
    one_answers(played, True)
    crowd_locks(played, binh=True)
    one_answers(played, False)
    played.command("void", no=no_of(played, "question"))
    assert (scores(played), seen(played)["bank"], seen(played)["ended"]) == ([20, 0, 0, 0], 20, "")
    played.until("open")
    assert played.replayed() == played.state


def test_who_is_out_answers_along() -> None:
    played = stage()
    crowd_locks(played, binh=True)
    one_answers(played, True)
    played.until("open")
    along = no_of(played, "along")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, along, seat)] == [CHI, DUNG]
