"""The host's tools in a show: more time, skipping, asking again, counting in, names and sound of the big screen."""

import pytest

from quizzes import show
from quizzes.engine import CLOCK, HOST, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, SECOND, Stage, buzzer, poll, single, speed


def stage(*rounds: dict, **settings: object) -> Stage:
    rounds = rounds or (speed(seconds=20),)
    return Stage(*rounds, questions=[[single(1), single(2)] for _ in rounds], **settings)


def test_ten_seconds_more_are_given_to_everybody_and_can_be_given_again() -> None:
    played = stage()
    played.until("open")
    closes_at = played.ask.closes_at
    played.command("extend")
    played.command("extend", seconds=30)
    assert played.ask.closes_at == closes_at + 40 * SECOND
    assert show.deadline(played.state) == show.fences(played.state)[0].closes_at == played.ask.closes_at
    played.answer(AN, 0, after_s=55)
    played.clock()
    assert played.phase == "closed"
    with pytest.raises(Rejected, match="not_now"):
        played.command("extend")


def test_more_time_is_refused_where_none_runs_and_right_after_a_buzz() -> None:
    untimed = stage(speed(seconds=0))
    untimed.until("open")
    buzzed = stage(buzzer())
    buzzed.until("open")
    buzzed.buzz(AN)
    for played in (untimed, buzzed):
        with pytest.raises(Rejected, match="not_now"):
            played.command("extend")
    timed = stage()
    timed.until("open")
    for seconds in (0, 601, "10", True):
        with pytest.raises(Rejected, match="bad_request"):
            timed.command("extend", seconds=seconds)


def test_who_is_answering_aloud_is_given_more_time() -> None:
    played = stage(buzzer(answer_seconds=15))
    played.until("open")
    played.buzz(AN)
    played.clock()
    until = show.view(played.state, Viewer("player", "answering"))["format"]["answer_by"]
    played.command("extend")
    assert show.view(played.state, Viewer("player", "answering"))["format"]["answer_by"] == until + 10 * SECOND


def test_a_question_that_is_announced_can_be_skipped_also_the_last_of_a_round() -> None:
    played = stage(speed(), speed())
    played.until("ready")
    played.command("skip")
    assert (played.phase, played.state.round.question, played.state.index) == ("ready", 1, 0)
    played.command("skip")
    assert played.phase == "break"
    played.until("ready")
    played.command("skip")
    played.command("skip")
    assert played.phase == "over"


@pytest.mark.parametrize("phase", ["open", "closed"])
def test_a_question_is_asked_again_and_what_was_answered_before_does_not_count(phase: str) -> None:
    played = stage()
    played.until("open")
    played.answer(AN)
    played.until(phase)
    played.command("ask_again")
    assert (played.phase, played.state.round.question) == ("ready", 0)
    assert show.view(played.state, Viewer("player"))["void"][0]["why"] == "void"
    played.until("open")
    assert played.state.no == 2
    played.answer(BINH)
    played.until("revealed")
    assert (played.score(AN), played.score(BINH) > 0) == (0, True)


def test_a_question_whose_key_was_shown_is_not_asked_again_but_a_poll_is() -> None:
    played = stage()
    played.until("revealed")
    with pytest.raises(Rejected, match="key_shown"):
        played.command("ask_again")
    played.command("void", no=1)
    with pytest.raises(Rejected, match="key_shown"):
        played.command("ask_again")
    asked = stage(poll())
    asked.until("revealed")
    asked.command("ask_again")
    assert asked.phase == "ready"


def test_three_two_one_and_the_question_opens_by_itself_or_at_a_second_press() -> None:
    played = stage()
    played.until("ready")
    played.command("count_in")
    assert (played.phase, show.deadline(played.state)) == ("ready", played.at + 3 * SECOND)
    with pytest.raises(Rejected, match="not_now"):
        played.command("count_in")
    played.clock()
    assert played.phase == "open"
    played.until("ready")
    played.command("count_in")
    played.advance()
    assert played.phase == "open"


def test_nobody_is_counted_in_to_a_buzzer() -> None:
    played = stage(buzzer())
    played.until("ready")
    assert "count_in" not in [one["do"] for one in show.view(played.state, Viewer("host"))["acts"]]


def test_the_verdict_on_a_buzz_is_everybodys_as_soon_as_the_host_has_said_it() -> None:
    played = stage(buzzer())
    played.until("open")
    played.buzz(AN, BINH)
    played.clock()
    played.command("wrong")
    assert show.view(played.state, Viewer("player"))["format"]["missed"] == AN
    played.command("right")
    own = show.view(played.state, Viewer("player"))["format"]
    assert (played.phase, own["hit"], "missed" in own) == ("closed", BINH, False)


def test_names_are_hidden_one_by_one_or_all_and_undo_leaves_it() -> None:
    played = stage()
    played.until("open")
    played.command("hide_names", seat=CHI)
    played.command("hide_names")
    played.command("undo", steps=1)
    assert show.view(played.state, Viewer("stage"))["hidden"] == [0, CHI]
    played.command("show_names")
    assert show.view(played.state, Viewer("player"))["hidden"] == [CHI]


def test_the_sound_of_the_stage_is_the_hosts() -> None:
    played = stage()
    heard = lambda: show.view(played.state, Viewer("stage"))["sound"]  # noqa: E731
    assert heard() == {"volume": 70, "muted": False, "checks": 0, "bed": 100, "heard": False}
    played.command("sound", volume=30)
    played.command("sound", muted=True)
    played.command("check_sound")
    assert heard() == {"volume": 30, "muted": True, "checks": 1, "bed": 100, "heard": False}
    assert played.command("sound", volume=30) == ()
    for wrong in ({"volume": 101}, {"volume": True}, {"muted": 1}):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("sound", **wrong)


def test_the_spread_of_1_plus_2_lies_over_the_stage_while_nothing_is_asked_and_the_next_step_lifts_it() -> None:
    played = stage()
    shown = lambda: show.view(played.state, Viewer("stage"))["spread"]  # noqa: E731
    played.command("show_spread")
    played.command("show_spread", what="growth")
    assert shown() == "growth" and played.command("show_spread", what="growth") == ()
    with pytest.raises(Rejected, match="bad_request"):
        played.command("show_spread", what="names")
    with pytest.raises(Rejected, match="not_yours"):
        played.command("show_spread", "player")
    played.until("ready")
    assert shown() == ""
    played.until("open")
    with pytest.raises(Rejected, match="not_now"):
        played.command("show_spread")
    played.command("pause")
    played.command("show_spread")
    played.command("resume")
    assert (shown(), played.phase) == ("", "open"), "a question that goes on is never covered"
    played.until("revealed")
    played.command("show_spread")
    played.command("hide_spread")
    played.command("show_spread")
    played.command("undo", steps=1)
    assert shown() == ""


def test_a_prize_giving_lies_over_the_stage_step_by_step_and_never_over_a_question() -> None:
    played = stage()
    shown = lambda: show.view(played.state, Viewer("stage"))["awards"]  # noqa: E731
    played.command("show_spread")
    played.command("show_awards", of="b7k2m9", step=0)
    assert shown() == ("b7k2m9", 0) and show.view(played.state, Viewer("stage"))["spread"] == ""
    assert played.command("show_awards", of="b7k2m9", step=0) == ()
    played.command("show_awards", of="b7k2m9", step=2)
    for wrong in ({"of": "b7k2m9"}, {"of": 7, "step": 1}, {"of": "../b", "step": 1}, {"of": "b", "step": -1}):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("show_awards", **wrong)
    with pytest.raises(Rejected, match="not_yours"):
        played.command("show_awards", "player", of="b7k2m9", step=1)
    played.until("ready")
    assert shown() is None
    played.until("open")
    with pytest.raises(Rejected, match="not_now"):
        played.command("show_awards", of="b7k2m9", step=0)
    played.until("over")
    played.command("show_awards", of="b7k2m9", step=1)
    played.command("unveil")
    assert shown() == ("b7k2m9", 1), "the podium goes on below it"
    played.command("show_spread")
    assert shown() is None
    played.command("show_awards", of="b7k2m9", step=1)
    played.command("hide_awards")
    assert shown() is None


def test_only_the_shell_leads_people_on_and_only_from_the_end_and_once() -> None:
    played = stage()
    with pytest.raises(Rejected, match="not_now"):
        played.command("follow", CLOCK, show="tiếp")
    played.until("over")
    with pytest.raises(Rejected, match="not_yours"):
        played.command("follow", HOST, show="tiếp")
    played.command("follow", CLOCK, show="tiếp")
    assert show.view(played.state, Viewer("player"))["followed"] == "tiếp"
    with pytest.raises(Rejected, match="not_now"):
        played.command("follow", CLOCK, show="khác")


def test_bars_grow_where_nothing_is_right_or_wrong_and_nowhere_else() -> None:
    asked, quiz = stage(poll()), stage()
    for played in (asked, quiz):
        played.until("open")
    ids = [option for option, _ in asked.ask.shown]
    assert show.counts_now(asked.state, 1, [ids[0], ids[0], ids[1]]) == {**dict.fromkeys(ids, 0), ids[0]: 2, ids[1]: 1}
    assert show.counts_now(quiz.state, 1, [quiz.ask.shown[0][0]]) is None
    asked.until("revealed")
    assert show.counts_now(asked.state, 1, []) is None


def asked(kind: str, answer: object) -> dict:
    said = {"vi": "Hỏi gì?"}
    return {
        "id": "q1",
        "type": kind,
        "text": said,
        "answer": answer,
        "explanation": said,
        "source": "s",
        "topic": "t",
        "difficulty": 1,
    }


def test_what_was_typed_is_told_after_the_reveal_alike_together_and_what_one_wrote_among_the_others() -> None:
    played = Stage(speed(), questions=[[asked("text", ["VNeID", "Ứng dụng VNeID"])]])
    given = ["vneid", "Ứng dụng VNeID", "Zalo", "zalo ", "Nguyễn Văn An", "Trần Bình"]
    for phase in ("open", "closed"):
        played.until(phase)
        assert show.typed_no(played.state) is None
    played.until("revealed")
    assert show.typed_no(played.state) == 1
    assert show.typed(played.state, given) == [
        {"text": "VNeID", "n": 2, "right": 1000},
        {"text": "Zalo", "n": 2, "right": 0},
        {"text": "", "n": 2, "right": 0},
    ]


def test_numbers_that_were_typed_are_told_with_the_right_one_marked_and_choices_are_not_typed() -> None:
    played = Stage(speed(), questions=[[asked("number", 12)]])
    played.until("revealed")
    assert show.typed(played.state, [12, 12, 7]) == [
        {"text": "12", "n": 2, "right": 1000},
        {"text": "7", "n": 1, "right": 0},
    ]
    chosen = stage()
    chosen.until("revealed")
    assert show.typed_no(chosen.state) is None
