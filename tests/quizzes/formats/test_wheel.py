"""Quay nón đoán chữ: spins by the seed, letters with all their forms, and whoever solves the phrase."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.mechanics.lettering import base, mask
from quizzes.refusals import Rejected
from quizzes.script import check_question
from tests.quizzes.formats.test_every_format import branch
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, typed

PHRASE = "Đường số đẹp"


def stage(*sectors: str, seed: str = "hạt", **settings: Any) -> Stage:
    """An, Bình and Chi play; Dũng looks on."""
    spec = {"format": "wheel", "settings": {"sectors": list(sectors) or ["100"], **settings}}
    played = Stage(spec, questions=[[typed(1, PHRASE), typed(2, "Xã hội số")]], standings="never", seed=seed)
    played.until("open")
    return played


def seen(played: Stage) -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer("stage"))["format"]
    return found


def purse(played: Stage, seat: int) -> float:
    return next(one["purse"] for one in seen(played)["purses"] if one["seat"] == seat)


def spin_and_call(played: Stage, letter: str) -> None:
    played.command("spin")
    played.command("call", letter=letter)


def solve(played: Stage, text: str) -> None:
    played.command("solve")
    ask = played.ask
    played.answer(seen(played)["turn"], raw=text, no=ask.no)
    played.command("all_answered", "clock", no=ask.no)
    played.settle()


@pytest.mark.parametrize(
    ("letter", "board"),
    [("U", "_Ư___ __ ___"), ("O", "__Ờ__ _Ố ___"), ("Đ", "Đ____ __ Đ__"), ("D", "_____ __ ___"), ("E", "_____ __ _Ẹ_")],
)
def test_a_base_letter_opens_all_its_forms_and_d_with_a_bar_stands_apart(letter: str, board: str) -> None:
    assert mask(PHRASE, [letter]) == board
    assert (base("ằ"), base("đ"), base("D"), base("7"), base(" ")) == ("A", "Đ", "D", "", "")


def test_only_the_shape_is_shown_before_a_letter_is_called() -> None:
    played = stage()
    assert seen(played)["board"] == "_____ __ ___"
    for role in ("stage", "contestant", "audience"):
        assert "Đường" not in str(show.view(played.state, Viewer(role)))


def test_a_letter_pays_the_sector_for_each_place_where_it_stands() -> None:
    played = stage("300")
    spin_and_call(played, "O")
    assert (purse(played, AN), seen(played)["turn"]) == (600, AN)
    played.until("revealed")
    assert [played.score(seat) for seat in EVERYBODY] == [600, 0, 0, 0]


def test_a_letter_that_is_not_there_or_is_not_called_in_time_passes_the_turn() -> None:
    played = stage(seconds=15)
    spin_and_call(played, "X")
    assert seen(played)["turn"] == BINH
    played.command("spin")
    played.clock()
    assert (seen(played)["turn"], seen(played)["sector"]) == (CHI, "")


@pytest.mark.parametrize(
    ("sector", "turn", "has"), [("lose", BINH, 100), ("bankrupt", BINH, 0), ("half", AN, 50), ("lucky", AN, 100)]
)
def test_sectors_without_a_letter_do_what_they_say_at_once(sector: str, turn: int, has: float) -> None:
    played = next(one for one in (stage("100", sector, seed=f"{n}") for n in range(40)) if stops(one, "100", sector))
    spin_and_call(played, "E")
    played.command("spin")
    assert (seen(played)["stopped"], seen(played)["turn"], purse(played, AN)) == (sector, turn, has)
    assert (seen(played)["board"].count("_") < 9) is (sector == "lucky")


def stops(played: Stage, *sectors: str) -> bool:
    """True when the seed of this show stops the wheel at these sectors, one after the other."""
    aside = branch(played)
    for number, sector in enumerate(sectors):
        aside.command("spin")
        if seen(aside)["stopped"] != sector:
            return False
        if seen(aside)["sector"]:
            aside.command("call", letter="EU"[number])
    return True


def test_a_kept_turn_is_used_up_by_a_miss_and_a_doubled_purse_needs_a_letter() -> None:
    played = next(one for one in (stage("100", "again", seed=f"{n}") for n in range(40)) if stops(one, "again", "100"))
    played.command("spin")
    spin_and_call(played, "X")
    assert seen(played)["turn"] == AN
    played = next(
        one for one in (stage("100", "double", seed=f"{n}") for n in range(40)) if stops(one, "100", "double")
    )
    spin_and_call(played, "E")
    spin_and_call(played, "U")
    assert purse(played, AN) == 200


def test_whoever_has_the_turn_solves_and_keeps_its_purse_with_the_premium() -> None:
    played = stage("100", solve_points=500)
    spin_and_call(played, "E")
    solve(played, "duong so dep")
    assert (played.phase, seen(played)["solved"]) == ("closed", AN)
    played.until("revealed")
    assert [played.score(seat) for seat in EVERYBODY] == [600, 0, 0, 0]


def test_a_wrong_solution_passes_the_turn_and_the_phrase_goes_on() -> None:
    played = stage("100")
    spin_and_call(played, "E")
    solve(played, "đường xa đẹp")
    assert (played.phase, seen(played)["turn"], purse(played, AN)) == ("open", BINH, 100)


def test_the_host_may_judge_a_solution_that_was_said_aloud() -> None:
    played = stage("100")
    played.command("spin")
    played.command("call", letter="E")
    played.command("solve")
    played.command("right")
    played.settle()
    assert (played.phase, seen(played)["solved"]) == ("closed", AN)


def test_the_last_letter_ends_the_phrase() -> None:
    played = stage("100")
    for letter in "DĐUONGSEP":
        if seen(played)["board"] and played.phase == "open":
            spin_and_call(played, letter)
    played.settle()
    assert (played.phase, seen(played)["board"]) == ("closed", "ĐƯỜNG SỐ ĐẸP")


def test_who_looks_on_may_solve_on_the_phone_once_with_a_ranking_of_its_own() -> None:
    played = stage("100", solve_points=500)
    along = next(ask for ask in show.asks(played.state) if ask.kind == "along")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, along.no, seat)] == [DUNG]
    played.answer(DUNG, raw="Đường số đẹp", no=along.no)
    played.until("revealed")
    assert show.me(played.state, DUNG)["along"] == {"score": 500, "rank": 1, "of": 1}


def test_only_whose_turn_it_is_or_the_host_spins_calls_and_solves() -> None:
    played = stage("100")
    for name in ("spin", "call", "solve"):
        with pytest.raises(Rejected, match="not_yours"):
            played.command(name, "contestant", as_seat=BINH, letter="A")
    played.command("spin", "contestant", as_seat=AN)
    for letter in ("1", "AB", "", None, "a"):
        with pytest.raises(Rejected, match="bad_request"):
            played.command("call", "contestant", as_seat=AN, letter=letter)
    played.command("call", "contestant", as_seat=AN, letter="E")
    played.command("spin")
    with pytest.raises(Rejected, match="not_now"):
        played.command("call", letter="E")
    assert played.replayed() == played.state


def test_another_begins_with_each_phrase() -> None:
    played = stage("100")
    assert seen(played)["turn"] == AN
    played.until("revealed")
    played.until("open")
    assert seen(played)["turn"] == BINH


def test_a_phrase_needs_letters_and_must_fit_the_board() -> None:
    assert check_question("wheel", typed(1, "Xã hội số")) == []
    for text in ("a1", "1234", "chữ " * 20):
        assert [one.code for one in check_question("wheel", typed(1, text))] == ["phrase_size"]


def test_the_host_gives_more_time_for_a_letter_and_for_the_solution() -> None:
    played = stage("100", seconds=15)
    played.command("spin")
    until = show.view(played.state, Viewer("stage"))["format"]["call_by"]
    played.command("extend")
    assert show.view(played.state, Viewer("stage"))["format"]["call_by"] == until + 10 * SECOND
    played.command("call", letter="U")
    played.command("solve")
    closes_at = played.state.round.newest("solve").closes_at
    played.command("extend")
    assert played.state.round.newest("solve").closes_at == closes_at + 10 * SECOND
