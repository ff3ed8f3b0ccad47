"""Both answer in secret, in each format where contestants buzz: for players at home a line may not decide."""

from collections.abc import Callable

import pytest

from quizzes import show
from quizzes.engine import STAGE, Viewer
from quizzes.formats import FORMATS
from quizzes.mechanics.floor import BUZZ, UNSEEN
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage, single, speed


def common_turn(**settings: object) -> Stage:
    spec = {"format": "warm_up", "settings": {"each": 0, "common": 2, "along": False, **settings}}
    played = Stage(spec, questions=[[single(1), single(2)]], standings="never")
    played.until("open")
    return played


def steal(practical: bool = False) -> Stage:
    """An, whose turn it is, fails a question of 20 points; the others may buzz."""
    spec = {"format": "finish", "settings": {"each": 1, "along": False}}
    asked = [{**single(number), "practical": practical} for number in range(1, 5)]
    played = Stage(spec, questions=[asked], standings="never")
    played.until("open")
    played.answer(AN, raw="20")
    played.advance()
    played.until("open")
    if practical:
        played.command("wrong")
        played.settle()
    else:
        played.answer(AN, 1)
        played.advance()
    return played


def tied() -> Stage:
    spec = {"format": "tie_break", "settings": {"along": False}}
    played = Stage(speed(points=50), spec, questions=[[single(9)], [single(1), single(2)]], standings="never")
    played.until("open")
    played.answer(BINH, 0)
    played.answer(CHI, 0)
    played.until("break")
    played.advance()
    played.until("open")
    return played


def in_secret(played: Stage, *answers: int | None) -> None:
    """Bình and Chi buzz; both answer unseen, Bình first."""
    played.buzz(BINH, CHI)
    played.clock()
    assert {"do": "secret", "args": {}} in show.view(played.state, Viewer("host"))["acts"]
    played.command("secret")
    assert [seat for seat in EVERYBODY if show.may_answer(played.state, played.ask.no, seat)] == [BINH, CHI]
    assert show.view(played.state, Viewer(STAGE))["format"]["unseen"] == [{"seat": BINH}, {"seat": CHI}]
    for seat, index in zip((BINH, CHI), answers, strict=True):
        if index is not None:
            played.answer(seat, index)
    played.advance()
    played.until("revealed")


@pytest.mark.parametrize(
    ("prepared", "answers", "expected"),
    [
        (common_turn, (0, 0), [0, 10, 10, 0]),
        (common_turn, (0, 1), [0, 10, -5, 0]),
        (common_turn, (None, 1), [0, -5, -5, 0]),
        (steal, (0, 1), [-20, 20, -10, 0]),
        (steal, (0, 0), [-20, 20, 20, 0]),
        (steal, (1, None), [0, -10, -10, 0]),
    ],
)
def test_each_earns_what_a_buzz_earns_and_the_one_who_failed_pays_once(
    prepared: Callable[[], Stage], answers: tuple[int | None, ...], expected: list[int]
) -> None:
    played = prepared()
    in_secret(played, *answers)
    assert [played.score(seat) for seat in EVERYBODY] == expected
    told = show.view(played.state, Viewer(STAGE))["format"]["unseen"]
    assert [one["right"] for one in told] == [index == 0 for index in answers]
    assert played.replayed() == played.state


def test_of_two_who_tie_only_who_is_right_alone_wins() -> None:
    played = tied()
    before = [played.score(seat) for seat in EVERYBODY]
    in_secret(played, 0, 0)
    assert [played.score(seat) for seat in EVERYBODY] == before
    assert show.view(played.state, Viewer(STAGE))["format"]["winner"] is None
    played.until("open")
    assert played.state.round.question == 1
    in_secret(played, 1, 0)
    assert show.view(played.state, Viewer(STAGE))["format"]["winner"] == CHI
    played.until("over")
    assert {one["seat"]: one["rank"] for one in show.results(played.state)}[CHI] == 1


def test_a_wrong_answer_in_secret_lights_the_lamp_and_locks_the_next_question() -> None:
    played = common_turn(lock_out=True)
    in_secret(played, 0, 1)
    assert show.view(played.state, Viewer(STAGE))["format"]["lamps"] == ["yes"]
    played.until("open")
    assert not show.may_answer(played.state, played.ask.no, CHI)
    assert show.may_answer(played.state, played.ask.no, BINH)


def test_nobody_falls_below_nothing_in_secret_either() -> None:
    played = common_turn(floor=True)
    in_secret(played, 1, 1)
    assert [played.score(seat) for seat in EVERYBODY] == [0, 0, 0, 0]


def test_who_does_it_before_everybody_does_not_do_it_on_a_phone() -> None:
    played = steal(practical=True)
    played.buzz(BINH, CHI)
    played.clock()
    with pytest.raises(Rejected, match="not_now"):
        played.command("secret")


def test_two_of_one_team_do_not_answer_against_each_other() -> None:
    spec = {"format": "warm_up", "settings": {"each": 0, "common": 2, "along": False}}
    played = Stage(spec, questions=[[single(1), single(2)]], standings="never")
    teams = {str(AN): 2, str(BINH): 1, str(CHI): 1}
    played.command("advance", room={"contestants": [AN, BINH, CHI], "teams": teams})
    played.until("open")
    played.buzz(BINH, CHI)
    played.clock()
    with pytest.raises(Rejected, match="not_now"):
        played.command("secret")


def test_every_format_with_a_bell_for_an_answer_aloud_offers_it() -> None:
    """A keyword is said aloud while a row waits: there the row decides what may be typed."""
    for key, fmt in FORMATS.items():
        assert (BUZZ in fmt.kinds) == (UNSEEN in fmt.kinds), key
        if UNSEEN in fmt.kinds:
            assert "secret" in fmt.moves["answering"], key
