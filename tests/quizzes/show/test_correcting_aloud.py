"""Every verdict that somebody presses can be corrected, whatever format it was pressed in."""

from collections.abc import Callable
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import OUT, Viewer
from quizzes.grammar import Format
from quizzes.mechanics.guess import Guess
from quizzes.mechanics.parts import parts_of
from quizzes.mechanics.wheel import Wheel
from quizzes.refusals import Rejected
from quizzes.show.correcting import verdicts_told
from tests.quizzes.formats import test_draw as draw
from tests.quizzes.formats import test_finish as finish
from tests.quizzes.formats import test_obstacle as obstacle
from tests.quizzes.formats import test_tie_break as tie_break
from tests.quizzes.formats import test_warm_up as warm_up
from tests.quizzes.formats import test_wheel as wheel
from tests.quizzes.formats.test_every_format import branch, every_format
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage, buzzer, single
from tests.quizzes.twins import askable, opened, playout


def correct(stage: Stage, no: int, seat: int, right: bool) -> None:
    stage.command("correct", no=no, seat=seat, right=right, reason_ref=7)
    stage.settle()
    assert stage.replayed() == stage.state
    told = show.view(stage.state, Viewer("stage"))["corrected"][-1]
    assert (told["no"], told["seat"], told["right"]) == (no, seat, right)


def scores(stage: Stage) -> list[float]:
    return [stage.score(seat) for seat in EVERYBODY]


def last_said(stage: Stage) -> tuple[int, int, bool]:
    ask, seat, right = verdicts_told(stage.state)[-1]
    return ask.no, seat, right


def of_buzzer() -> Stage:
    stage = Stage(buzzer(), questions=[[single(1)]], breaks=False)
    stage.until("open")
    stage.buzz(AN)
    while stage.phase == "open":
        stage.clock()
    stage.command("wrong")
    return stage


def of_finish() -> Stage:
    practical = [{**single(n), "practical": True} for n in range(4)]
    stage = Stage({"format": "finish", "settings": {"each": 1}}, questions=[practical], standings="never")
    finish.pick(stage, "20")
    stage.until("open")
    stage.command("wrong")
    stage.settle()
    return stage


def of_draw() -> Stage:
    stage = draw.stage()
    draw.turn(stage, "2", "wrong")
    return stage


def of_warm_up() -> Stage:
    stage = warm_up.stage()
    warm_up.own_answer(stage, False)
    return stage


def of_obstacle() -> Stage:
    stage = obstacle.stage()
    obstacle.pick(stage, 1)
    obstacle.ring(stage, AN)
    stage.command("wrong")
    return stage


def of_wheel() -> Stage:
    stage = wheel.stage("100")
    stage.command("solve")
    stage.command("wrong")
    stage.settle()
    return stage


def of_tie_break() -> Stage:
    stage = tie_break.stage(AN, CHI)
    stage.until("open")
    stage.buzz(AN)
    while stage.phase == "open":
        stage.clock()
    stage.command("wrong")
    return stage


PRESSED: dict[str, Callable[[], Stage]] = {
    "buzzer": of_buzzer,
    "draw": of_draw,
    "finish": of_finish,
    "obstacle": of_obstacle,
    "tie_break": of_tie_break,
    "warm_up": of_warm_up,
    "wheel": of_wheel,
}


@every_format
def test_a_verdict_that_was_pressed_can_be_corrected_in_every_format(fmt: Format) -> None:
    """Also in one that is new: wherever somebody may say right or wrong, both can be made right."""
    missing = {name for moves in fmt.moves.values() for name in moves if name in ("right", "wrong")}
    for seed in range(30):
        played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}")
        for _ in playout([played], seed) if missing else ():
            for one in [one for one in show.possible(played.state) if one.name in missing]:
                aside = branch(played)
                aside.command(one.name, one.actor.role, as_seat=one.actor.seat)
                aside.settle()
                no, seat, right = last_said(aside)
                assert right == (one.name == "right")
                correct(aside, no, seat, not right)
                aside.until("over")
                missing.discard(one.name)
    assert missing == set()


@pytest.mark.parametrize("press", PRESSED.values(), ids=PRESSED)
def test_a_wrong_that_should_have_been_right_is_made_right_and_wrong_again(press: Callable[[], Stage]) -> None:
    stage = press()
    no, seat, right = last_said(stage)
    assert not right
    offered = {one["do"] for one in show.view(stage.state, Viewer("host"))["acts"]}
    assert "correct" in offered
    assert [one["no"] for one in show.view(stage.state, Viewer("host"))["verdicts"]][-1] == no
    correct(stage, no, seat, True)
    assert last_said(stage) == (no, seat, True)
    correct(stage, no, seat, False)
    assert last_said(stage) == (no, seat, False)
    stage.until("over")
    assert stage.replayed() == stage.state


def test_an_own_answer_of_the_warm_up_earns_its_points_after_all() -> None:
    stage = of_warm_up()
    correct(stage, *last_said(stage)[:2], True)
    assert (stage.phase, scores(stage)) == ("revealed", [10, 0, 0, 0])


def test_a_heard_answer_of_the_draw_earns_its_points_and_gives_them_back() -> None:
    stage = draw.stage()
    seat = draw.turn(stage, "2", "right")
    no = last_said(stage)[0]
    correct(stage, no, seat, False)
    assert stage.score(seat) == 0
    correct(stage, no, seat, True)
    assert stage.score(seat) == 10


def test_nobody_steals_what_was_shown_well_after_all() -> None:
    stage = of_finish()
    no = last_said(stage)[0]
    stage.buzz(BINH)
    stage.clock()
    stage.command("right")
    stage.until("revealed")
    assert scores(stage) == [-20, 20, 0, 0]
    correct(stage, no, AN, True)
    assert scores(stage) == [20, 0, 0, 0]


def test_while_the_others_buzz_for_it_their_opening_is_void() -> None:
    stage = of_finish()
    correct(stage, last_said(stage)[0], AN, True)
    assert stage.phase == "closed"
    assert parts_of(stage.state.round)["verdict"] is True
    assert show.fences(stage.state) == []
    stage.until("revealed")
    assert scores(stage) == [20, 0, 0, 0]


def test_the_others_may_buzz_for_what_was_not_shown_well_after_all() -> None:
    practical = [{**single(n), "practical": True} for n in range(4)]
    stage = Stage({"format": "finish", "settings": {"each": 1}}, questions=[practical], standings="never")
    finish.pick(stage, "20")
    stage.until("open")
    stage.command("right")
    stage.settle()
    correct(stage, last_said(stage)[0], AN, False)
    assert (stage.phase, stage.ask.kind) == ("open", "buzz")
    stage.buzz(CHI)
    stage.clock()
    stage.command("right")
    stage.until("revealed")
    assert scores(stage) == [-20, 0, 20, 0]


def test_a_right_keyword_after_all_ends_the_asking_with_its_points_of_then() -> None:
    """Rows asked since would not have been: they are void, and who was thrown out later is in."""
    stage = of_obstacle()
    no = last_said(stage)[0]
    obstacle.answer_row(stage, BINH)
    obstacle.pick(stage, 2)
    obstacle.ring(stage, CHI)
    stage.command("wrong")
    obstacle.answer_row(stage, BINH)
    assert scores(stage) == [0, 20, 0, 0]
    assert stage.state.round.cast.role(CHI) == OUT
    stage.command("correct", no=no, seat=AN, right=True, reason_ref=7)
    stage.settle()
    assert stage.state.round.cast.role(CHI) != OUT
    assert stage.state.round.of(Guess).solved == AN
    stage.until("over")
    assert scores(stage) == [60, 10, 0, 0], "60 of the first row, and the row that was being asked then"
    assert stage.replayed() == stage.state


def test_a_wrong_keyword_after_all_throws_out_and_gives_the_word_to_the_next() -> None:
    stage = obstacle.stage()
    obstacle.pick(stage, 1)
    obstacle.ring(stage, AN, BINH)
    stage.command("right")
    stage.settle()
    no = last_said(stage)[0]
    correct(stage, no, AN, False)
    assert stage.state.round.cast.role(AN) == OUT
    assert (stage.phase, obstacle.own(stage)["answering"]) == ("answering", BINH)
    stage.command("wrong")
    assert stage.phase == "open", "the row goes on with the time that was left"
    obstacle.answer_row(stage, CHI)
    stage.until("open")
    obstacle.pick(stage, 2)
    assert AN not in stage.state.round.newest("question").roll
    assert AN not in obstacle.bell(stage).roll


def test_after_the_keyword_is_told_only_points_move() -> None:
    stage = obstacle.stage()
    obstacle.pick(stage, 1)
    obstacle.ring(stage, AN)
    stage.command("right")
    stage.settle()
    no = last_said(stage)[0]
    while not obstacle.own(stage)["ended"]:
        stage.advance()
    assert scores(stage) == [60, 0, 0, 0]
    stage.command("correct", no=no, seat=AN, right=False, reason_ref=7)
    assert (obstacle.own(stage)["ended"], scores(stage)) == (True, [0, 0, 0, 0])


def test_a_phrase_that_was_found_after_all_is_over_with_the_purses_of_then() -> None:
    stage = wheel.stage("100")
    wheel.spin_and_call(stage, "U")
    stage.command("solve")
    stage.command("wrong")
    stage.settle()
    no, seat, _ = last_said(stage)
    wheel.spin_and_call(stage, "O")
    correct(stage, no, seat, True)
    assert stage.phase == "closed"
    assert stage.state.round.of(Wheel).solved == AN
    stage.until("revealed")
    assert scores(stage) == [600, 0, 0, 0]
    correct(stage, no, seat, False)
    assert scores(stage) == [100, 0, 0, 0]


def test_a_corrected_tie_break_moves_the_places() -> None:
    stage = of_tie_break()
    no = last_said(stage)[0]
    stage.until("revealed")
    correct(stage, no, AN, True)
    ranks = {row["seat"]: row["rank"] for row in show.results(stage.state)}
    assert ranks[AN] == 1 < min(rank for seat, rank in ranks.items() if seat != AN)


def test_what_nobody_ruled_on_is_not_corrected() -> None:
    """A tapped answer, a pass and a void question have no verdict that could have been pressed wrongly."""
    stage = draw.stage()
    draw.turn(stage, "2", "wrong")
    no, seat, _ = last_said(stage)
    stage.command("void", no=no)
    with pytest.raises(Rejected, match="not_now"):
        stage.command("correct", no=no, seat=seat, right=True, reason_ref=7)
    tapped: Any = warm_up.stage()
    tapped.until("open")
    tapped.advance(2)
    assert verdicts_told(tapped.state) == []


def test_a_row_that_a_wrong_keyword_closed_goes_on_with_the_time_that_was_left() -> None:
    """As if the verdict had been wrong at once: the same time, the same answers, the same bell."""
    ends = []
    for slip in (False, True):
        stage = obstacle.stage(seconds=15)
        obstacle.pick(stage, 1)
        row = stage.state.round.newest("question").no
        stage.answer(BINH, raw="mật khẩu", no=row, after_s=2)
        obstacle.ring(stage, AN)
        stage.command("right" if slip else "wrong")
        if slip:
            stage.settle()
            assert stage.phase == "closed"
            no, seat, _ = last_said(stage)
            correct(stage, no, seat, False)
        assert stage.phase == "open"
        assert stage.state.round.asks[row].closes_at is not None
        stage.answer(CHI, raw="mật khẩu", no=row, after_s=(stage.at - stage.state.round.asks[row].opens_at) / 1e6 + 1)
        left = stage.state.round.asks[row].closes_at - stage.at
        assert obstacle.bell(stage).roll == stage.state.round.asks[row].roll.but([AN])
        stage.until("revealed")
        ends.append((left, scores(stage), obstacle.own(stage)["rows"]))
    assert ends[0] == ends[1]


def test_a_row_that_was_revealed_meanwhile_stays_and_that_is_told() -> None:
    stage = obstacle.stage()
    obstacle.pick(stage, 1)
    stage.answer(BINH, raw="mật khẩu", no=stage.state.round.newest("question").no, after_s=0.05)
    obstacle.ring(stage, AN)
    stage.command("right")
    stage.settle()
    stage.until("revealed")
    no, seat, _ = last_said(stage)
    correct(stage, no, seat, False)
    assert stage.state.changes[-1].data["stands"] == ["short"]
    assert "giữ nguyên" in str(show.view(stage.state, Viewer("stage"))["corrected"])


def locked_warm_up() -> Stage:
    """An was wrong at the first question and is locked out of the second, which stands open."""
    spec = {
        "format": "warm_up",
        "settings": {"each": 0, "common": 3, "lock_out": True, "contestants": 3, "along": False},
    }
    stage = Stage(spec, questions=[[single(n) for n in range(3)]], breaks=False, standings="never")
    stage.until("open")
    stage.buzz(AN)
    while stage.phase == "open":
        stage.clock()
    stage.command("wrong")
    stage.settle()
    stage.until("open")
    return stage


def test_who_was_locked_out_by_a_slip_may_buzz_after_all() -> None:
    stage = locked_warm_up()
    assert list(stage.ask.roll) == [BINH, CHI]
    void = stage.ask.no
    stage.command("correct", no=1, seat=AN, right=True, reason_ref=7)
    assert (stage.phase, show.fences(stage.state)) == ("revealed", [])
    told = [(one["no"], one["question"], one["why"]) for one in show.view(stage.state, Viewer("stage"))["void"]]
    assert (void, 2, "corrected") in told
    stage.command("ask_again")
    stage.until("open")
    assert list(stage.ask.roll) == [AN, BINH, CHI]
    assert stage.replayed() == stage.state


def test_who_buzzed_though_it_should_have_been_locked_out_loses_that_question_only_then() -> None:
    stage = locked_warm_up()
    stage.buzz(BINH)
    while stage.phase == "open":
        stage.clock()
    stage.command("right")
    stage.settle()
    first, second = scores(stage), stage.ask.no
    stage.until("open")
    stage.buzz(CHI)
    while stage.phase == "open":
        stage.clock()
    stage.command("right")
    stage.settle()
    stage.command("correct", no=second, seat=BINH, right=False, reason_ref=7)
    stage.settle()
    assert show.view(stage.state, Viewer("stage"))["void"] == [], "Bình did not buzz for the third"
    assert first[1] == 10
    assert scores(stage) == [-5, -5, 10, 0]


def test_a_floor_holds_in_a_later_round_too() -> None:
    """Nobody falls below nothing: the penalty of the second round is as large as what was there then."""
    spec = {"format": "warm_up", "settings": {"each": 0, "common": 1, "floor": True, "contestants": 2, "along": False}}
    stage = Stage(spec, spec, questions=[[single(1)], [single(2)]], breaks=False, standings="never")
    for word in ("right", "wrong"):
        stage.until("open")
        stage.buzz(AN)
        while stage.phase == "open":
            stage.clock()
        stage.command(word)
        stage.settle()
    assert scores(stage) == [5, 0, 0, 0]
    stage.command("correct", no=1, seat=AN, right=False, reason_ref=7)
    assert scores(stage) == [0, 0, 0, 0]
    stage.command("correct", no=1, seat=AN, right=True, reason_ref=7)
    assert scores(stage) == [5, 0, 0, 0]
    stage.command("void", no=1)
    assert scores(stage) == [0, 0, 0, 0]
    assert stage.replayed() == stage.state
