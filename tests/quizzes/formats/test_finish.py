"""Về đích."""

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single


def stage(**settings: object) -> Stage:
    spec = {"format": "finish", "settings": {"each": 1, **settings}}
    return Stage(spec, questions=[[single(n) for n in range(1, 5)]], standings="never")


def pick(played: Stage, value: str) -> int:
    """Whoever has the turn picks."""
    played.until("open")
    seat = played.state.round.cast.turn
    played.answer(seat, raw=value)
    played.advance()
    assert played.phase == "ready"
    return seat


def answer(played: Stage, seat: int, index: int | None) -> None:
    played.until("open")
    if index is not None:
        played.answer(seat, index)
    played.advance()


def scores(played: Stage) -> list[float]:
    played.until("revealed")
    return [played.score(seat) for seat in EVERYBODY]


def test_the_pick_is_an_ask_of_the_turn_alone_without_a_question() -> None:
    played = stage()
    played.until("open")
    [ask] = show.view(played.state, Viewer("contestant", "turn"))["asks"]
    assert (ask["kind"], ask["part"], ask["scored"], ask["question"]["text"]) == ("pick", "side", False, "")
    assert [one["id"] for one in ask["question"]["options"]] == ["20", "30"]
    assert show.view(played.state, Viewer("contestant", "aside"))["asks"] == []
    assert "Câu hỏi" not in str(show.view(played.state, Viewer("stage")))
    with pytest.raises(Rejected, match="bad_choice"):
        show.read_choice(played.state, 1, "500")


def test_a_right_answer_earns_what_was_picked() -> None:
    played = stage()
    answer(played, pick(played, "30"), 0)
    assert played.phase == "closed"
    assert scores(played) == [30, 0, 0, 0]


def test_a_thief_takes_the_value_from_who_failed() -> None:
    played = stage()
    answer(played, pick(played, "20"), 1)
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [BINH, CHI, DUNG]
    played.buzz(CHI)
    played.clock()
    played.command("right")
    assert scores(played) == [-20, 0, 20, 0]


def test_a_thief_who_is_wrong_loses_half_and_nobody_else_may_try() -> None:
    played = stage(values=[25])
    answer(played, pick(played, "25"), None)
    played.buzz(DUNG, BINH)
    played.clock()
    played.command("wrong")
    assert played.phase == "closed"
    assert scores(played) == [0, 0, 0, -12.5]


def test_the_star_doubles_and_costs_the_value_whether_or_not_it_is_stolen() -> None:
    for index, steals, expected in ((0, False, [40, 0, 0, 0]), (1, False, [-20, 0, 0, 0]), (1, True, [-20, 20, 0, 0])):
        played = stage()
        seat = pick(played, "20")
        played.command("star", "player", as_seat=seat)
        answer(played, seat, index)
        if index:
            if steals:
                played.buzz(BINH)
            played.clock()
            if steals:
                played.command("right")
        assert scores(played) == expected


def test_the_star_is_placed_by_its_contestant_once_and_by_nobody_else() -> None:
    played = stage(each=2)
    seat = pick(played, "20+20")
    for other in (BINH, 99):
        with pytest.raises(Rejected, match="not_yours"):
            played.command("star", "contestant", as_seat=other)
    assert [one["do"] for one in show.view(played.state, Viewer("contestant", "turn"))["acts"]] == ["star"]
    assert show.view(played.state, Viewer("contestant"))["acts"] == []
    played.command("star", "player", as_seat=seat)
    with pytest.raises(Rejected, match="not_now"):
        played.command("star", "player", as_seat=seat)


def test_the_highest_score_goes_first_and_the_order_is_made_anew_after_each_turn() -> None:
    played = stage()
    turns = []
    while played.phase != "over":
        turn = played.state.round.cast.turn if played.state.round else None
        if turn and turn not in turns:
            turns.append(turn)
            answer(played, pick(played, "20"), 1)
            if turn == AN:
                played.buzz(DUNG)
                played.clock()
                played.command("right")
        played.advance()
    assert turns == [AN, DUNG, BINH, CHI]


def test_nothing_goes_back_behind_a_verdict_that_was_said() -> None:
    played = stage()
    answer(played, pick(played, "20"), 1)
    with pytest.raises(Rejected, match="key_shown"):
        played.command("undo")


def test_the_shell_may_name_contestants_and_teams_and_the_journal_keeps_them() -> None:
    spec = {"format": "finish", "settings": {"each": 1}}
    played = Stage(spec, questions=[[single(1), single(2)]])
    played.command("advance", room={"contestants": [CHI, AN, BINH], "teams": {str(CHI): 1, str(AN): 1, str(BINH): 2}})
    cast = played.state.round.cast
    assert (cast.order, cast.turn, cast.rivals(CHI)) == ((CHI, AN, BINH), CHI, (BINH,))
    assert [cast.role(seat) for seat in EVERYBODY] == ["contestant", "contestant", "contestant", "audience"]
    assert played.replayed() == played.state


HARD = [{**single(n), "difficulty": n} for n in range(1, 6)]
BY_LEVEL = {"low": [single(1), single(2)], "high": [single(3), single(4), single(5)]}


def in_slots(**settings: object) -> Stage:
    spec = {
        "format": "finish",
        "settings": {"contestants": 2, "each": 2, "along": False, **settings},
        "questions": BY_LEVEL,
    }
    return Stage(spec, questions=[[one for level in BY_LEVEL.values() for one in level]], standings="never")


def offered(played: Stage) -> list[str]:
    played.until("open")
    ask = played.state.round.newest("pick")
    return [choice for choice, _ in ask.shown]


def test_a_package_is_picked_whole_and_its_questions_are_of_its_values() -> None:
    played = in_slots()
    assert offered(played) == ["20+20", "20+30", "30+30"]
    pick(played, "20+30")
    asked = []
    while played.state.round.cast.turn == AN:
        asked.append((played.state.round.question, show.view(played.state, Viewer("stage"))["format"]["value"]))
        answer(played, AN, 0)
        played.until("revealed")
        played.advance()
    assert asked == [(0, 20), (2, 30)]
    assert played.score(AN) == 50


def test_no_question_comes_twice_and_what_is_used_up_is_not_offered() -> None:
    played = in_slots()
    pick(played, "20+20")
    for _ in range(2):
        answer(played, AN, 0)
        played.until("revealed")
        played.advance()
    assert offered(played) == ["30+30"], "both easy ones are gone"


def test_of_one_list_the_easiest_is_worth_least() -> None:
    spec = {"format": "finish", "settings": {"contestants": 1, "each": 3, "values": [10, 20, 30]}}
    played = Stage(spec, questions=[HARD], standings="never")
    assert len(offered(played)) == 10
    pick(played, "10+20+30")
    plan = [
        data["questions"]
        for name, data in ((line[0].name, line[0].data) for line in played.journal)
        if name == "planned"
    ]
    assert plan == [[0, 2, 4]]


def test_a_script_may_name_its_packages() -> None:
    packages = [{"values": [10, 10, 20]}, {"values": [10, 20, 30]}, {"values": [20, 30, 30]}]
    spec = {"format": "finish", "preset": "fixed_packages", "material": {"packages": packages}}
    played = Stage(spec, questions=[[single(n) for n in range(12)]], standings="never")
    assert offered(played) == ["10+10+20", "10+20+30", "20+30+30"]


def test_the_time_is_that_of_the_value() -> None:
    for value, expected in (("20", 15), ("30", 20)):
        played = stage()
        pick(played, value)
        played.until("open")
        assert played.ask.closes_at - played.ask.opens_at == expected * 1_000_000


@pytest.mark.parametrize(
    ("right", "star", "expected"),
    [
        (True, False, [20, 0, 0, 0]),
        (True, True, [40, 0, 0, 0]),
        (False, True, [-20, 20, 0, 0]),
        (False, False, [-20, 20, 0, 0]),
    ],
)
def test_a_practical_question_is_judged_aloud_and_may_be_stolen(right: bool, star: bool, expected: list[float]) -> None:
    practical = [{**single(n), "practical": True} for n in range(4)]
    played = Stage({"format": "finish", "settings": {"each": 1}}, questions=[practical], standings="never")
    pick(played, "20")
    if star:
        played.command("star", "contestant", as_seat=AN)
    played.until("open")
    assert played.ask.kind == "oral"
    assert show.view(played.state, Viewer("stage"))["format"]["practical"]
    played.command("right" if right else "wrong")
    played.settle()
    if not right:
        played.buzz(BINH)
        played.clock()
        assert played.state.round.kept  # the thief has time to do it
        due = show.view(played.state, Viewer("stage"))["format"]["answer_by"] - played.at
        assert due == 20 * 1_000_000
        played.command("right")
    assert scores(played) == expected


def test_a_thief_may_also_be_paid_by_nobody() -> None:
    played = stage(steal="add")
    answer(played, pick(played, "20"), 1)
    played.buzz(CHI)
    played.clock()
    played.command("right")
    assert scores(played) == [0, 0, 20, 0]


def test_questions_are_counted_as_they_are_asked_whatever_their_place_in_the_bank() -> None:
    played, seen = stage(contestants=2), []
    while played.phase != "over":
        screen = show.view(played.state, Viewer("host"))
        if played.phase in ("open", "revealed"):
            done = [one["done"] for one in screen["script"][0]["questions"]].count(True)
            seen.append((screen["round"]["question"], screen["round"]["questions"], done))
        if played.phase == "open" and show.asks(played.state)[-1].kind == "pick":
            pick(played, "30")
        else:
            played.advance()
    assert [number for number, _, _ in seen] == sorted(number for number, _, _ in seen)
    assert {(1, 2, 0), (2, 2, 1)} <= set(seen)
    assert {most for _, most, _ in seen} == {2}
