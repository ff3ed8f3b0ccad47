"""Nhanh tay nhanh mắt."""

import pytest

from quizzes import show
from quizzes.engine import CLOCK, Rejected, Viewer
from tests.quizzes.people import AN, BINH, CHI, DUNG, SECOND, Stage, single, speed, typed


def stage(*questions: dict, **settings: object) -> Stage:
    return Stage(speed(**settings), questions=[questions or (single(1), single(2), single(3))])


def test_right_answers_score_and_faster_ones_a_little_more() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 0, after_s=2)
    played.answer(BINH, 0, after_s=10)
    played.answer(CHI, 1, after_s=1)
    played.until("revealed")
    assert [played.score(seat) for seat in (AN, BINH, CHI, DUNG)] == [129, 116, 0, 0]


def test_the_time_is_the_servers_rounded_down_to_a_tenth() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 0, after_s=2.0)
    played.answer(BINH, 0, after_s=2.099)
    played.until("revealed")
    assert played.score(AN) == played.score(BINH)
    assert show.me(played.state, BINH)["rank"] == 1


def test_time_in_a_pause_costs_nobody_points() -> None:
    played = stage()
    played.until("open")
    played.at += 2 * SECOND
    played.command("pause")
    played.at += 600 * SECOND
    played.command("resume")
    played.answer(AN, 0, after_s=603)
    played.until("revealed")
    assert show.results(played.state)[0]["time_us"] == 3 * SECOND


def test_double_and_practice_questions_are_said_and_counted() -> None:
    played = stage(practice=[1], double=[2], scoring="accuracy")
    worth = []
    for _ in range(3):
        played.until("open")
        worth.append(show.view(played.state, Viewer("stage"))["question_points"])
        played.answer(AN, 0, after_s=20)
        played.until("standings")
    assert worth == [0, 200, 100]
    assert played.score(AN) == 300
    assert show.results(played.state)[0]["right"] == 2


def test_a_practice_answer_is_still_told_to_be_right() -> None:
    played = stage(practice=[1])
    played.until("open")
    played.answer(AN, 0)
    played.until("revealed")
    assert show.me(played.state, AN)["last"] == {"no": 1, "points": 0, "right": True}


def test_a_streak_grows_and_breaks() -> None:
    played = stage(*(single(n) for n in range(1, 6)), streak=True, seconds=0)
    won = []
    for index in (0, 0, 0, 1, 0):
        played.until("open")
        played.answer(AN, index)
        played.until("revealed")
        won.append(show.me(played.state, AN)["last"]["points"])
        played.advance()
    assert won == [100, 101, 103, 0, 100]


def test_speed_scoring_halves_towards_the_end() -> None:
    played = stage(scoring="speed", points=1000)
    played.until("open")
    played.answer(AN, 0, after_s=0.4)
    played.answer(BINH, 0, after_s=10)
    played.answer(CHI, 0, after_s=20)
    played.until("revealed")
    assert [played.score(seat) for seat in (AN, BINH, CHI)] == [1000, 750, 500]


def test_the_last_answer_counts_where_it_may_be_changed() -> None:
    played = stage(change=True)
    played.until("open")
    assert show.take_of(played.state, 1) == "last"
    first = stage()
    first.until("open")
    assert show.take_of(first.state, 1) == "first"


def test_an_unlimited_question_waits_for_the_host() -> None:
    played = stage(seconds=0)
    played.until("open")
    assert show.deadline(played.state) is None
    assert not played.clock()


def test_the_clock_closes_at_the_deadline_and_not_before() -> None:
    played = stage()
    played.until("open")
    with pytest.raises(Rejected, match="not_now"):
        played.command("time_up", CLOCK, no=1)
    played.clock()
    assert (played.phase, played.ask.closes_at) == ("closed", played.ask.opens_at + 20 * SECOND)


def test_a_late_clock_does_not_make_the_time_longer() -> None:
    played = stage()
    played.until("open")
    played.at += 90 * SECOND
    played.command("time_up", CLOCK, no=1)
    assert played.ask.closes_at == played.ask.opens_at + 20 * SECOND


def test_the_clock_of_another_opening_is_refused() -> None:
    played = stage()
    played.until("open")
    played.at += 90 * SECOND
    with pytest.raises(Rejected, match="not_now"):
        played.command("time_up", CLOCK, no=2)


def test_reading_time_opens_by_itself() -> None:
    played = stage(reading_s=5)
    played.advance()
    assert (played.phase, show.deadline(played.state)) == ("ready", played.at + 5 * SECOND)
    played.clock()
    assert played.phase == "open"


def test_the_question_shows_in_ready_only_where_the_script_wants_it() -> None:
    for wanted in (False, True):
        played = stage(show_question_in_ready=wanted)
        played.advance()
        seen = show.view(played.state, Viewer("player"))["question"]
        assert seen == ({"type": "single", "text": "Câu hỏi 1?", "options": []} if wanted else None)


def test_the_fastest_are_named_after_the_reveal_only() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 1, after_s=1)
    played.answer(BINH, 0, after_s=3)
    played.answer(CHI, 0, after_s=2)
    assert "fastest" not in show.view(played.state, Viewer("stage"))["format"]
    played.until("revealed")
    fastest = show.view(played.state, Viewer("stage"))["format"]["fastest"]
    assert [one["seat"] for one in fastest] == [CHI, BINH]


def test_typed_answers_leave_no_text_in_the_journal() -> None:
    played = stage(typed(1, "VNeID"))
    played.until("open")
    played.answer(AN, raw="vneid")
    played.answer(BINH, raw="Nguyễn Văn Bình 0912")
    played.until("revealed")
    assert show.view(played.state, Viewer("stage"))["reveal"]["counts"] == {"right": 1, "partly": 0, "wrong": 1}
    assert "Bình" not in str(played.journal)
    assert played.score(AN) > 0 == played.score(BINH)
