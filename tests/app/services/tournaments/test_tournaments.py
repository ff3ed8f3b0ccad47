"""A tournament from its draw to its winner: shows and typed points, who goes on posted by itself, corrected once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models.engines import Database, now_us
from app.services.commit import reading
from app.services.shows import listing, results, scripts, seats
from app.services.shows.seats import Wanted
from app.services.tournaments import going, playing, retention, tournaments
from app.services.tournaments.tournaments import Whole
from quizzes.refusals import Rejected
from quizzes.script import check_script
from quizzes.tournament.going_on import Result, digest
from quizzes.tournament.stages import PLANS, Stage
from tests.app.services.shows.playing import Play
from tests.app.services.shows.test_seats import SCRIPT, somebody
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, DUNG

TEAMS = [f"Đội {letter}" for letter in "ABCDEFGHIJKLMNOPQR"]
TWO = (Stage("Bán kết", 2, 2), Stage("Chung kết", 1, 2, 0))


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


def made(org: Organisation, stages: tuple[Stage, ...] = TWO, names: list[str] = TEAMS[:4]) -> str:
    return tournaments.make(org.members[BINH], org.branch, "Giải thử", "speed", stages, names)


def played(org: Organisation, public_id: str, stage: int) -> Whole:
    """Every match of the stage by hand: who comes first in the list has most, in later matches less."""
    for at, match in enumerate(tournaments.whole(public_id).matches[stage]):
        halves = {line.id: 200 - 20 * place - at for place, line in enumerate(match.lines)}
        playing.type_results(org.members[BINH], public_id, match.id, halves)
    return tournaments.whole(public_id)


def went_on(found: Whole, stage: int) -> list[tuple[str, str]]:
    return [(line.name, line.way) for match in found.matches[stage] for line in match.lines if line.way]


def test_six_preliminaries_two_semi_finals_and_a_final_of_two_winners_and_the_best_runner_up(org: Organisation) -> None:
    number = made(org, PLANS["province"].stages, TEAMS)
    before = tournaments.whole(number)
    assert (before.seed, len(before.digest), before.matches) == ("", 64, ())
    for _ in range(2):
        tournaments.draw(org.members[BINH], number)
    first = tournaments.whole(number)
    assert [len(match.lines) for match in first.matches[0]] == [3] * 6
    assert digest(first.seed) == before.digest, "anybody can draw again what was promised"
    semis = played(org, number, 0)
    assert len(went_on(semis, 0)) == 6 and [len(match.lines) for match in semis.matches[1]] == [3, 3]
    final = played(org, number, 1)
    assert [way for _, way in went_on(final, 1)] == ["winner", "best", "winner"], "the runner-up of the better match"
    over = played(org, number, 2)
    assert (over.over, over.winner) == (True, over.matches[2][0].lines[0].name)
    match = over.matches[2][0]
    assert refused(lambda: playing.type_results(org.members[BINH], number, match.id, {})) == "tournament_played"


def test_a_show_gives_its_results_to_its_match_by_name(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "available", lambda: {"speed": {**SCRIPT, "settings": {"standings": "never"}}})
    binh, number = org.members[BINH], made(org, (Stage("Chung kết", 1, 3, 0),), ["An", "Bình", "Vắng Mặt"])
    tournaments.draw(binh, number)
    [[match]] = tournaments.whole(number).matches
    show = playing.make_show(binh, number, match.id, org.branch)
    assert playing.make_show(binh, number, match.id, org.branch) == show, "twice is once"
    held = listing.by_public_id(show)
    assert held.title["vi"] == "Giải thử · Chung kết 1"
    seats.take_group([Wanted(held.show_id, somebody(name)) for name in ("bình", "Khách", "An")])
    play = Play.going_on(held.show_id).until("over")
    for seat, points in ((3, 40), (1, 10)):
        play.host("adjust", seat=seat, points=points)
    assert playing.take_due() == 0, "nothing is posted yet"
    results.post(held.show_id)
    assert playing.take_due() == 1
    found = tournaments.whole(number)
    lines = [(line.name, line.result) for line in found.matches[0][0].lines]
    assert lines == [("An", Result(1, 80)), ("Bình", Result(2, 20)), ("Vắng Mặt", Result(3, 0))]
    assert (found.winner, playing.take_due()) == ("An", 0)


def test_a_script_in_teams_takes_the_names_of_the_match() -> None:
    script = playing.script_for(playing.Wanted(1, "province", "Giải · Trận 1", ("Sen", "Trúc")))
    assert (script["teams"]["count"], script["teams"]["names"]) == (2, ["Sen", "Trúc"])
    assert script["title"] == {"vi": "Giải · Trận 1"} and check_script(script) == []


def test_a_correction_with_its_reason_changes_the_next_draw_until_that_match_is_played(org: Organisation) -> None:
    binh, number = org.members[BINH], made(org)
    tournaments.draw(binh, number)
    after = played(org, number, 0)
    on, out = (
        [line for match in after.matches[0] for line in match.lines if bool(line.way) is way] for way in (True, False)
    )
    change = lambda reason: going.correct(binh, number, 0, out[0].id, on[0].id, reason)  # noqa: E731
    assert refused(lambda: change("vì")) == "tournament_reason"
    assert refused(lambda: going.correct(binh, number, 0, on[1].id, on[0].id, "Đội bỏ cuộc")) == "tournament_entrant"
    assert (
        refused(lambda: going.correct(org.members[DUNG], number, 0, out[0].id, on[0].id, "Đội bỏ cuộc")) == "forbidden"
    )
    change("Đội nhất dùng người ngoài danh sách")
    found = tournaments.whole(number)
    assert {line.name for line in found.matches[1][0].lines} == {out[0].name, on[1].name}
    [row] = found.corrected
    assert (row.name, row.instead_of, row.reason) == (out[0].name, on[0].name, "Đội nhất dùng người ngoài danh sách")
    played(org, number, 1)
    assert refused(lambda: going.correct(binh, number, 0, out[1].id, on[1].id, "Đội bỏ cuộc")) == "tournament_played"


def test_entrants_change_until_the_draw_and_fit_the_plan(org: Organisation) -> None:
    binh, number = org.members[BINH], made(org)
    for names in (TEAMS[:3], TEAMS[:5], ["An", "an", "Chi", "Dũng"]):
        assert refused(lambda names=names: tournaments.enter(binh, number, names)) == "tournament_entrants"  # type: ignore[misc]
    long = ["Đội " + "x" * 77, "Bình", "Chi", "Dũng"]
    assert refused(lambda: tournaments.enter(binh, number, long)) == "tournament_name", "nothing is cut silently"
    tournaments.enter(binh, number, ["An", "  Bình ", "", "Chi", "Dũng"])
    assert tournaments.whole(number).entrants == ("An", "Bình", "Chi", "Dũng")
    assert refused(lambda: tournaments.draw(org.members[AN], number)) == "forbidden"
    tournaments.draw(binh, number)
    assert refused(lambda: tournaments.enter(binh, number, TEAMS[:4])) == "tournament_drawn"
    tournaments.remove(binh, number)
    assert refused(lambda: tournaments.whole(number)) == "not_found"


def test_names_are_forgotten_two_years_after_the_end_and_places_stay(org: Organisation) -> None:
    number = made(org, (Stage("Chung kết", 1, 4, 0),))
    tournaments.draw(org.members[BINH], number)
    over = played(org, number, 0)
    assert retention.erase_due(reading(now_us)()) == {"tournament_names": 0}
    assert retention.erase_due(reading(now_us)() + retention.KEPT + 1_000_000) == {"tournament_names": 4}
    found = tournaments.whole(number)
    assert all(name.startswith("#") for name in found.entrants)
    assert [line.result for line in found.matches[0][0].lines] == [line.result for line in over.matches[0][0].lines]
