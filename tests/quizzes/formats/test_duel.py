"""One against one."""

from typing import Any

from quizzes import show
from quizzes.engine import Viewer
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single


def stage(**settings: Any) -> Stage:
    spec = {"format": "duel", "settings": {"contestants": 4, "each": 1, **settings}}
    played = Stage(spec, questions=[[single(n) for n in range(1, 12)]], standings="never")
    played.until("open")
    return played


def seen(played: Stage) -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer("stage"))["format"]
    return found


def pair(played: Stage) -> list[int]:
    return [one["seat"] for one in seen(played)["pair"]]


def question(played: Stage, right: int | None, after: dict[int, float] | None = None) -> None:
    """The pair answers: `right` alone is right, or both with their times."""
    played.until("open")
    no = next(ask.no for ask in show.asks(played.state) if ask.kind == "question")
    for seat in pair(played):
        played.answer(seat, 0 if after or seat == right else 1, (after or {}).get(seat, 1), no=no)
    played.until("revealed")


def test_pairs_are_drawn_by_the_seed_and_only_the_pair_is_asked() -> None:
    played = stage(along=False)
    drawn = [seat for one in seen(played)["bracket"][0] for seat in one["pair"]]
    assert sorted(drawn) == [AN, BINH, CHI, DUNG]
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == sorted(pair(played))
    assert pair(stage(along=False)) == pair(played)


def test_whoever_wins_goes_on_until_one_is_left_and_ranks_by_how_far_it_came() -> None:
    played = stage()
    winners = []
    for _ in range(3):
        played.until("open")
        winners.append(pair(played)[0])
        question(played, winners[-1])
    assert sorted(winners[:2]) == sorted(seat for one in seen(played)["bracket"][1] for seat in one["pair"])
    assert seen(played)["champion"] == winners[2]
    played.advance()
    assert played.phase == "over"
    ranks = {one["seat"]: one["rank"] for one in show.results(played.state)}
    assert (ranks[winners[2]], sorted(ranks.values())[1]) == (1, 2)
    assert played.replayed() == played.state


def test_a_pair_ends_as_soon_as_the_other_cannot_catch_up() -> None:
    played = stage(each=3)
    first = pair(played)
    question(played, first[0])
    question(played, first[0])
    assert seen(played)["bracket"][0][0]["winner"] == first[0]


def test_both_right_is_decided_by_time() -> None:
    played = stage()
    one, other = pair(played)
    question(played, None, {one: 3, other: 2})
    assert seen(played)["bracket"][0][0]["winner"] == other


def test_who_meets_nobody_goes_on() -> None:
    played = stage(contestants=3)
    assert [len(one["pair"]) for one in seen(played)["bracket"][0]] == [2, 1]
    question(played, pair(played)[0])
    played.until("open")
    assert len(seen(played)["bracket"]) == 2


def test_a_void_question_is_asked_once_more() -> None:
    played = stage()
    first = pair(played)
    question(played, first[0])
    played.command("void", no=next(ask.no for ask in show.asks(played.state) if ask.kind == "question"))
    played.until("open")
    assert pair(played) == first


def asked_along(played: Stage) -> list[int]:
    along = next((ask for ask in show.asks(played.state) if ask.kind == "along"), None)
    return [] if along is None else [seat for seat in EVERYBODY if seat in along.roll]


def test_whoever_is_out_answers_along_and_whoever_waits_only_looks_on() -> None:
    played = stage()
    first = pair(played)
    assert asked_along(played) == []
    winner = first[0]
    question(played, winner)
    played.until("open")
    assert asked_along(played) == [seat for seat in first if seat != winner]
    played.answer(first[1], 0, no=next(ask.no for ask in show.asks(played.state) if ask.kind == "along"))
    for seat in pair(played):
        played.answer(seat, 1, no=next(ask.no for ask in show.asks(played.state) if ask.kind == "question"))
    played.advance()
    assert played.phase == "closed"
    assert show.group(played.state, winner) == "aside", "its phone has no question that it was not asked"
    played.until("revealed")
    assert show.me(played.state, first[1])["along"]["score"] == 10
    assert played.score(first[1]) == 0


def test_who_loses_by_a_void_question_is_back() -> None:
    played = stage()
    one, other = pair(played)
    question(played, one)
    played.command("void", no=next(ask.no for ask in show.asks(played.state) if ask.kind == "question"))
    assert played.state.round.cast.role(other) == "contestant"
    assert played.replayed() == played.state
