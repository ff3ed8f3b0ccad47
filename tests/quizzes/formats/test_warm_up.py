"""Khởi động."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.mechanics.floor import Floor
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, single, typed


def stage(count: int = 12, room: dict[str, Any] | None = None, **settings: Any) -> Stage:
    spec = {"format": "warm_up", "settings": {"contestants": 2, "each": 1, "common": 4, "along": False, **settings}}
    questions = [typed(n, "vneid") if n % 2 else single(n) for n in range(1, count + 1)]
    return Stage(spec, questions=[questions], standings="never", **({"room": room} if room else {}))


def own_answer(played: Stage, right: bool) -> None:
    played.until("open")
    played.advance()  # read out
    assert played.phase == "open"
    played.command("right" if right else "wrong")
    played.settle()


def to_common(played: Stage) -> None:
    for _ in (AN, BINH):
        own_answer(played, False)
    played.until("open")


def scores(played: Stage) -> list[float]:
    return [played.score(seat) for seat in EVERYBODY]


def test_own_turns_go_by_seat_and_the_key_follows_the_verdict_at_once() -> None:
    played = stage()
    own_answer(played, True)
    assert (played.phase, scores(played)) == ("revealed", [10, 0, 0, 0])
    played.until("ready")
    assert played.state.round.cast.turn == BINH
    own_answer(played, False)
    assert scores(played) == [10, 0, 0, 0]


def test_while_it_is_read_no_clock_runs_and_what_is_not_judged_earns_nothing() -> None:
    played = stage(seconds=5)
    played.until("open")
    assert show.deadline(played.state) is None
    own = show.view(played.state, Viewer("stage"))["format"]
    assert (own["reading"], own["oral"], own["until"]) == (True, True, None)
    played.advance()
    own = show.view(played.state, Viewer("stage"))["format"]
    assert (own["reading"], own["until"]) == (False, played.at + 5 * SECOND)
    played.advance()
    assert played.phase == "closed"
    played.advance()
    assert scores(played) == [0, 0, 0, 0]


def test_a_judge_may_rule_and_a_player_may_not() -> None:
    played = stage()
    played.until("open")
    with pytest.raises(Rejected, match="not_yours"):
        played.command("right", "player", as_seat=AN)
    played.command("right", "judge")
    played.settle()
    assert scores(played) == [10, 0, 0, 0]


def test_buzzers_open_half_a_second_ahead_and_so_long_before_the_reading_may_end() -> None:
    played = stage(buzz_seconds=3)
    to_common(played)
    ask = played.ask
    assert ask.opens_at == played.at + SECOND // 2
    played.at += 100_000
    played.command("read")
    assert played.ask.closes_at == ask.opens_at + SECOND // 2 + 3 * SECOND


def test_who_buzzes_while_it_is_read_answers_and_a_wrong_answer_ends_the_question() -> None:
    played = stage()
    to_common(played)
    played.buzz(BINH, AN)
    played.clock()
    assert (played.phase, played.state.round.of(Floor).answering) == ("answering", BINH)
    played.command("wrong")
    played.settle()
    assert (played.phase, scores(played)) == ("revealed", [0, -5, 0, 0])


def test_silence_after_a_buzz_costs_as_much_as_a_wrong_answer_and_a_floor_holds() -> None:
    for floor, expected in ((False, -5), (True, 0)):
        played = stage(floor=floor)
        to_common(played)
        played.buzz(AN)
        played.clock()
        played.command("wrong")
        played.settle()
        assert scores(played)[0] == expected


def test_nobody_buzzes_and_the_key_waits_for_the_host() -> None:
    played = stage()
    to_common(played)
    played.command("read")
    played.clock()
    assert played.phase == "closed"
    played.advance()
    assert played.phase == "revealed"


def test_who_was_wrong_may_not_buzz_at_the_next_question() -> None:
    played = stage(lock_out=True)
    to_common(played)
    played.buzz(AN)
    played.clock()
    played.command("wrong")
    played.settle()
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [BINH]


def test_a_turn_of_sixty_seconds_goes_on_from_verdict_to_question_until_its_time_is_over() -> None:
    played = stage(each=5, turn_seconds=60)
    played.until("open")
    first = show.deadline(played.state)
    assert first == played.at + 60 * SECOND
    for _ in range(2):
        played.command("right")
        played.settle()
        assert played.phase == "open"
    assert show.deadline(played.state) == first
    played.clock()
    assert played.phase == "open"
    played.command("right")
    played.settle()
    assert (played.phase, scores(played)) == ("revealed", [30, 0, 0, 0])
    played.advance()
    assert played.state.round.cast.turn == BINH


def test_common_turns_have_each_their_time() -> None:
    played = stage(each=0, common=3, common_turns=[30, 60])
    played.until("open")
    assert show.deadline(played.state) == played.ask.opens_at - SECOND // 2 + 30 * SECOND
    played.clock()  # the thirty seconds are over
    played.command("read")
    played.buzz(AN)
    played.clock()
    played.command("right")
    played.settle()
    assert played.phase == "revealed"
    played.until("open")
    assert show.view(played.state, Viewer("stage"))["format"]["turn_seconds"] == 60


def test_the_audience_plays_along_until_somebody_has_the_word() -> None:
    played = stage(along=True)
    to_common(played)
    assert [ask.kind for ask in show.asks(played.state)] == ["buzz", "along"]
    played.answer(CHI, raw="VNeID", no=played.state.no)
    buzz = show.asks(played.state)[0].no
    played.answer(AN, raw=True, no=buzz)
    told = show.after_ballot(played.state, buzz, played.at)
    played.command(told.name, "clock", **told.args)
    played.clock()
    assert played.phase == "answering"
    assert all(not ask.live for ask in show.asks(played.state))
    played.command("right")
    played.settle()
    assert played.phase == "revealed"
    assert show.me(played.state, CHI)["along"]["rank"] == 1
    assert show.me(played.state, DUNG)["along"]["rank"] == 2


def of_slots(own: int, common: int, **settings: Any) -> Stage:
    spec = {
        "format": "warm_up",
        "settings": {"contestants": 2, "each": 2, "common": 2, "along": False, **settings},
        "questions": {"own": [single(n) for n in range(own)], "common": [single(n) for n in range(own, own + common)]},
    }
    asked = [one for listed in spec["questions"].values() for one in listed]
    return Stage(spec, questions=[asked], standings="never")


def asked_in_turn(played: Stage) -> list[tuple[int | None, int]]:
    """(whose turn, question) of every question that was read out."""
    found = []
    while played.phase != "over":
        if played.phase == "open" and (now := (played.state.round.cast.turn, played.state.round.question)) not in found:
            found.append(now)
        played.advance()
    return found


@pytest.mark.parametrize(
    ("own", "common", "expected"),
    [
        (4, 2, [(AN, 0), (AN, 1), (BINH, 2), (BINH, 3), (None, 4), (None, 5)]),
        (3, 2, [(AN, 0), (AN, 1), (BINH, 2), (None, 3), (None, 4)]),
        (6, 3, [(AN, 0), (AN, 1), (BINH, 2), (BINH, 3), (None, 6), (None, 7)]),
        (2, 0, [(AN, 0), (AN, 1)]),
    ],
)
def test_own_and_common_questions_keep_to_their_turns(own: int, common: int, expected: list[Any]) -> None:
    """Neither kind is asked in the other's turn, be there too few or too many."""
    played = of_slots(own, common)
    assert asked_in_turn(played) == expected
    assert played.replayed() == played.state
