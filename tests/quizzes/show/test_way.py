"""The way through a script: lobby, questions, standings, breaks, the podium."""

import pytest

from quizzes import show
from quizzes.engine import Event, Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, Stage, buzzer, poll, single, speed, vote


def phases(played: Stage) -> list[str]:
    """Every phase that `advance` alone goes through."""
    seen = [played.phase]
    while played.phase != "over":
        played.advance()
        seen.append(played.phase)
    return seen


QUESTION = ["ready", "open", "closed", "revealed"]


def test_standings_after_every_question_and_a_break_between_rounds() -> None:
    played = Stage(speed(), speed(), questions=[[single(1), single(2)], [single(3)]])
    each = [*QUESTION, "standings"]
    assert phases(played) == ["lobby", *each, *each, "break", *each, "over"]


def test_standings_after_every_round() -> None:
    played = Stage(speed(), speed(), questions=[[single(1), single(2)], [single(3)]], standings="round", breaks=False)
    expected = ["lobby", *QUESTION, *QUESTION, "standings", *QUESTION, "standings", "over"]
    assert phases(played) == expected


def test_no_standings_before_the_end() -> None:
    played = Stage(speed(), questions=[[single(1), single(2)]], standings="never")
    assert phases(played) == ["lobby", *QUESTION, *QUESTION, "over"]
    assert show.view(played.state, Viewer("stage"))["podium"] is not None


def test_a_round_without_questions_is_passed_over() -> None:
    played = Stage(speed(), poll(), speed(), questions=[[], [], [single(1)]], standings="never")
    assert phases(played) == ["lobby", *QUESTION, "over"]
    assert Stage(speed(), questions=[[]]).phase == "lobby"
    empty = Stage(speed(), questions=[[]])
    assert phases(empty) == ["lobby", "over"]
    assert empty.replayed() == empty.state


def test_over_is_the_end() -> None:
    played = Stage(speed(), questions=[[single(1)]])
    played.until("over")
    with pytest.raises(Rejected, match="not_now"):
        played.command("advance")


def test_openings_are_numbered_over_the_whole_show() -> None:
    played = Stage(speed(), poll(), buzzer(), questions=[[single(1), single(2)], [vote(3)], [single(4)]])
    numbers = []
    while played.phase != "over":
        played.advance()
        if played.phase == "open":
            numbers.append(played.state.no)
    assert numbers == [1, 2, 3, 4]


def test_scores_carry_from_round_to_round() -> None:
    played = Stage(speed(seconds=0), buzzer(points=7), questions=[[single(1)], [single(2)]])
    played.until("open")
    played.answer(AN)
    played.until("break")
    played.until("open")
    assert played.state.round.setup.carried.scores == {AN: 200}
    played.buzz(AN)
    played.clock()
    played.command("right")
    played.until("over")
    assert played.score(AN) == 107


def test_equal_points_are_parted_by_number_right_then_time_and_equal_ones_share_the_rank() -> None:
    played = Stage(
        speed(points=1, seconds=20), questions=[[single(n) for n in range(1, 5)]], room={"upto": 5, "without": []}
    )
    answers = [{AN: 2, BINH: 1, CHI: 1}, {AN: 2, DUNG: 9}, {}, {}]
    for given in answers:
        played.until("open")
        for seat, after_s in given.items():
            played.answer(seat, 0, after_s)
        played.until("standings")
    played.command("adjust", seat=BINH, points=1)
    ranks = {one["seat"]: one["rank"] for one in show.results(played.state)}
    assert ranks == {AN: 1, BINH: 2, CHI: 3, DUNG: 4, 5: 5}
    assert show.me(played.state, 5) == {
        "role": "player",
        "group": "",
        "score": 0,
        "rank": 5,
        "of": 5,
        "last": {"no": 4, "points": 0, "right": False},
    }


def test_equal_in_everything_share_the_rank() -> None:
    played = Stage(speed(), questions=[[single(1)]])
    played.until("open")
    for seat in (AN, BINH):
        played.answer(seat, 0, 1)
    played.until("over")
    assert [one["rank"] for one in show.results(played.state)] == [1, 1, 3, 3]
    assert [one["rank"] for one in show.view(played.state, Viewer("stage"))["podium"]] == [1, 1, 3, 3]


def test_who_comes_late_has_no_rank_and_waits_for_the_next_question() -> None:
    played = Stage(speed(), questions=[[single(1), single(2)]])
    played.until("open")
    assert show.group(played.state, 5) == "late"
    assert not show.may_answer(played.state, 1, 5)
    assert show.view(played.state, Viewer("player", "late"))["asks"] == []
    played.until("revealed")
    late = show.me(played.state, 5)
    assert (late["rank"], late["of"], late["last"]) == (None, 4, None)
    played.room = {"upto": 5, "without": []}
    played.until("ready")
    played.until("revealed")
    late = show.me(played.state, 5)
    assert (late["of"], late["last"]["points"]) == (5, 0)
    assert late["rank"] is None, "nobody has a point yet, so nobody is the first"


def test_standings_say_who_climbed_since_they_were_shown_last() -> None:
    played = Stage(speed(seconds=0), questions=[[single(1), single(2), single(3)]])
    moves = []
    for right in ([AN], [BINH], [BINH]):
        played.until("open")
        for seat in right:
            played.answer(seat)
        played.until("standings")
        moves.append({one["seat"]: one["move"] for one in show.view(played.state, Viewer("stage"))["standings"]})
        played.advance()
    assert [(one[AN], one[BINH]) for one in moves] == [(0, 0), (0, 1), (-1, 0)]


def test_a_show_of_other_rules_is_not_begun() -> None:
    created = show.create({"rounds": []}, [], "hạt", {"vi": "Thử"}, rule_version=99)
    with pytest.raises(ValueError, match="rule version"):
        show.start(created)
    with pytest.raises(ValueError, match="begins with"):
        show.start(Event("paused", {"rule_version": show.RULE_VERSION}))


def test_created_is_a_copy_that_nobody_can_change_later() -> None:
    question = single(1)
    created = show.create({"rounds": [speed()]}, [[question]], "hạt", {"vi": "Thử"})
    question["answer"] = 3
    assert created.data["questions"][0][0]["answer"] == 0
    assert created.data["script"]["rounds"][0]["settings"]["seconds"] == 20
    assert created.data["script"]["settings"] == {"standings": "every", "auto_close": True, "breaks": True}
