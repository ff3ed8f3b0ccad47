"""Vượt chướng ngại vật."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.mechanics.guess import Guess
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, typed

ANSWERS = ("lá chắn số", "mật khẩu", "mã độc", "lừa đảo", "otp", "bảo mật")
PIECES = [f"manh-{n}.webp" for n in range(5)]


def stage(**settings: Any) -> Stage:
    questions = [typed(n, answer) for n, answer in enumerate(ANSWERS)]
    questions[0]["pieces"] = PIECES
    return Stage({"format": "obstacle", "settings": settings}, questions=[questions], standings="never")


def pick(played: Stage, row: int) -> int:
    """Picks a row for the seat of the turn; the row opens."""
    played.until("open")
    seat = played.state.round.cast.turn
    played.answer(seat, raw=str(row), no=played.state.round.newest("pick").no)
    played.advance()
    assert played.phase == "ready"
    played.advance()
    return seat


def play_row(played: Stage, row: int, *right: int, wrong: tuple[int, ...] = ()) -> None:
    pick(played, row)
    answer_row(played, *right, wrong=wrong)


def answer_row(played: Stage, *right: int, wrong: tuple[int, ...] = ()) -> None:
    ask = played.state.round.newest("question")
    for seat in (*right, *wrong):
        played.answer(seat, raw=ANSWERS[ask.question] if seat in right else "sai", no=ask.no)
    played.advance()
    assert played.phase == "closed"
    played.advance()


def bell(played: Stage) -> Any:
    return next(ask for ask in played.state.round.open_asks() if ask.kind == "keyword")


def ring(played: Stage, *seats: int) -> None:
    """They buzz for the keyword, one after the other, and the first is named."""
    ask = bell(played)
    since = (played.at - ask.opens_at) / SECOND
    for place, seat in enumerate(seats):
        played.answer(seat, raw=True, no=ask.no, after_s=since + 0.1 + place / 10)
        if place == 0:
            told = show.after_ballot(played.state, ask.no, played.at)
            played.command(told.name, "clock", **told.args)
    played.clock()
    assert played.phase == "answering"


def scores(played: Stage) -> list[float]:
    return [played.score(seat) for seat in EVERYBODY]


def own(played: Stage, role: str = "stage") -> dict[str, Any]:
    return show.view(played.state, Viewer(role))["format"]


def test_each_picks_a_row_in_turn_and_all_type() -> None:
    played = stage()
    assert pick(played, 3) == AN
    answer_row(played, BINH, CHI, wrong=(AN,))
    assert scores(played) == [0, 10, 10, 0]
    assert (own(played)["rows"][2]["state"], own(played)["rows"][2]["text"]) == ("open", "lừa đảo")
    assert own(played)["pieces"] == [None, None, PIECES[2], None, None]
    played.until("open")
    assert played.state.round.cast.turn == BINH
    [options] = [
        ask["question"]["options"] for ask in show.view(played.state, Viewer("stage"))["asks"] if ask["kind"] == "pick"
    ]
    assert [one["id"] for one in options] == ["1", "2", "4"]


def test_a_row_that_nobody_knew_stays_hidden_with_its_piece() -> None:
    played = stage()
    play_row(played, 1, wrong=(AN, BINH))
    assert played.phase == "revealed"
    assert show.view(played.state, Viewer("stage"))["reveal"] is None
    assert (own(played)["rows"][0]["state"], own(played)["pieces"]) == ("dead", [None] * 5)
    assert "mật khẩu" not in str(show.view(played.state, Viewer("stage")))


def test_the_shape_of_every_word_is_public_and_the_words_are_not() -> None:
    played = stage()
    played.until("open")
    shown = own(played)
    assert shown["keyword"] == {"letters": [2, 4, 2], "text": ""}
    assert [row["letters"] for row in shown["rows"]] == [[3, 4], [2, 3], [3, 3], [3]]
    assert "secret" not in shown
    assert own(played, "host")["secret"] == "lá chắn số"


def test_the_keyword_is_worth_less_with_each_row() -> None:
    for rows, expected in ((1, 60), (2, 50), (3, 40), (4, 30)):
        played = stage()
        for row in range(1, rows + 1):
            play_row(played, row)
        ring(played, DUNG)
        played.command("right")
        played.settle()
        played.until("revealed")
        assert scores(played) == [0, 0, 0, expected]


def test_the_clock_of_a_row_waits_while_somebody_says_the_keyword() -> None:
    played = stage()
    pick(played, 1)
    row = played.state.round.newest("question")
    played.at += 4 * SECOND
    ring(played, BINH)
    [fence] = [one for one in show.fences(played.state) if one.no == row.no]
    assert (fence.accepting, fence.code) == (False, "paused")
    assert show.deadline(played.state) is None
    held = played.state.round.of(Guess).since
    played.at += 9 * SECOND
    played.command("wrong")
    played.settle()
    assert played.phase == "open"
    left = played.state.round.asks[row.no].closes_at - played.at
    assert left == row.closes_at - held
    assert show.may_answer(played.state, row.no, AN)


def test_a_row_that_opens_in_the_window_of_a_buzz_waits_and_goes_on() -> None:
    """Its clock stands while the keyword is said, and nothing of it is told before the host reveals it."""
    played = stage(seconds=15)
    play_row(played, 1, BINH)
    played.until("open")
    played.answer(BINH, raw="2", no=played.state.round.newest("pick").no)
    played.advance()
    assert played.phase == "ready"
    ask = bell(played)
    played.answer(AN, raw=True, no=ask.no, after_s=(played.at - ask.opens_at) / SECOND)
    told = show.after_ballot(played.state, ask.no, played.at)
    played.command(told.name, "clock", **told.args)
    played.command("advance")
    played.answer(BINH, raw=ANSWERS[2], no=played.state.round.newest("question").no, after_s=0.1)
    played.clock()
    assert played.phase == "answering"
    left = played.state.round.newest("question").closes_at - played.at
    played.at += 60 * SECOND
    played.command("wrong")
    row = played.state.round.newest("question")
    assert (played.phase, row.status, row.closes_at - played.at) == ("open", "open", left)
    played.advance()
    assert (played.phase, scores(played)) == ("closed", [0, 10, 0, 0])
    assert "right" not in own(played)["answers"][0]
    played.advance()
    assert (played.phase, scores(played)) == ("revealed", [0, 20, 0, 0])


def test_whoever_is_out_answers_the_next_rows_along() -> None:
    played = stage(contestants=3)
    pick(played, 1)
    ring(played, AN)
    played.command("wrong")
    played.settle()
    answer_row(played, BINH, CHI)
    played.until("revealed")
    pick(played, 2)
    along = next(ask for ask in played.state.round.open_asks() if ask.kind == "along")
    assert [seat for seat in EVERYBODY if seat in along.roll] == [AN, DUNG]


def test_a_wrong_keyword_is_out_of_the_round_and_the_bell_opens_for_the_others() -> None:
    played = stage()
    play_row(played, 1, AN)
    ring(played, BINH)
    played.command("wrong")
    played.settle()
    assert (played.phase, show.role(played.state, BINH, "public")) == ("revealed", "out")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, bell(played).no, seat)] == [AN, CHI, DUNG]
    assert pick(played, 2) == CHI, "the turn passes on"
    row = played.state.round.newest("question")
    assert not show.may_answer(played.state, row.no, BINH)


def test_who_buzzed_next_has_the_word_when_the_first_was_wrong() -> None:
    played = stage()
    play_row(played, 1)
    ring(played, BINH, AN)
    played.command("wrong")
    played.settle()
    assert (played.phase, own(played)["answering"]) == ("answering", AN)
    played.command("right")
    played.settle()
    played.until("revealed")
    assert scores(played) == [60, 0, 0, 0]


def test_when_all_are_out_the_host_tells_the_keyword() -> None:
    played = stage(contestants=2)
    play_row(played, 1)
    for seat in (AN, BINH):
        ring(played, seat)
        played.command("wrong")
        played.settle()
    assert played.phase == "closed"
    played.advance()
    played.advance()
    assert (own(played)["keyword"]["text"], own(played)["pieces"]) == ("lá chắn số", PIECES)
    played.advance()
    assert played.phase == "over"


def test_after_the_centre_the_last_seconds_run_and_twenty_are_left() -> None:
    played = stage()
    for row in range(1, 5):
        play_row(played, row)
    played.advance()
    assert (played.phase, own(played)["centre"]["state"]) == ("ready", "now")
    played.advance()
    answer_row(played, CHI)
    assert own(played)["pieces"][4] == PIECES[4]
    played.advance()
    assert show.deadline(played.state) == played.at + 15 * SECOND
    ring(played, DUNG)
    played.command("right")
    played.settle()
    played.until("revealed")
    assert scores(played) == [0, 0, 10, 20]
    played.until("over")


def test_nobody_finds_it_in_the_last_seconds() -> None:
    played = stage(centre=False)
    for row in range(1, 6):
        play_row(played, row)
    played.advance()
    played.clock()
    played.advance()
    assert own(played)["ended"]
    played.advance()
    assert played.phase == "over"


def test_a_void_wrong_keyword_brings_its_contestant_back() -> None:
    played = stage()
    play_row(played, 1)
    no = bell(played).no
    ring(played, BINH)
    played.command("wrong")
    played.settle()
    played.command("void", no=no)
    assert show.role(played.state, BINH, "public") == "contestant"
    assert played.replayed() == played.state


def test_passing_on_a_keyword_costs_nothing_and_a_player_may_not_rule() -> None:
    played = stage()
    play_row(played, 1)
    ring(played, BINH)
    with pytest.raises(Rejected, match="not_yours"):
        played.command("right", "contestant", as_seat=AN)
    played.advance()
    assert (played.phase, show.role(played.state, BINH, "public")) == ("revealed", "contestant")


def test_listed_apart_it_has_a_centre_only_where_the_script_has_one() -> None:
    def of(centre: int) -> Stage:
        questions = [typed(n, answer) for n, answer in enumerate(ANSWERS)]
        slots = {"keyword": questions[:1], "rows": questions[1 : 6 - centre], "centre": questions[6 - centre :]}
        return Stage({"format": "obstacle", "questions": slots}, questions=[questions], standings="never")

    for centre, rows in ((0, 5), (1, 4)):
        played = of(centre)
        played.until("ready")
        assert len(own(played)["rows"]) == rows
        assert (own(played)["centre"] is None) == (centre == 0)


def test_the_keyword_found_while_a_row_is_picked_ends_the_asking() -> None:
    """The row is neither announced nor asked: the keyword is told next."""
    played = stage()
    play_row(played, 1, BINH)
    played.until("open")
    ring(played, CHI)
    played.command("right")
    played.settle()
    assert [row["state"] for row in own(played)["rows"]] == ["open", "hidden", "hidden", "hidden"]
    asked, console = played.state.last_no, show.view(played.state, Viewer("host"))
    assert "count_in" not in {one["do"] for one in console["acts"]}
    assert console["next"]["phase"] == "revealed"
    assert [(one["seat"], one["right"]) for one in console["verdicts"]] == [(CHI, True)], "it can be corrected"
    played.advance()
    assert (own(played)["ended"], own(played)["keyword"]["text"], played.state.last_no) == (True, "lá chắn số", asked)
    assert scores(played) == [0, 10, 60, 0]


def test_a_row_that_was_announced_is_not_asked_once_all_are_out() -> None:
    played = stage(contestants=2, reading_s=5)
    play_row(played, 1, BINH)
    played.until("open")
    seat = played.state.round.cast.turn
    played.answer(seat, raw="2", no=played.state.round.newest("pick").no)
    played.advance()
    assert played.phase == "ready"
    ring(played, AN, BINH)
    for _ in range(2):
        played.command("wrong")
    played.settle()
    asked = played.state.last_no
    while not own(played)["ended"]:
        played.advance()
    assert played.state.last_no == asked
    reveal = show.view(played.state, Viewer("stage"))["reveal"]
    assert "mã độc" not in str(reveal), "nobody was asked that row"


def test_the_host_gives_more_time_to_who_says_the_keyword_and_for_the_last_seconds() -> None:
    played = stage(answer_seconds=15)
    pick(played, 1)
    ring(played, AN)
    until = own(played)["answer_by"]
    played.command("extend")
    assert own(played)["answer_by"] == until + 10 * SECOND
    played.command("wrong")
    answer_row(played, BINH)
    for row in (2, 3, 4):
        play_row(played, row, BINH)
    played.until("revealed")
    while not own(played)["last"]:
        played.advance()
    [closes_at] = [ask.closes_at for ask in played.state.round.open_asks()]
    assert "extend" in {one["do"] for one in show.view(played.state, Viewer("host"))["acts"]}
    played.command("extend")
    assert bell(played).closes_at == closes_at + 10 * SECOND


def test_rows_are_counted_as_they_are_picked_and_the_keyword_is_none_of_them() -> None:
    def at() -> tuple[int, int]:
        told = show.view(played.state, Viewer("stage"))["round"]
        return told["question"], told["questions"]

    played = stage()
    played.until("open")
    assert at() == (0, 5)
    pick(played, 3)
    assert at() == (1, 5)
    script = show.view(played.state, Viewer("host"))["script"][0]["questions"]
    assert [one["done"] for one in script] == [False] * len(ANSWERS)
    answer_row(played, AN)
    pick(played, 1)
    assert at() == (2, 5)
    script = show.view(played.state, Viewer("host"))["script"][0]["questions"]
    assert [n for n, one in enumerate(script) if one["done"]] == [3]
