"""Bậc thang triệu phú, and the fastest finger before it."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, SECOND, Stage, single

ALL = ["fifty", "phone", "companion", "expert", "room", "panel"]


def stage(**settings: Any) -> Stage:
    """An climbs a ladder of six rungs."""
    spec = {
        "format": "ladder",
        "settings": {"prizes": [1, 2, 3, 5, 10, 20], "milestones": [2, 4], "lifelines": ALL, **settings},
    }
    played = Stage(spec, questions=[[single(n) for n in range(1, 8)]], standings="never")
    played.until("open")
    return played


def answers(played: Stage, *, rightly: bool = True, times: int = 1) -> None:
    for _ in range(times):
        played.until("open")
        played.answer(AN, 0 if rightly else 1, no=main(played))
        played.until("revealed")


def main(played: Stage) -> int:
    return next(ask.no for ask in show.asks(played.state) if ask.kind == "question")


def climb(played: Stage) -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer("stage"))["format"]
    return found


def test_each_right_answer_climbs_to_what_the_rung_is_worth() -> None:
    played = stage()
    for rung, points in enumerate((1, 2, 3, 5, 10, 20), start=1):
        answers(played)
        assert (climb(played)["rung"], played.score(AN)) == (rung, points)
    played.advance()
    assert played.phase == "over", "the top is the end, though a question is left"


@pytest.mark.parametrize(("right", "falls_to", "points"), [(0, 0, 0), (1, 0, 0), (2, 2, 2), (3, 2, 2), (5, 4, 5)])
def test_a_wrong_answer_falls_to_the_last_milestone_and_ends_the_climb(right: int, falls_to: int, points: int) -> None:
    played = stage()
    answers(played, times=right)
    answers(played, rightly=False)
    assert (climb(played)["rung"], played.score(AN), climb(played)["ended"]) == (falls_to, points, True)
    played.advance()
    assert played.phase == "over"


@pytest.mark.parametrize("how", ["walks", "silent"])
def test_who_walks_away_or_stays_silent_keeps_the_rung(how: str) -> None:
    played = stage()
    answers(played, times=3)
    played.until("open")
    if how == "walks":
        played.answer(AN, 1, no=main(played))
        played.command("walk_away", "contestant", as_seat=AN)
        played.settle()
    played.until("revealed")
    assert (played.score(AN), climb(played)["walked"], climb(played)["ended"]) == (3, True, True)


def test_a_choice_may_be_changed_until_the_host_closes_and_is_shown_only_then() -> None:
    played = stage()
    played.answer(AN, 1, no=main(played))
    assert not show.closes_early(played.state, played.state.round.asks[main(played)])
    assert climb(played)["chosen"] is None
    played.advance()
    [wrong] = [option for option, at in played.ask.shown if at == 1]
    assert (played.phase, climb(played)["chosen"], climb(played)["rung"]) == ("closed", wrong, 0)


def test_half_of_the_options_go_once_and_who_is_left_keeps_its_letter() -> None:
    played = stage()
    played.command("help", "contestant", as_seat=AN, what="fifty")
    [ask] = show.view(played.state, Viewer("contestant", "turn"))["asks"]
    shown = [option for option, _ in played.state.round.asks[main(played)].shown]
    assert [shown[one["at"]] for one in ask["question"]["options"]] == [one["id"] for one in ask["question"]["options"]]
    assert len(ask["question"]["options"]) == 2
    gone = next(option for option in shown if option in climb(played)["parts"]["taken"])
    with pytest.raises(Rejected, match="bad_choice"):
        show.read_choice(played.state, main(played), gone)
    with pytest.raises(Rejected, match="not_now"):
        played.command("help", "contestant", as_seat=AN, what="fifty")


def test_the_room_votes_on_all_phones_and_the_outcome_is_seen_while_the_question_goes_on() -> None:
    played = stage(along=False)
    played.command("help", what="room")
    [vote] = [ask for ask in show.asks(played.state) if ask.kind == "vote"]
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, vote.no, seat)] == [BINH, CHI, DUNG]
    for seat, index in ((BINH, 0), (CHI, 0), (DUNG, 2)):
        played.answer(seat, index, no=vote.no)
    assert (climb(played)["voting"], climb(played)["votes"]) == (True, None)
    played.command("all_answered", "clock", no=vote.no)
    played.settle()
    assert (played.phase, sorted(climb(played)["votes"].values())) == ("open", [0, 0, 1, 2])
    assert [played.score(seat) for seat in EVERYBODY] == [0, 0, 0, 0]


@pytest.mark.parametrize("what", ["phone", "companion", "expert", "panel"])
def test_a_talk_lasts_its_seconds_or_until_it_is_ended(what: str) -> None:
    played = stage(talk_seconds=30, along=False)
    played.command("help", "contestant", as_seat=AN, what=what)
    assert (climb(played)["talk"], climb(played)["talk_until"]) == (what, played.at + 30_000_000)
    with pytest.raises(Rejected, match="not_now"):
        played.command("help", what="fifty")
    played.clock()
    assert (played.phase, climb(played)["talk"]) == ("open", "")
    played.command("help", what=next(one for one in ("phone", "panel") if one != what))
    played.command("hang_up")
    assert climb(played)["talk"] == ""
    assert [one["key"] for one in climb(played)["lifelines"] if one["used"]].count(what) == 1


def test_only_whose_turn_it_is_or_the_host_may_ask_for_help_and_walk_away() -> None:
    played = stage()
    for name in ("help", "walk_away"):
        with pytest.raises(Rejected, match="not_yours"):
            played.command(name, "audience", as_seat=BINH, what="fifty")
    with pytest.raises(Rejected, match="bad_request"):
        played.command("help", what="a_friend")


def test_a_void_question_gives_back_the_rung_and_the_lifeline() -> None:
    played = stage()
    answers(played, times=3)
    played.until("open")
    played.command("help", what="phone")
    answers(played, rightly=False)
    assert (climb(played)["rung"], climb(played)["ended"]) == (2, True)
    played.command("void", no=main(played))
    assert (climb(played)["rung"], climb(played)["ended"], played.score(AN)) == (3, False, 3)
    assert not any(one["used"] for one in climb(played)["lifelines"])
    answers(played)
    assert (climb(played)["rung"], played.score(AN)) == (4, 5)
    assert played.replayed() == played.state


def test_the_room_plays_along_with_a_ranking_of_its_own() -> None:
    played = stage()
    along = next(ask.no for ask in show.asks(played.state) if ask.kind == "along")
    played.answer(BINH, 0, no=along)
    answers(played)
    assert show.me(played.state, BINH)["along"] == {"score": 1, "rank": 1, "of": 3}
    assert climb(played)["along"] == [{"seat": BINH, "score": 1, "rank": 1}]
    assert played.score(BINH) == 0


def finger_then_ladder(*rounds: dict[str, Any], room: dict[str, Any] | None = None) -> Stage:
    specs = [{"format": "finger", "settings": rounds[0] if rounds else {}}, {"format": "ladder"}] * 2
    asked = [[single(n) for n in range(part * 3, part * 3 + 3)] for part in range(4)]
    return Stage(*specs, questions=asked, standings="never", breaks=False, **({"room": room} if room else {}))


def test_the_fastest_right_finger_climbs_next_and_has_had_its_turn() -> None:
    played = finger_then_ladder()
    played.until("open")
    for seat, index, after in ((AN, 1, 0.5), (CHI, 0, 2), (BINH, 0, 3)):
        played.answer(seat, index, after)
    played.until("revealed")
    assert [one["seat"] for one in climb(played)["fastest"]] == [CHI, BINH]
    played.until("open")
    assert (played.state.index, played.state.round.cast.order) == (1, (CHI,))
    while played.state.index < 2:
        played.advance()
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, main(played), seat)] == [AN, BINH, DUNG]
    assert played.replayed() == played.state


def test_where_nobody_is_right_the_candidates_are_asked_again_and_then_the_best_so_far_climbs() -> None:
    played = finger_then_ladder()
    for _ in range(3):
        played.until("open")
        assert played.state.index == 0
        played.until("revealed")
        played.advance()
    played.until("open")
    assert (played.state.index, played.state.round.cast.order) == (1, (AN,))


def test_only_so_many_candidates_compete_as_the_script_says() -> None:
    played = finger_then_ladder({"candidates": 2})
    played.until("open")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, main(played), seat)] == [AN, BINH]


def test_the_host_gives_more_time_to_a_call() -> None:
    played = stage()
    played.command("help", what="phone")
    until = climb(played)["talk_until"]
    played.command("extend")
    assert climb(played)["talk_until"] == until + 10 * SECOND
