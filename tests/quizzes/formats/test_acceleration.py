"""Tăng tốc."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, single, typed


def stage(count: int = 4, **settings: Any) -> Stage:
    spec = {"format": "acceleration", "settings": {"along": False, **settings}}
    questions = [typed(n, "vneid") if n % 2 else single(n) for n in range(1, count + 1)]
    return Stage(spec, questions=[questions], standings="never")


def answered(*given: tuple[int, str, float], **settings: Any) -> Stage:
    """Each (seat, text, seconds); then all is closed."""
    played = stage(**settings)
    played.until("open")
    for seat, text, after in given:
        played.answer(seat, raw=text, after_s=after)
    played.until("closed")
    return played


def scores(played: Stage) -> list[float]:
    played.until("revealed")
    return [played.score(seat) for seat in EVERYBODY]


def test_the_order_among_the_right_ones_decides_and_a_wrong_one_takes_no_place() -> None:
    played = answered((AN, "vneid", 6.71), (BINH, "sai", 1), (CHI, "VNeID", 3.42), (DUNG, "vneid", 11.9))
    assert scores(played) == [30, 0, 40, 20]


def test_equal_times_share_the_higher_points_and_the_next_place_is_left_out() -> None:
    played = answered((AN, "vneid", 3.424), (BINH, "vneid", 3.428), (CHI, "vneid", 5), (DUNG, "vneid", 3.43))
    assert scores(played) == [40, 40, 10, 20]


def test_each_question_has_its_time_and_the_last_figure_is_for_all_that_follow() -> None:
    played, found = stage(count=5), []
    for _ in range(5):
        played.until("open")
        found.append((played.ask.closes_at - played.ask.opens_at) // SECOND)
        played.until("revealed")
    assert found == [20, 20, 30, 30, 30]


def test_answers_are_told_once_all_is_closed_sorted_by_time_with_the_silent_last() -> None:
    played = stage()
    played.until("open")
    played.answer(CHI, raw="vneid", after_s=3)
    assert show.view(played.state, Viewer("stage"))["format"]["answers"] == []
    played.answer(AN, raw="sai", after_s=2)
    played.until("closed")
    rows = show.view(played.state, Viewer("stage"))["format"]["answers"]
    assert [(row["seat"], row["time_us"]) for row in rows] == [
        (AN, 2_000_000),
        (CHI, 3_000_000),
        (BINH, None),
        (DUNG, None),
    ]
    assert all("right" not in row for row in rows)
    assert show.view(played.state, Viewer("stage"))["quotes"] == [[1, AN], [1, CHI]]
    played.advance()
    rows = show.view(played.state, Viewer("stage"))["format"]["answers"]
    assert [(row["right"], row["points"]) for row in rows] == [(False, 0), (True, 40), (False, 0), (False, 0)]


def test_a_choice_is_told_in_words() -> None:
    played = stage(count=2)
    for _ in range(2):
        played.until("open")
        no = played.ask.no
        told = played.ask.shown[0][0] if played.ask.shown else "VNeID"
        assert show.in_words(played.state, no, told, "vi") in ("VNeID", *(f"Phương án 2.{n}" for n in range(4)))
        played.until("revealed")


def test_marks_by_hand_count_in_the_order_of_the_clicks() -> None:
    played = answered((AN, "gần đúng", 2), (BINH, "vneid", 3), (CHI, "sai", 4))
    played.command("mark", seats=[BINH])
    played.command("mark", "judge", seats=[BINH, AN])
    assert show.view(played.state, Viewer("host"))["format"]["marked"] == [BINH, AN]
    assert "marked" not in show.view(played.state, Viewer("stage"))["format"]
    assert scores(played) == [30, 40, 0, 0]


def test_marks_are_checked() -> None:
    played = answered((AN, "vneid", 2))
    for seats in ([AN, AN], [99], "1", None, [True]):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("mark", seats=seats)
    with pytest.raises(Rejected, match="not_yours"):
        played.command("mark", "contestant", as_seat=AN, seats=[AN])
    played.command("mark", seats=[])
    assert scores(played) == [0, 0, 0, 0]
