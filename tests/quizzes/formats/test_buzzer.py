"""Bấm chuông giành quyền trả lời."""

import pytest

from quizzes import show
from quizzes.engine import CLOCK, HOST, JUDGE, PLAYER, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, buzzer, single


def stage(count: int = 2, seed: str = "hạt", **settings: object) -> Stage:
    played = Stage(buzzer(**settings), questions=[[single(n) for n in range(1, count + 1)]], seed=seed)
    played.until("open")
    return played


def answering(played: Stage) -> int | None:
    return show.view(played.state, Viewer("stage"))["format"]["answering"]


def test_a_buzz_is_true_and_nothing_else() -> None:
    played = stage()
    for raw in (1, "true", None, {}):
        with pytest.raises(Rejected, match="bad_choice"):
            show.read_choice(played.state, 1, raw)
    assert show.read_choice(played.state, 1, True) is True


def test_the_first_buzz_leaves_a_window_of_150_ms() -> None:
    played = stage()
    played.buzz(AN)
    assert show.deadline(played.state) == played.ask.opens_at + SECOND + 150_000
    with pytest.raises(Rejected, match="not_now"):
        played.command("buzzed", CLOCK, no=1, at=played.at)
    assert show.after_ballot(played.state, 1, played.at) is None


def test_a_buzz_stored_just_before_a_pause_is_still_told_and_its_window_begins_after_it() -> None:
    played = stage()
    played.answer(AN, raw=True)
    played.command("pause")
    told = show.after_ballot(played.state, 1, played.at)
    assert told is not None
    played.command(told.name, CLOCK, **told.args)
    played.at += 60 * SECOND
    played.command("resume")
    assert show.deadline(played.state) == played.at + 150_000


def test_the_window_never_lasts_longer_than_the_question() -> None:
    played = stage(seconds=1)
    played.buzz(AN)
    assert show.deadline(played.state) == played.ask.opens_at + SECOND


def test_the_first_is_named_and_a_right_answer_scores_and_ends_the_question() -> None:
    played = stage()
    played.buzz(BINH, AN)
    played.clock()
    assert (played.phase, answering(played)) == ("answering", BINH)
    played.command("right")
    assert (played.phase, played.score(BINH)) == ("closed", 0)
    played.advance()
    assert (played.phase, played.score(BINH)) == ("revealed", 10)


def test_verdicts_stand_on_screens_after_the_reveal_only() -> None:
    played = stage()
    played.buzz(BINH, AN)
    played.clock()
    played.command("wrong")
    played.command("right")
    assert "verdicts" not in show.view(played.state, Viewer("stage"))["format"]
    played.advance()
    verdicts = show.view(played.state, Viewer("stage"))["format"]["verdicts"]
    assert verdicts == [{"seat": BINH, "right": False}, {"seat": AN, "right": True}]


def test_a_wrong_answer_costs_the_penalty_and_passes_to_the_next_of_the_order() -> None:
    played = stage(wrong_penalty=5)
    played.buzz(BINH, AN)
    played.clock()
    played.command("wrong")
    assert (played.phase, answering(played)) == ("answering", AN)
    played.command("right")
    played.until("revealed")
    assert [played.score(seat) for seat in (AN, BINH)] == [10, -5]


def test_when_the_order_is_used_up_the_rest_may_buzz_under_a_new_number() -> None:
    played = stage()
    played.buzz(AN)
    played.clock()
    played.command("wrong")
    assert (played.phase, played.state.no) == ("open", 2)
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 2, seat)] == [BINH, CHI, DUNG]
    assert show.group(played.state, AN) == "tried"
    assert show.view(played.state, Viewer("player", "tried"))["asks"] == []
    assert [ask["kind"] for ask in show.view(played.state, Viewer("player"))["asks"]] == ["buzz"]


def test_the_rest_may_buzz_anew_at_once_where_the_script_says_so() -> None:
    played = stage(after_wrong="reopen")
    played.buzz(AN, BINH)
    played.clock()
    played.command("wrong")
    assert (played.phase, played.state.no, answering(played)) == ("open", 2, None)


def test_a_wrong_answer_ends_the_question_where_the_script_says_so() -> None:
    played = stage(after_wrong="close")
    played.buzz(AN, BINH)
    played.clock()
    played.command("wrong")
    assert played.phase == "closed"


def test_a_question_has_only_so_many_attempts() -> None:
    played = stage(attempts=2)
    played.buzz(AN, BINH, CHI)
    played.clock()
    played.command("wrong")
    played.command("wrong")
    assert played.phase == "closed"


def test_when_everybody_was_wrong_the_question_ends() -> None:
    played = stage(attempts=20)
    played.buzz(*EVERYBODY)
    played.clock()
    for _ in EVERYBODY:
        assert played.phase == "answering"
        played.command("wrong")
    assert played.phase == "closed"


def test_nobody_buzzes_and_the_question_closes() -> None:
    played = stage()
    played.clock()
    assert played.phase == "closed"
    assert show.view(played.state, Viewer("stage"))["format"]["order"] == []


def test_advance_passes_on_without_points_or_penalty() -> None:
    played = stage(wrong_penalty=5)
    played.buzz(AN, BINH)
    played.clock()
    played.command("advance")
    assert answering(played) == BINH
    played.command("right")
    played.until("revealed")
    assert [played.score(seat) for seat in (AN, BINH)] == [0, 10]


def test_the_answer_time_is_shown_and_moves_on_only_where_it_is_strict() -> None:
    for strict in (False, True):
        played = stage(strict_time=strict, answer_seconds=7)
        played.buzz(AN, BINH)
        played.clock()
        by = show.view(played.state, Viewer("stage"))["format"]["answer_by"]
        assert by == played.at + 7 * SECOND
        assert show.deadline(played.state) == (by if strict else None)
        assert played.clock() is strict
        assert answering(played) == (BINH if strict else AN)


def test_a_pause_keeps_the_answer_time() -> None:
    played = stage(strict_time=True, answer_seconds=7)
    played.buzz(AN)
    played.clock()
    before = show.deadline(played.state)
    played.command("pause")
    played.at += 30 * SECOND
    played.command("resume")
    assert show.deadline(played.state) == before + 30 * SECOND


def test_a_judge_may_say_right_or_wrong_but_a_player_may_not() -> None:
    played = stage()
    played.buzz(AN, BINH)
    played.clock()
    with pytest.raises(Rejected, match="not_yours"):
        played.command("right", PLAYER)
    played.command("wrong", JUDGE)
    assert answering(played) == BINH


def test_a_tie_is_drawn_from_the_seed() -> None:
    firsts = set()
    for number in range(12):
        played = stage(seed=f"hạt {number}")
        played.buzz(AN, BINH, apart_us=10_000)
        played.clock()
        firsts.add(answering(played))
        order = show.view(played.state, Viewer("stage"))["format"]["order"]
        assert [one["tied"] for one in order] == [True, True]
    assert firsts == {AN, BINH}


def test_a_tie_may_be_left_to_the_host() -> None:
    played = stage(tie="host")
    played.buzz(AN, BINH, CHI, apart_us=20_000)
    played.clock()
    assert (played.phase, answering(played)) == ("answering", None)
    assert sorted(show.view(played.state, Viewer("host"))["format"]["tied"]) == [AN, BINH]
    for refused in ("right", "wrong"):
        with pytest.raises(Rejected, match="not_now"):
            played.command(refused)
    with pytest.raises(Rejected, match="not_now"):
        played.command("name", seat=CHI)
    played.command("name", seat=BINH)
    assert answering(played) == BINH
    played.command("wrong")
    assert answering(played) == AN


def test_advance_draws_where_the_host_does_not_choose() -> None:
    played = stage(tie="host")
    played.buzz(AN, BINH, apart_us=20_000)
    played.clock()
    played.command("advance")
    assert answering(played) in (AN, BINH)


def test_the_host_may_end_the_question_while_somebody_is_answering() -> None:
    played = stage()
    played.buzz(AN, BINH)
    played.clock()
    played.command("close_now")
    assert (played.phase, answering(played)) == ("closed", None)


def test_measured_lags_are_for_staff() -> None:
    played = stage()
    played.buzz(AN)
    played.clock()
    orders = {role: show.view(played.state, Viewer(role))["format"]["order"][0] for role in (HOST, "stage", PLAYER)}
    assert {role for role, one in orders.items() if "lag_us" in one} == {HOST}


def test_options_can_be_kept_for_the_mouth_of_the_host() -> None:
    played = stage(show_options=False)
    assert show.view(played.state, Viewer("stage"))["asks"][0]["question"]["options"] == []
    assert show.view(played.state, Viewer("host"))["key"]["answer"]["texts"] == ["Phương án 1.0"]


def test_who_was_kicked_is_not_named_next() -> None:
    played = stage()
    played.buzz(AN, BINH, CHI)
    played.clock()
    played.command("kick", seat=BINH)
    played.command("wrong")
    assert answering(played) == CHI


def test_voiding_the_question_being_answered_ends_it_without_points() -> None:
    played = stage(wrong_penalty=5)
    played.buzz(AN)
    played.clock()
    played.command("wrong")
    played.command("void", no=2)
    assert (played.phase, answering(played)) == ("revealed", None)
    assert show.view(played.state, Viewer("stage"))["reveal"] is None
    played.until("over")
    assert played.score(AN) == 0


def test_both_may_answer_in_secret_and_each_who_is_right_has_the_points() -> None:
    for first, second, expected in ((0, 0, [10, 10, 0]), (0, 1, [10, -5, 0]), (1, None, [-5, -5, 0])):
        played = Stage(buzzer(points=10, wrong_penalty=5), questions=[[single(1)]], standings="never")
        played.until("open")
        played.buzz(AN, BINH, CHI)
        played.clock()
        assert {"do": "secret", "args": {}} in show.view(played.state, Viewer("host"))["acts"]
        played.command("secret")
        assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [AN, BINH]
        for seat, index in ((AN, first), (BINH, second)):
            if index is not None:
                played.answer(seat, index)
        played.advance()
        assert (played.phase, played.score(AN)) == ("closed", 0)
        played.until("revealed")
        assert [played.score(seat) for seat in (AN, BINH, CHI)] == expected


def test_nobody_answers_in_secret_alone_or_after_a_try() -> None:
    played = Stage(buzzer(), questions=[[single(1)]])
    played.until("open")
    played.buzz(AN, BINH, CHI)
    played.clock()
    played.command("wrong")
    played.command("wrong")
    with pytest.raises(Rejected, match="not_now"):
        played.command("secret")


def test_buzzers_open_half_a_second_after_it_is_said() -> None:
    played = Stage(buzzer(seconds=15), questions=[[single(1)]])
    played.until("open")
    said = played.journal[-1][1:]
    assert played.ask.opens_at - played.at == SECOND // 2
    assert played.ask.closes_at - played.ask.opens_at == 15 * SECOND, said


def test_who_buzzes_on_the_news_of_the_opening_is_equal_to_who_buzzes_at_the_opening() -> None:
    played = Stage(buzzer(tie="host"), questions=[[single(1)]], standings="never")
    played.until("open")
    played.answer(AN, raw=True, after_s=-0.4)
    told = show.after_ballot(played.state, played.ask.no, played.at)
    assert told is not None
    played.command(told.name, "clock", **told.args)
    played.answer(BINH, raw=True, after_s=0.0)
    played.clock()
    own = show.view(played.state, Viewer("stage"))["format"]
    assert sorted(own["tied"]) == [AN, BINH]
    assert [one["after_us"] for one in own["order"]] == [0, 0]
