"""Rung chuông vàng, played with four people who are named."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import OUT, PLAYER, STAGE, Viewer
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single


def stage(questions: int = 6, **settings: Any) -> Stage:
    spec = {"format": "golden_bell", "settings": {"rescue_after": 0, "along": False, **settings}}
    return Stage(spec, questions=[[single(n) for n in range(1, questions + 1)]], standings="never")


def asked(played: Stage, right: tuple[int, ...], wrong: tuple[int, ...] = ()) -> None:
    """The next question, to its reveal."""
    played.until("ready")
    played.advance()
    for place, seat in enumerate((*right, *wrong)):
        played.answer(seat, 0 if seat in right else 1, after_s=1 + place, no=show.main_ask(played.state).no)
    played.until("revealed")


def standing(played: Stage) -> list[int]:
    return [seat for seat in EVERYBODY if show.role(played.state, seat, "public") == PLAYER]


def floor(played: Stage) -> dict[str, Any]:
    return show.view(played.state, Viewer(STAGE))["format"]


def test_wrong_and_silent_leave_the_floor_when_the_key_is_shown_and_not_before() -> None:
    played = stage()
    played.until("open")
    for seat, index in ((AN, 0), (BINH, 0), (CHI, 1)):
        played.answer(seat, index)
    played.until("closed")
    assert standing(played) == list(EVERYBODY)
    played.until("revealed")
    assert standing(played) == [AN, BINH]
    assert (floor(played)["alive"], floor(played)["of"], floor(played)["fell"]) == (2, 4, 2)
    assert show.me(played.state, CHI)["role"] == OUT
    assert show.me(played.state, CHI)["fell"] == 1


def test_only_who_stands_is_asked_again() -> None:
    played = stage()
    asked(played, right=(AN, BINH), wrong=(CHI,))
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 2, seat)] == [AN, BINH]
    assert played.journal[-1][0].data["to"] == [PLAYER], "the journal names no seat of the floor"


def test_the_last_one_rings_the_bell_with_one_more_right_answer() -> None:
    played = stage()
    asked(played, right=(AN,), wrong=(BINH, CHI))
    assert not floor(played)["rung"]
    played.until("ready")
    assert floor(played)["bell"]
    assert floor(played)["left"] == [AN]
    asked(played, right=(AN,))
    assert floor(played)["rung"]
    played.advance()
    assert played.phase == "over"


def test_who_is_right_in_the_rescue_question_stands_again() -> None:
    played = stage(rescue="question", rescue_after=2)
    asked(played, right=(AN, BINH, CHI))
    asked(played, right=(AN, BINH), wrong=(CHI,))
    played.until("ready")
    assert floor(played)["rescue"]
    played.advance()
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 3, seat)] == [CHI, DUNG]
    assert show.group(played.state, AN) == "late"
    played.answer(DUNG, 0)
    played.answer(CHI, 1)
    played.until("revealed")
    assert standing(played) == [AN, BINH, DUNG]
    assert played.score(DUNG) == 0, "the way back is what is won"
    asked(played, right=(DUNG,))
    assert standing(played) == [DUNG]


def test_a_rescue_may_be_bounded_to_the_fastest() -> None:
    played = stage(rescue="question", rescue_after=1, rescue_most=1)
    asked(played, right=(AN,), wrong=(BINH, CHI, DUNG))
    played.until("open")
    for seat, after_s in ((BINH, 3), (CHI, 2), (DUNG, 4)):
        played.answer(seat, 0, after_s=after_s)
    played.until("revealed")
    assert standing(played) == [AN, CHI]


def test_an_empty_floor_is_rescued_sooner_and_a_second_time_it_is_over() -> None:
    played = stage(rescue="question", rescue_after=5)
    asked(played, right=())
    asked(played, right=(AN,))
    assert standing(played) == [AN]
    asked(played, right=())
    played.advance()
    assert played.phase == "over"


def test_a_side_game_brings_back_who_held_out_longest() -> None:
    played = stage(rescue="count", rescue_after=2)
    asked(played, right=(AN, BINH, CHI))
    assert "rescue" not in [one["do"] for one in show.view(played.state, Viewer("host"))["acts"]]
    asked(played, right=(AN,))
    played.command("rescue", count=2)
    assert standing(played) == [AN, BINH, CHI]
    assert "rescue" not in [one["do"] for one in show.view(played.state, Viewer("host"))["acts"]]


def test_a_cut_keeps_the_fastest_and_who_is_as_fast() -> None:
    played = stage(cut_at=[1], cut_to=1)
    played.until("open")
    for seat, after_s in ((AN, 2), (BINH, 1), (CHI, 1)):
        played.answer(seat, 0, after_s=after_s)
    played.until("revealed")
    assert standing(played) == [BINH, CHI]


def test_a_void_question_gives_back_whom_it_threw_out_and_takes_whom_it_brought_back() -> None:
    played = stage(rescue="question", rescue_after=1)
    asked(played, right=(AN,), wrong=(BINH,))
    asked(played, right=(BINH,))
    assert standing(played) == [AN, BINH]
    played.command("void", no=2)
    assert standing(played) == [AN]
    played.command("void", no=1)
    assert standing(played) == list(EVERYBODY)


def test_who_is_sent_out_of_the_room_stands_no_more_even_after_an_undo() -> None:
    played = stage()
    asked(played, right=(AN, BINH), wrong=(CHI,))
    played.until("open")
    played.command("kick", seat=AN)
    assert floor(played)["alive"] == 1
    played.command("undo", steps=1)
    assert floor(played)["alive"] == 1
    played.command("readmit", seat=AN)
    assert floor(played)["alive"] == 2


def test_who_is_out_answers_along_with_a_ranking_of_its_own() -> None:
    played = stage(along=True)
    asked(played, right=(AN, BINH), wrong=(CHI,))
    played.until("open")
    question, beside = show.main_ask(played.state).no, played.state.no
    assert beside == question + 1
    assert [ask["no"] for ask in show.view(played.state, Viewer(OUT, f"{beside}"))["asks"]] == [beside]
    played.answer(AN, 0, no=question)
    played.answer(CHI, 0, no=beside)
    played.command("all_answered", "clock", no=beside)
    played.settle()
    assert played.phase == "open", "each closes on its own"
    played.command("all_answered", "clock", no=question)
    played.settle()
    played.until("revealed")
    mine = show.me(played.state, CHI)
    assert (mine["score"], mine["along"]["score"], mine["along"]["rank"]) == (0, 10, 1)
    assert mine["results"] == {str(beside): {"points": 10, "right": True, "scored": False}}
    assert standing(played) == [AN], "answering along brings nobody back"


@pytest.mark.parametrize(("ranking", "order"), [("survival", [AN, BINH, CHI, DUNG]), ("points", [BINH, AN, CHI, DUNG])])
def test_who_rang_the_bell_is_first_unless_points_rank(ranking: str, order: list[int]) -> None:
    played = stage(ranking=ranking, rescue="count", rescue_after=3)
    asked(played, right=(BINH, CHI), wrong=(AN,))
    asked(played, right=(BINH, CHI))
    asked(played, right=(BINH,))
    played.command("rescue", count=3)
    asked(played, right=(AN,))
    asked(played, right=(AN,))
    assert played.score(AN) < played.score(BINH)
    assert [row["seat"] for row in show.results(played.state)] == order
    assert show.me(played.state, order[0])["rank"] == 1


def test_a_rescue_that_is_counted_in_or_asked_again_stays_one() -> None:
    played = stage(rescue="question", rescue_after=1)
    asked(played, right=(AN,), wrong=(BINH,))
    played.until("ready")
    played.command("count_in")
    played.clock()
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 2, seat)] == [BINH, CHI, DUNG]
    played.command("ask_again")
    played.advance()
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, 3, seat)] == [BINH, CHI, DUNG]


def on_the_floor(count: int, units: dict[int, int] | None = None, **settings: Any) -> Stage:
    """A floor of `count`, each of a unit; nobody plays along."""
    spec = {"format": "golden_bell", "settings": {"along": False, "rescue": "never", **settings}}
    room = {"upto": count, "without": []}
    known = {"units": {str(seat): unit for seat, unit in (units or {}).items()}}
    return Stage(spec, questions=[[single(n) for n in range(1, 8)]], room=room, known=known, standings="never")


def these_right(played: Stage, *right: int) -> None:
    played.until("open")
    for seat in right:
        played.answer(seat, 0)
    played.until("revealed")


def standing_now(played: Stage) -> list[int]:
    return [seat for seat in range(1, played.room["upto"] + 1) if show.role(played.state, seat, "public") == "player"]


def test_a_pair_stands_or_falls_together() -> None:
    played = on_the_floor(6, pairs_at=[1])
    played.until("open")
    partner = show.me(played.state, 1)["partner"]
    assert show.me(played.state, partner)["partner"] == 1
    these_right(played, *(seat for seat in range(1, 7) if seat != partner))
    assert standing_now(played) == [seat for seat in range(1, 7) if seat not in (1, partner)]


def test_an_odd_floor_is_not_paired() -> None:
    played = on_the_floor(5, pairs_at=[1])
    played.until("open")
    assert "partner" not in show.me(played.state, 1)


def test_the_bell_rings_at_the_question_the_script_names() -> None:
    played = on_the_floor(6, bell_question=2)
    these_right(played, 1, 2, 3)
    played.until("ready")
    assert show.view(played.state, Viewer("stage"))["format"]["bell"]
    these_right(played, 1, 2)
    played.advance()
    assert played.phase == "over"


def test_reserves_come_on_where_a_unit_has_few_left() -> None:
    units = {seat: 1 if seat in (1, 2, 3, 7) else 2 for seat in range(1, 9)}
    played = on_the_floor(8, units, places=6, unit_left=1)
    these_right(played, 1, 4, 5, 6)
    assert standing_now(played) == [1, 4, 5, 6, 7]
    own = show.view(played.state, Viewer("host"))["format"]
    assert (own["came_on"], own["reserves"], own["alive"], own["of"]) == (1, 1, 5, 7)
    assert played.replayed() == played.state


def test_of_each_unit_no_more_come_back_than_the_script_lets() -> None:
    units = {seat: 1 if seat < 4 else 2 for seat in range(1, 7)}
    played = on_the_floor(6, units, rescue="question", rescue_after=1, unit_quota=1)
    these_right(played, 6)
    these_right(played, 1, 2, 3, 4, 5)
    assert standing_now(played) == [1, 4, 6]


def test_the_host_calls_back_so_many_of_each_unit_by_how_long_they_stood_then_by_points() -> None:
    units = {seat: 1 if seat < 4 else 2 for seat in range(1, 7)}
    played = on_the_floor(8, units, rescue="units", rescue_after=2, cut_at=[2], cut_to=1)
    these_right(played, 1, 2, 4, 8)
    assert "rescue" not in [one["do"] for one in show.view(played.state, Viewer("host"))["acts"]]
    played.until("open")
    played.answer(8, 0, after_s=1)
    played.answer(2, 0, after_s=3)
    played.until("revealed")
    assert standing_now(played) == [8], "2 was right and too slow"
    played.command("rescue", count=1)
    assert standing_now(played) == [2, 4, 7, 8], "2 has more points than 1; 7 has no unit, and is one of its own"
    assert played.replayed() == played.state


def test_a_quota_of_the_script_bounds_what_the_host_calls_back_of_each_unit() -> None:
    units = {seat: 1 if seat < 4 else 2 for seat in range(1, 7)}
    played = on_the_floor(6, units, rescue="units", rescue_after=1, unit_quota=1)
    these_right(played, 6)
    played.command("rescue", count=3)
    standing = standing_now(played)
    assert [sum(units[seat] == unit for seat in standing if seat != 6) for unit in (1, 2)] == [1, 1]
    assert show.view(played.state, Viewer("host"))["format"]["of_each"] == 1


def test_a_floor_too_large_for_numbers_is_rows_of_dots_in_which_who_fell_goes_dark() -> None:
    played = on_the_floor(301)
    these_right(played, *range(2, 302))
    played.until("ready")
    told = floor(played)
    assert "yard" not in told
    dots = told["dots"]
    assert (dots["across"], dots["rows"], dots["named"][0]) == (40, 8, [0, 1])
    assert (dots["just"], dots["out"]) == ("M0 0h1", "")
    assert dots["stand"].startswith("M1 0h39M0 1h40") and dots["stand"].endswith("M0 7h21"), "301 = 7 rows of 40 and 21"
    these_right(played, *range(4, 302))
    played.until("ready")
    assert (floor(played)["dots"]["out"], floor(played)["dots"]["just"]) == ("M0 0h1", "M1 0h2")


@pytest.mark.parametrize(("places", "across", "rows"), [(1_000, 40, 25), (2_000, 50, 40), (5_000, 100, 50)])
def test_the_largest_floor_fits_a_screen(places: int, across: int, rows: int) -> None:
    played = on_the_floor(places)
    played.until("ready")
    dots = floor(played)["dots"]
    assert (dots["across"], dots["rows"], len(dots["named"])) == (across, rows, 10 if rows > 25 else 9)
    assert dots["stand"].count("M") == rows, "one line for each row in which all stand"


def test_who_fell_just_now_is_marked_on_the_floor_before_the_next_question() -> None:
    played = stage()
    asked(played, right=(AN, BINH), wrong=(CHI,))
    played.until("ready")
    told = floor(played)
    assert [no for _, no in told["yard"]].count(told["now"]) == 2
    assert "fell" not in told


def test_at_the_bell_the_fastest_right_one_decides_where_the_script_says_so() -> None:
    played = stage(bell_question=2, bell_fastest=True)
    asked(played, right=(AN, BINH, CHI), wrong=(DUNG,))
    asked(played, right=(BINH, AN), wrong=(CHI,))
    assert standing(played) == [BINH], "An is right, a second later"
    assert floor(played)["rung"] and floor(played)["left"] == [BINH]
    played.advance()
    assert [row["seat"] for row in show.results(played.state)][:2] == [BINH, AN]


def test_two_as_fast_ring_the_bell_together() -> None:
    played = stage(bell_question=1, bell_fastest=True)
    played.until("open")
    for seat, after_s in ((AN, 2), (BINH, 1), (CHI, 1)):
        played.answer(seat, 0, after_s=after_s)
    played.until("revealed")
    assert standing(played) == [BINH, CHI]
