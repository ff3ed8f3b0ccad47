"""Any script under load: who is asked answers, in the way that is asked."""

from typing import Any

import pytest

from app.cli import Stop
from app.cli.load import parse, shipped
from app.load.choices import choice_of
from app.load.crowd import Answers, is_put_to
from app.load.figures import Question
from app.load.led import opened
from app.load.server import Running
from app.load.wire import Screen

OPTIONS = {"type": "single", "options": [{"id": "a"}, {"id": "b"}]}


def screen(no: int, *asked: int) -> Screen:
    data: dict[str, Any] = {"phase": "open", "no": no, "asks": [{"no": one, "kind": "question"} for one in asked]}
    return Screen(1, 100, data)


def test_a_buzzer_is_pressed_and_a_question_answered() -> None:
    assert choice_of(OPTIONS, 3, "buzz") is True
    assert choice_of(OPTIONS, 3) == "b"


def test_who_looks_on_sees_the_number_and_answers_nothing() -> None:
    assert is_put_to(screen(4, 4), 4) and is_put_to(screen(4, 4, 5), 4)
    assert not is_put_to(screen(4), 4) and not is_put_to(screen(5, 5), 4) and not is_put_to(None, 4)


def test_only_those_asked_are_missed() -> None:
    assert Question([], 1, None, 0, None, put_to=3).unanswered(20) == 3
    assert Question([], 1, None, 0, None).unanswered(20) == 20


def test_who_looks_on_makes_up_for_nobody_who_missed_it() -> None:
    assert Question([], 1, None, 0, None, seen=20, put_to=5).unseen(20) == 0, "the others are out and see it, too"
    assert Question([], 1, None, 0, None, seen=3, put_to=5).unseen(20) == 2
    assert Question([], 1, None, 0, None, seen=18).unseen(20) == 2


def test_a_shipped_script_is_named_by_its_key() -> None:
    assert shipped("ladder")["rounds"]
    with pytest.raises(Stop, match="golden_bell"):
        shipped("khong-co")
    with pytest.raises(Stop, match="--script"):
        parse(["--script", "ladder", "--shows", "2"])


class Hall:
    """A staff and phones that only note which opening answers when; 15 are asked each."""

    def __init__(self) -> None:
        self.asks = [{"no": 4, "part": "main"}, {"no": 5, "part": "side"}]
        self.loop, self.answered = None, list[int]()

    def do(self, _loop: Any, verb: str, *args: Any) -> list[Any]:
        if verb == "sees":
            return [[1.0] * 60]
        self.answered.append(args[0])
        return [Answers(0.0, put_to=15, waits=[0.1])]


def test_who_plays_along_answers_before_the_main_ask_closes_for_all() -> None:
    hall: Any = Hall()
    found = opened(Running([], []), hall, hall)
    assert hall.answered == [5, 4]
    assert [one.put_to for one in found] == [15, 15] and found[0].unanswered(60) == 15
