"""Pause, crash, kick, lock, and the fences that follow from them."""

import pytest

from quizzes import show
from quizzes.engine import CLOCK, PLAYER, Actor, Command, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, EVERYBODY, SECOND, Stage, poll, single, speed, vote


def stage(**settings: object) -> Stage:
    played = Stage(speed(seconds=20, **settings), questions=[[single(1), single(2)]])
    played.until("open")
    return played


def fence(played: Stage) -> tuple[bool, str]:
    [only] = show.fences(played.state)
    return only.accepting, only.code


def test_an_open_question_accepts_until_its_deadline() -> None:
    played = stage()
    assert show.fences(played.state) == [show.Fence(1, played.ask.opens_at + 20 * SECOND, True, "first", "not_open")]


def test_a_closing_fence_goes_on_accepting_until_it_is_settled_and_then_never_again() -> None:
    played = stage()
    played.command("close_now")
    assert show.fences(played.state) == [show.Fence(1, played.at, True, "first", "too_late")]
    played.command("settled", CLOCK, no=1)
    assert fence(played) == (False, "too_late")
    played.command("pause")
    played.command("resume")
    assert fence(played) == (False, "too_late")
    played.command("judge", CLOCK, no=1, graded=[])
    assert show.fences(played.state) == []


def test_a_pause_does_not_refuse_what_arrived_before_the_close() -> None:
    played = stage()
    played.command("close_now")
    played.command("pause")
    assert fence(played) == (True, "too_late")
    played.settle()
    assert (played.phase, played.state.inner_phase) == ("paused", "closed")


def test_while_paused_nothing_is_accepted_and_nothing_runs_out() -> None:
    played = stage()
    played.at += 5 * SECOND
    played.command("pause")
    assert fence(played) == (False, "paused")
    assert show.deadline(played.state) is None
    assert not show.closes_early(played.state, played.ask)
    with pytest.raises(Rejected, match="not_now"):
        played.command("close_now")
    played.at += 1000 * SECOND
    played.command("advance")
    assert (played.phase, show.deadline(played.state)) == ("open", played.at + 15 * SECOND)


def test_a_paused_question_is_covered_for_all_but_staff() -> None:
    played = stage()
    played.command("pause")
    for role in ("stage", PLAYER, "audience"):
        screen = show.view(played.state, Viewer(role))
        assert (screen["question"], screen["asks"], screen["closes_at"]) == (None, [], None)
        assert (screen["remaining_us"], screen["format"]) == (20 * SECOND, {})
    assert show.view(played.state, Viewer("host"))["question"]["text"] == "Câu hỏi 1?"


def test_reading_time_stands_still_too() -> None:
    played = Stage(speed(reading_s=10), questions=[[single(1)]])
    played.advance()
    played.at += 4 * SECOND
    played.command("pause")
    assert show.view(played.state, Viewer("stage"))["remaining_us"] == 6 * SECOND
    played.at += 100 * SECOND
    played.command("resume")
    assert show.deadline(played.state) == played.at + 6 * SECOND


def test_nothing_is_paused_twice_nor_before_or_after_the_show() -> None:
    played = stage()
    played.command("pause")
    with pytest.raises(Rejected, match="not_now"):
        played.command("pause")
    with pytest.raises(Rejected, match="not_now"):
        Stage(speed(), questions=[[single(1)]]).command("pause")
    played.until("over")
    with pytest.raises(Rejected, match="not_now"):
        played.command("pause")


def test_after_a_crash_the_lost_seconds_are_given_back() -> None:
    played = stage()
    played.answer(AN, 0, after_s=4)
    alive_at = played.ask.opens_at + 5 * SECOND
    played.at = alive_at + 60 * SECOND
    played.command("suspend", CLOCK, alive_at=alive_at)
    assert (played.phase, fence(played)) == ("suspended", (False, "paused"))
    played.at += 30 * SECOND
    played.advance()
    assert (played.phase, show.deadline(played.state)) == ("open", played.at + 15 * SECOND)
    played.until("revealed")
    assert show.results(played.state)[0]["time_us"] == 4 * SECOND


def test_a_crash_while_no_clock_ran_changes_nothing() -> None:
    played = Stage(speed(), questions=[[single(1)]])
    for phase in ("lobby", "ready", "closed", "revealed", "standings", "over"):
        played.until(phase)
        assert played.command("suspend", CLOCK, alive_at=played.at) == ()
    untimed = stage()
    untimed.command("pause")
    assert untimed.command("suspend", CLOCK, alive_at=untimed.at) == ()
    assert untimed.phase == "paused"


def test_a_restart_goes_on_judging_what_was_closing() -> None:
    played = stage()
    played.answer(AN)
    played.command("close_now")
    played.command("suspend", CLOCK, alive_at=played.at)
    again = played.replayed()
    assert [ask.no for ask in show.unjudged(again)] == [1]
    played.settle()
    assert played.state.inner_phase == "closed"


def test_verdicts_come_once() -> None:
    played = stage()
    with pytest.raises(Rejected, match="not_now"):
        played.command("judge", CLOCK, no=1, graded=[])
    played.advance()
    with pytest.raises(Rejected, match="not_now"):
        played.command("judge", CLOCK, no=1, graded=[])
    with pytest.raises(Rejected, match="not_now"):
        played.command("settled", CLOCK, no=1)


def test_judging_is_the_clocks_alone() -> None:
    played = stage()
    played.command("close_now")
    for name in ("judge", "settled", "suspend"):
        with pytest.raises(Rejected, match="not_yours"):
            played.command(name, no=1, graded=[], alive_at=0)


def test_who_is_kicked_answers_nothing_and_leaves_the_ranking() -> None:
    played = stage()
    played.answer(AN)
    played.answer(BINH)
    played.command("kick", seat=AN)
    assert not show.may_answer(played.state, 1, AN)
    assert show.is_kicked(played.state, AN)
    played.until("revealed")
    assert AN not in [one["seat"] for one in show.results(played.state)]
    assert show.me(played.state, BINH)["rank"] == 1
    assert show.me(played.state, BINH)["of"] == 3
    played.until("ready")
    played.until("open")
    assert not show.may_answer(played.state, 2, AN)
    played.command("readmit", seat=AN)
    assert played.score(AN) > 0


def test_what_is_so_already_makes_no_event() -> None:
    played = stage()
    for once, event in (
        ("lock", "locked"),
        ("unlock", "unlocked"),
        ("blackout", "blackout"),
        ("unblackout", "unblackout"),
    ):
        assert [one.name for one in played.command(once)] == [event]
        assert played.command(once) == ()
    played.command("kick", seat=AN)
    assert played.command("kick", seat=AN) == ()


def test_auto_close_is_a_setting_and_only_while_something_is_open() -> None:
    played = stage()
    assert show.closes_early(played.state, played.ask)
    played.command("all_answered", CLOCK, no=1)
    assert not show.closes_early(played.state, played.ask)
    by_hand = Stage(speed(), questions=[[single(1)]], auto_close=False)
    by_hand.until("open")
    assert not show.closes_early(by_hand.state, by_hand.ask)


@pytest.mark.parametrize("late", [{"no": 1}, {"no": "2"}, {"no": None}, {}])
def test_a_delayed_word_that_all_have_answered_closes_no_other_question(late: dict[str, object]) -> None:
    played = Stage(speed(), questions=[[single(1), single(2)]])
    played.until("revealed")
    played.until("open")
    with pytest.raises(Rejected, match="not_now"):
        played.command("all_answered", CLOCK, **late)
    assert [one.name for one in played.command("all_answered", CLOCK, no=2)] == ["closing"]


def test_an_opening_needs_to_know_the_room() -> None:
    played = Stage(speed(), questions=[[single(1)]])
    played.advance()
    with pytest.raises(ValueError, match="roll"):
        show.decide(played.state, Command("advance", Actor("host"), played.at))


def test_staff_seats_and_others_can_be_left_out_of_the_roll() -> None:
    played = Stage(speed(), questions=[[single(1)]], room={"upto": 4, "without": [AN]})
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 1, seat)] == [2, 3, 4]
    played.until("over")
    assert show.me(played.state, BINH)["of"] == 3


def test_a_choice_is_read_only_for_what_is_open_in_this_round() -> None:
    played = Stage(speed(), poll(), questions=[[single(1)], [vote(2)]], breaks=False)
    played.until("open")
    option = played.ask.shown[0][0]
    assert show.read_choice(played.state, 1, option) == option
    for no in (0, 2):
        with pytest.raises(Rejected, match="not_open"):
            show.read_choice(played.state, no, option)
    with pytest.raises(Rejected, match="bad_choice"):
        show.read_choice(played.state, 1, "khác")
    for phase in ("closed", "revealed", "ready", "open", "over"):
        played.until(phase)
        with pytest.raises(Rejected, match="too_late"):  # whatever has come since
            show.read_choice(played.state, 1, option)


def test_of_an_opening_that_is_void_or_undone_no_choice_is_read() -> None:
    played = Stage(speed(), questions=[[single(1), single(2)]])
    played.until("revealed")
    option = played.ask.shown[0][0]
    played.command("void", no=1)
    with pytest.raises(Rejected, match="not_open"):
        show.read_choice(played.state, 1, option)
    played.until("open")
    played.command("undo")
    with pytest.raises(Rejected, match="not_open"):
        show.read_choice(played.state, 2, option)


def test_many_are_kicked_and_let_in_again_by_one_command_and_one_event() -> None:
    played = stage()
    assert [(event.name, event.data) for event in played.command("kick", seats=[3, 1, 3, 2])] == [
        ("kicked", {"seats": [1, 2, 3]})
    ]
    assert played.command("kick", seats=[1, 2]) == ()
    assert [event.data for event in played.command("kick", seats=[3, 4])] == [{"seat": 4}]
    assert played.state.kicked == {1, 2, 3, 4}
    played.command("readmit", seats=[1, 4, 9])
    assert played.state.kicked == {2, 3}
    for wrong in ([], [0], ["1"], [True], {"seat": 1}, "12", [1.0]):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("kick", seats=wrong)
