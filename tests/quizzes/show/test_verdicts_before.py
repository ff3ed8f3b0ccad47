"""At the desk stands every verdict of the show, wherever it was said, and each can be corrected from there."""

from typing import Any

from quizzes import show
from quizzes.engine import STAGE, Viewer
from tests.quizzes.formats import test_obstacle as obstacle
from tests.quizzes.people import AN, BINH, CHI, Stage, buzzer, single


def said(stage: Stage, seat: int, word: str) -> None:
    """The next question is opened, this seat buzzes, and is told right or wrong."""
    stage.until("open")
    stage.buzz(seat)
    while stage.phase == "open":
        stage.clock()
    stage.command(word)
    stage.settle()


def listed(stage: Stage) -> list[tuple[Any, ...]]:
    before = show.view(stage.state, Viewer("host"))["verdicts_before"]
    return [(one["round"], one["question"], one["seat"], one["right"]) for one in before]


def evening() -> Stage:
    asked = [[single(1), single(2)], [single(3)]]
    stage = Stage(buzzer(attempts=1), buzzer(attempts=1), questions=asked, breaks=False, standings="never")
    for seat, word in ((AN, "wrong"), (BINH, "right"), (CHI, "right")):
        said(stage, seat, word)
    return stage


def test_verdicts_of_earlier_questions_and_rounds_are_listed_the_last_first() -> None:
    stage = evening()
    assert [one["seat"] for one in show.view(stage.state, Viewer("host"))["verdicts"]] == [CHI]
    assert listed(stage) == [(1, 2, BINH, True), (1, 1, AN, False)]
    stage.until("over")
    assert listed(stage) == [(1, 2, BINH, True), (1, 1, AN, False)]
    stage.command("void", no=2)
    assert listed(stage) == [(1, 1, AN, False)]


def test_each_listed_verdict_is_corrected_and_told_with_its_question() -> None:
    stage = evening()
    for one in show.view(stage.state, Viewer("host"))["verdicts_before"]:
        stage.command("correct", no=one["no"], seat=one["seat"], right=not one["right"], reason_ref=7)
        told = show.view(stage.state, Viewer(STAGE))["corrected"][-1]
        assert (told["round"], told["question"]) == (one["round"], one["question"])
    assert listed(stage) == [(1, 2, BINH, False), (1, 1, AN, True)]
    assert stage.replayed() == stage.state


def test_a_verdict_of_the_present_question_is_told_without_a_number() -> None:
    stage = evening()
    stage.command("correct", no=3, seat=CHI, right=False, reason_ref=7)
    told = show.view(stage.state, Viewer(STAGE))["corrected"][-1]
    assert "question" not in told
    assert "round" not in told


def test_a_keyword_of_an_earlier_round_bears_no_question() -> None:
    stage = obstacle.stage()
    obstacle.pick(stage, 1)
    obstacle.ring(stage, AN)
    stage.command("wrong")
    assert listed(stage) == []
    assert len(show.view(stage.state, Viewer("host"))["verdicts"]) == 1


def test_only_the_console_is_told_them() -> None:
    stage = evening()
    for role in ("mc", "judge", STAGE, "player"):
        assert "verdicts_before" not in show.view(stage.state, Viewer(role))
