"""Undo, void and adjustment: what the host can take back, and what nobody can."""

import pytest

from quizzes import show
from quizzes.engine import CLOCK, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, SECOND, Stage, single, speed


def stage(count: int = 3, **settings: object) -> Stage:
    return Stage(speed(seconds=20, **settings), questions=[[single(n) for n in range(1, count + 1)]])


def test_an_early_close_is_undone_with_the_seconds_that_were_left() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 0, after_s=3)
    played.at = played.ask.opens_at + 8 * SECOND
    played.command("advance")
    played.settle()
    played.at += 100 * SECOND
    played.command("undo", steps=1)
    assert played.phase == "paused"
    assert show.view(played.state, Viewer("stage"))["remaining_us"] == 12 * SECOND
    assert show.deadline(played.state) is None
    played.at += 50 * SECOND
    played.advance()
    assert (played.phase, played.state.no) == ("open", 1)
    assert show.deadline(played.state) == played.at + 12 * SECOND
    played.answer(BINH, 0, after_s=(played.at - played.ask.opens_at) / SECOND + 1)
    played.until("revealed")
    times = {one["seat"]: one["time_us"] for one in show.results(played.state) if one["right"]}
    assert times == {AN: 3 * SECOND, BINH: 9 * SECOND}


def test_verdicts_of_an_undone_closing_are_refused() -> None:
    played = stage()
    played.until("open")
    played.command("close_now")
    assert show.unjudged(played.state)[0].closings == 1
    played.command("undo")
    with pytest.raises(Rejected, match="not_now"):
        played.command("judge", CLOCK, no=1, graded=[])
    played.command("advance")
    played.command("close_now")
    with pytest.raises(Rejected, match="not_now"):
        played.command("judge", CLOCK, no=1, graded=[], closings=1)
    played.command("judge", CLOCK, no=1, graded=[], closings=2)
    assert played.phase == "closed"


def test_an_undone_closing_does_not_shut_the_fence_of_the_next() -> None:
    played = stage()
    played.until("open")
    played.command("close_now")
    played.command("undo")
    played.command("resume")
    played.command("close_now")
    with pytest.raises(Rejected, match="not_now"):
        played.command("settled", CLOCK, no=1, closings=1)
    assert show.fences(played.state)[0].accepting
    played.command("settled", CLOCK, no=1, closings=2)
    assert not show.fences(played.state)[0].accepting


def test_a_close_by_the_clock_belongs_to_the_step_that_opened() -> None:
    played = stage()
    played.until("open")
    played.clock()
    assert played.phase == "closed"
    played.command("undo")
    assert (played.state.halt.why, played.state.inner_phase) == ("paused", "ready")
    assert [(one["no"], one["why"]) for one in show.view(played.state, Viewer("player"))["void"]] == [(1, "undone")]
    played.advance(2)
    assert (played.phase, played.state.no) == ("open", 2)


def test_numbers_are_never_used_twice_however_often_is_undone() -> None:
    played = stage()
    seen = []
    for _ in range(4):
        played.until("open")
        seen.append(played.state.no)
        played.command("undo")
    assert seen == [1, 2, 3, 4]
    assert sorted(played.state.void) == [1, 2, 3, 4]


def test_undone_ballots_do_not_come_back_into_the_new_opening() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.command("undo")
    played.until("revealed")
    assert played.score(AN) == 0


def test_a_reveal_can_be_undone_but_nothing_before_it() -> None:
    played = stage()
    played.until("revealed")
    with pytest.raises(Rejected, match="key_shown"):
        played.command("undo", steps=2)
    played.command("undo", steps=1)
    assert played.state.inner_phase == "closed"
    assert show.view(played.state, Viewer("stage"))["reveal"] is None
    with pytest.raises(Rejected, match="key_shown"):
        played.command("undo", steps=1)
    played.advance(2)
    assert played.phase == "revealed"


def test_undoing_a_reveal_takes_its_points_out_of_the_standings_until_it_is_shown_again() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until("revealed")
    won = played.score(AN)
    played.command("undo")
    assert (played.score(AN), show.me(played.state, AN)["last"]) == (0, None)
    played.advance(2)
    assert played.score(AN) == won > 0


def test_voiding_does_not_open_the_way_back_behind_a_key() -> None:
    played = stage()
    played.until("revealed")
    played.command("void", no=1)
    with pytest.raises(Rejected, match="key_shown"):
        played.command("undo", steps=3)


def test_undo_goes_back_over_rounds_and_from_the_end() -> None:
    played = Stage(speed(), speed(), questions=[[single(1)], [single(2)]], standings="never")
    played.until("break")
    played.advance()
    played.command("undo")
    assert (played.state.inner_phase, played.state.index) == ("break", 0)
    played.until("over")
    played.command("undo")
    assert (played.phase, played.state.inner_phase) == ("paused", "revealed")
    played.until("over")
    assert played.replayed() == played.state


@pytest.mark.parametrize("steps", [0, -1, 51, True, "1", None, 1.0])
def test_steps_are_a_small_whole_number(steps: object) -> None:
    played = stage()
    played.until("open")
    with pytest.raises(Rejected, match="bad_request"):
        played.command("undo", steps=steps)


def test_there_is_nothing_to_undo_before_the_first_step() -> None:
    with pytest.raises(Rejected, match="not_now"):
        stage().command("undo")
    played = stage()
    played.advance()
    with pytest.raises(Rejected, match="not_now"):
        played.command("undo", steps=2)
    played.command("undo")
    assert played.state.inner_phase == "lobby"


def test_what_happened_to_the_room_is_no_step_and_stays() -> None:
    played = stage()
    played.until("open")
    for name in ("lock", "blackout"):
        played.command(name)
    played.command("kick", seat=BINH)
    played.command("pause")
    played.command("undo")
    state = played.state
    assert (state.inner_phase, state.locked, state.blackout, state.kicked) == ("ready", True, True, {BINH})


def test_a_reason_stays_out_of_the_journal_but_for_its_number() -> None:
    played = stage()
    played.until("open")
    played.command("undo", reason="An gian lận", reason_ref=17)
    assert played.state.void[1].reason_ref == 17
    assert "gian lận" not in str(played.journal)


def test_undoing_a_step_made_in_a_pause_keeps_the_seconds_of_the_pause() -> None:
    played = stage()
    played.until("open")
    played.at += 5 * SECOND
    played.command("pause")
    played.at += 100 * SECOND
    played.command("adjust", seat=AN, points=1)
    played.command("undo")
    assert show.view(played.state, Viewer("stage"))["remaining_us"] == 15 * SECOND


def test_an_undone_adjustment_is_gone() -> None:
    played = stage()
    played.until("revealed")
    played.command("adjust", seat=AN, points=5)
    assert played.score(AN) == 5
    played.command("undo")
    assert played.score(AN) == 0


def test_voiding_takes_points_back_and_tells_everybody() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until("ready")
    played.until("standings")
    before = played.score(AN)
    played.command("void", no=1, reason="đề sai", reason_ref=4)
    assert before > 0 == played.score(AN)
    for role in ("player", "stage", "audience"):
        told = show.view(played.state, Viewer(role))["void"]
        assert told == [{"no": 1, "round": 1, "question": 1, "why": "void", "reason_ref": 4}]
    assert show.sheet(played.state)[0]["void"] == "void"


def test_a_void_is_not_made_twice_nor_of_what_never_was() -> None:
    played = stage()
    played.until("revealed")
    played.command("void", no=1)
    with pytest.raises(Rejected, match="not_found"):
        played.command("void", no=1)
    for no in (2, 0, "1", None, True):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("void", no=no)


@pytest.mark.parametrize("moment", ["open", "closing", "closed"])
def test_voiding_what_is_being_played_ends_it_without_a_reveal(moment: str) -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    if moment == "closed":
        played.advance()
    if moment == "closing":
        played.command("close_now")
    played.command("void", no=1)
    screen = show.view(played.state, Viewer("stage"))
    assert (screen["phase"], screen["reveal"], screen["asks"]) == ("revealed", None, [])
    assert show.fences(played.state) == []
    with pytest.raises(Rejected, match="not_now"):
        played.command("judge", CLOCK, no=1, graded=[])
    played.until("over")
    assert played.score(AN) == 0
    assert played.replayed() == played.state


def test_last_says_nothing_of_a_void_question() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until("revealed")
    played.command("void", no=1)
    assert show.me(played.state, AN)["last"] is None


@pytest.mark.parametrize(("points", "half"), [(5, 10), (-5, -10), (0.5, 1), (2.0, 4), (0, 0)])
def test_adjustments_are_whole_or_half_points(points: float, half: int) -> None:
    played = stage()
    played.until("revealed")
    played.command("adjust", seat=AN, points=points)
    assert {one["seat"]: one["points"] for one in show.results(played.state)}[AN] == half


@pytest.mark.parametrize("points", [0.25, "5", None, True, 10**9, float("nan"), float("inf"), [5]])
def test_other_adjustments_are_refused(points: object) -> None:
    played = stage()
    with pytest.raises(Rejected, match="bad_request"):
        played.command("adjust", seat=AN, points=points)
