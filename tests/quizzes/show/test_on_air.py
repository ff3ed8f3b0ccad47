"""On air: what is thrown in, armed and fired, replaced, and how far the show is behind its running order."""

import pytest

from quizzes import show
from quizzes.draws import Draws
from quizzes.engine import HOST, MC, STAGE, Viewer
from quizzes.refusals import Rejected
from quizzes.show.shelf import MESSAGE, SHELF
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, single, speed


def stage(*rounds: dict, **settings: object) -> Stage:
    rounds = rounds or (speed(seconds=20),)
    return Stage(*rounds, questions=[[single(1), single(2)] for _ in rounds], **settings)


def over(played: Stage) -> dict | None:
    return show.view(played.state, Viewer(STAGE))["thrown"]


def message(played: Stage) -> dict | None:
    return show.view(played.state, Viewer(STAGE))["message"]


def console(played: Stage) -> dict:
    return show.view(played.state, Viewer(HOST))


# ---- the shelf


def test_everything_of_the_shelf_lies_over_the_stage_until_the_next_step() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until("revealed")
    for what in SHELF:
        played.command("throw", what=what, reason_ref=7)
        assert what == MESSAGE or over(played)["what"] == what
    played.command("advance")
    assert over(played) is None


def test_a_message_is_on_a_track_of_its_own_and_replaces_nothing_that_is_on_air() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until("revealed")
    played.command("throw", what="applause")
    played.command("throw", what=MESSAGE, reason_ref=7)
    assert (over(played), message(played)["reason_ref"]) == ({"what": "applause"}, 7)
    played.command("throw", what="logo")
    assert (over(played), message(played)["reason_ref"]) == ({"what": "logo"}, 7)
    played.command("throw", what=MESSAGE, reason_ref=8)
    assert (over(played), message(played)["reason_ref"]) == ({"what": "logo"}, 8)
    played.command("lift")
    assert (over(played), message(played)["reason_ref"]) == (None, 8)
    played.command("advance")
    played.command("undo", steps=1)
    assert message(played)["reason_ref"] == 8, "steps and undo leave it: the host takes it away"
    played.command("throw", what="applause")
    played.command("lift", what=MESSAGE)
    assert (over(played), message(played)) == ({"what": "applause"}, None)


def test_one_key_takes_away_what_lies_over_the_stage_and_then_the_message() -> None:
    played = stage()
    played.command("throw", what="logo")
    played.command("throw", what=MESSAGE, reason_ref=7)
    played.command("lift")
    played.command("lift")
    assert (over(played), message(played)) == (None, None)
    played.command("throw", what="logo")
    with pytest.raises(Rejected, match="bad_request"):
        played.command("lift", what="bell")


def test_what_covers_the_question_waits_while_one_is_asked_and_a_message_does_not() -> None:
    played = stage()
    played.until("open")
    for what in ("logo", "standings", "sponsor", "applause", "lot"):
        with pytest.raises(Rejected, match="not_now"):
            played.command("throw", what=what)
    played.command("throw", what="message", reason_ref=7)
    assert (message(played)["reason_ref"], over(played), played.phase) == (7, None, "open")
    played.command("lift")
    assert message(played) is None


def test_a_fault_stops_the_clock_and_going_on_lifts_it() -> None:
    played = stage()
    played.until("open")
    played.command("throw", what="trouble")
    assert (played.phase, over(played)) == ("paused", {"what": "trouble"})
    played.command("resume")
    assert (played.phase, over(played)) == ("open", None)


def test_a_lot_can_be_drawn_again_by_whoever_knows_the_seats_and_nobody_wins_twice() -> None:
    played = stage()
    played.command("kick", seat=DUNG)
    winners = []
    for left in (3, 2, 1):
        played.command("throw", what="lot")
        drawn = over(played)
        pot = sorted(set(EVERYBODY) - {DUNG} - set(winners))
        assert drawn["of"] == left == len(pot)
        assert drawn["seat"] == pot[Draws(drawn["seed"], "winner").below(left)]
        winners.append(drawn["seat"])
    assert sorted(winners) == [AN, BINH, CHI]
    with pytest.raises(Rejected, match="not_found"):
        played.command("throw", what="lot")


def test_standings_of_a_show_that_never_shows_any_stay_hidden() -> None:
    played = stage(standings="never")
    played.until("revealed")
    with pytest.raises(Rejected, match="not_now"):
        played.command("throw", what="standings")


def test_undo_takes_no_lot_back_and_leaves_nothing_over_the_stage() -> None:
    played = stage()
    played.until("ready")
    played.command("pause")
    played.command("throw", what="lot")
    played.command("undo", steps=1)
    assert over(played) is None
    assert len(played.state.lots) == 1


# ---- arm, then go


def test_what_is_armed_is_seen_by_every_console_and_done_by_one_key() -> None:
    played = stage()
    played.until("open")
    played.command("arm", act="void", no=played.ask.no, reason_ref=3)
    assert console(played)["armed"]["act"] == "void"
    assert played.ask.no not in played.state.void
    played.command("go")
    assert played.state.void[played.ask.no].reason_ref == 3
    assert console(played)["armed"] is None
    with pytest.raises(Rejected, match="not_now"):
        played.command("go")


def test_what_could_not_be_done_cannot_be_armed() -> None:
    played = stage()
    for args in ({"act": "void", "no": 1, "reason_ref": 1}, {"act": "sound"}, {"act": "go"}, {"act": "unveil"}, {}):
        with pytest.raises(Rejected):
            played.command("arm", **args)


def test_a_step_disarms_and_so_do_two_minutes_and_the_host() -> None:
    played = stage()
    played.command("arm", act="advance")
    played.command("advance")
    assert console(played)["armed"] is None
    played.command("arm", act="advance")
    played.command("disarm")
    assert console(played)["armed"] is None
    played.command("arm", act="advance")
    played.at += 121 * SECOND
    with pytest.raises(Rejected, match="not_now"):
        played.command("go")


def test_an_armed_step_is_taken_back_like_any_other() -> None:
    played = stage()
    played.until("ready")
    played.command("arm", act="advance")
    played.command("go")
    assert played.phase == "open"
    played.command("undo", steps=1)
    assert (played.phase, console(played)["armed"]) == ("paused", None)


# ---- another question in an emergency


def test_a_question_is_replaced_before_its_key_is_shown_and_what_was_answered_is_void() -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    first = played.ask.no
    played.command("replace", reason_ref=1, body=single(9))
    assert (played.phase, first in played.state.void) == ("ready", True)
    played.command("advance")
    assert played.state.playing.body()["id"] == "q9"
    played.answer(BINH)
    played.until("revealed")
    assert played.score(BINH) > 0 == played.score(AN)
    asked = [one["body"]["id"] for one in show.sheet(played.state)]
    assert asked == ["q1", "q9"], "each opening is told with the question it asked"


def test_a_replaced_question_comes_back_by_undo_with_the_time_that_was_left() -> None:
    played = stage()
    played.until("open")
    played.at += 5 * SECOND
    played.command("replace", reason_ref=1, body=single(9))
    played.command("undo", steps=1)
    assert (played.phase, played.state.playing.body()["id"]) == ("paused", "q1")
    assert show.view(played.state, Viewer(HOST))["remaining_us"] == 15 * SECOND


def test_a_question_is_not_replaced_after_its_key_without_a_spare_or_by_one_of_another_type() -> None:
    played = stage()
    played.until("ready")
    for body in (None, {**single(9), "type": "text"}):
        with pytest.raises(Rejected, match="not_found"):
            played.command("replace", reason_ref=1, body=body)
    played.until("revealed")
    with pytest.raises(Rejected, match="not_now"):
        played.command("replace", reason_ref=1, body=single(9))


# ---- the running order


def test_the_console_knows_between_which_moments_a_step_is_on_time() -> None:
    played = Stage({**speed(seconds=20), "minutes": 10}, questions=[[single(1), single(2)]])
    assert console(played)["order"] is None
    played.until("ready")
    begun = played.at
    assert console(played)["order"] == {"begun_at": begun, "from_us": 0, "to_us": 300 * SECOND}
    assert show.behind_us(played.state, begun + 400 * SECOND) == 100 * SECOND
    played.until("revealed")
    played.until("ready")
    assert show.behind_us(played.state, begun + 100 * SECOND) == -200 * SECOND


def test_the_report_tells_each_round_as_planned_and_as_it_was() -> None:
    played = Stage(
        {**speed(), "minutes": 3}, {**speed(), "minutes": 4}, questions=[[single(1)], [single(2)]], breaks=False
    )
    played.until("ready")
    first = played.at
    played.at += 200 * SECOND
    played.until("standings")
    played.command("advance")
    told = show.report(played.state, None)
    assert [one["planned_s"] for one in told] == [180, 240]
    assert told[0]["begun_at"] == first
    assert told[0]["took_s"] >= 200
    assert told[1]["took_s"] is None


def test_the_mc_reads_the_note_of_the_round() -> None:
    played = Stage({**speed(), "note": "Mời anh Bình lên sân khấu"}, questions=[[single(1)]])
    assert show.view(played.state, Viewer(MC))["script"][0]["note"] == "Mời anh Bình lên sân khấu"
