"""Teams at work: deeds are theirs and earn them points, they enter contests and stand on the stage as one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Teaching
from app.models.points import Entry as LedgerEntry
from app.services.commit import reading
from app.services.contests.results import grading
from app.services.deeds import checking, looking, noting, posting
from app.services.deeds.noting import day_at
from app.services.movement import reviewing
from app.services.movement.clock import now
from app.services.people.membership import add_member, set_left
from app.services.people.person import Person
from app.services.people.roles import grant_role
from app.services.points import checkpoints
from app.services.points.reading import total
from app.services.points.verifying import verify
from app.services.shows import scripts, seats, shows, team_names
from app.services.teams import contesting, leading, teams, work
from app.services.teams import reading as team_reading
from quizzes.deeds.entries import Entry
from quizzes.engine import HOST, Actor, Command
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from tests import movement as way
from tests.app.services.shows.test_seats import somebody
from tests.contests import hold
from tests.finished import sit
from tests.organisation import Organisation, open_account, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.quizzes.people import script, single, speed


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@pytest.fixture
def team(org: Organisation) -> str:
    """An leads, Bình stands in it, a resident too."""
    made = teams.make(org.members[BINH], org.branch, "Tổ công nghệ số khu phố 1")
    teams.put(org.members[BINH], made, org.members[AN], "", "leader", "", False)
    teams.put(org.members[BINH], made, org.members[BINH], "", "member", "", False)
    teams.put(org.members[BINH], made, None, "Bà Tư", "member", "residents_leader", False)
    return made


def refused(work: object) -> str:
    with pytest.raises(Rejected) as refusal:
        work()  # type: ignore[operator]
    return refusal.value.code


def note(org: Organisation, who: str, team: str, *numbers: int) -> list[str]:
    day = day_at(now())
    entries = [Entry(f"phone-{number:08d}", "payment", "done", day, team=team) for number in numbers]
    return [one.code for one in noting.note(org.members[who], entries)]


@reading
def owners(db: Session) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in db.execute(select(LedgerEntry.owner_kind, LedgerEntry.half_points))]


def drawn(org: Organisation) -> looking.ListLine:
    checking.freeze(org.members[CHI], org.branch)
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    return looking.lists(org.path(org.province))[0]


def test_a_teams_deed_is_noted_by_who_leads_it_and_earns_the_team_once(org: Organisation, team: str) -> None:
    way.begin(org)
    assert note(org, BINH, team, 1) == ["team_lead"], "who only stands in it does not speak for it"
    assert note(org, AN, "no-such-team", 1) == ["team_lead"]
    assert note(org, AN, team, 1, 2, 3) == ["ok"] * 3 == note(org, AN, team, 1, 2, 3)
    assert note(org, AN, "", 4) == ["ok"]
    assert (
        leading.led(org.members[AN]) == [(team, "Tổ công nghệ số khu phố 1")] and leading.led(org.members[BINH]) == []
    )
    one = drawn(org)
    checking.decide(org.members[CHI], one.id, [each.id for each in looking.items(one.id)], "met")
    season = day_at(now()).year
    held = team_reading.team(team)
    done = work.work(held.id, season)
    assert (done.good, done.waiting) == (3, 0)
    assert work.points([held.id], season) == {held.id: done.half_points} and done.half_points == 3 * 2 * 10
    assert total(org.members[AN], season) == 10, "a deed of the team is not the member's"
    assert sorted(owners()) == [("member", 20)] + [("team", 20)] * 3
    assert posting.judge_again() == 0 and not verify()


def test_the_power_to_speak_for_a_team_ends_with_the_part_the_membership_and_the_team(
    org: Organisation, team: str
) -> None:
    teams.put(org.members[BINH], team, org.members[AN], "", "member", "", False)
    assert note(org, AN, team, 1) == ["team_lead"]
    teams.put(org.members[BINH], team, org.members[AN], "", "deputy", "", False)
    assert note(org, AN, team, 1) == ["ok"]
    teams.end(org.members[BINH], team)
    assert note(org, AN, team, 2) == ["team_lead"]
    assert note(org, AN, team, 1) == ["ok"], "what is stored is answered so"


def test_nobody_verifies_what_their_own_team_did(org: Organisation, team: str) -> None:
    number = add_member(org.members[CHI], org.ward, Person("Nguyễn Thị Em", 2001, "DV-9"))
    open_account(number, "ban.em")
    grant_role(org.members[CHI], number, "organiser", org.ward)
    note(org, AN, team, 1, 2)
    one = drawn(org)
    items = [each.id for each in looking.items(one.id)]
    teams.put(org.members[CHI], team, number, "", "member", "", False)
    assert refused(lambda: checking.decide(number, one.id, items, "met")) == "own_team"
    held = team_reading.team(team).id
    (row,) = (each.id for each in team_reading.people(held) if each.code == "DV-9")
    teams.take_out(org.members[BINH], team, row)
    assert checking.decide(number, one.id, items, "met") == 2


def test_who_shares_a_team_with_a_member_does_not_review_whom_they_taught(org: Organisation, team: str) -> None:
    chi, campaign = org.members[CHI], way.begin(org)
    first, _ = way.taught(org, campaign)
    reviewing._mark(teachings()[0], ["fast"])
    teams.put(chi, team, chi, "", "member", "", False)
    assert refused(lambda: reviewing.decide(chi, first, True)) == "own_team"
    held = team_reading.team(team).id
    (row,) = (each.id for each in team_reading.people(held) if each.code == "DV-3")
    teams.take_out(org.members[BINH], team, row)
    reviewing.decide(chi, first, True)
    assert reviewing.queue(campaign) == []


@reading
def teachings(db: Session) -> list[int]:
    return list(db.scalars(select(Teaching.id)))


@pytest.fixture
def many(org: Organisation, team: str) -> dict[str, int]:
    """Four more people of the team."""
    found = {}
    for number in range(4):
        found[f"P{number}"] = add_member(org.members[BINH], org.branch, Person(f"Lê Văn {number}", 2003, f"P-{number}"))
        teams.put(org.members[BINH], team, found[f"P{number}"], "", "member", "", False)
    return found


def test_a_team_enters_a_contest_and_its_best_people_are_added_up(
    org: Organisation, team: str, many: dict[str, int]
) -> None:
    held = hold(org, ranking={"teams": 2})
    an, binh = org.members[AN], org.members[BINH]
    assert refused(lambda: contesting.enter(binh, held.id, team)) == "team_lead"
    assert refused(lambda: contesting.enter(an, hold(org).id, team)) == "no_teams"
    sit(held, many["P0"], right=6)
    assert contesting.enter(an, held.id, team) == (5, 1), "who has begun already is not added"
    other = teams.make(binh, org.branch, "Tổ khác")
    teams.put(org.members[CHI], other, org.members[DUNG], "", "leader", "", False)
    teams.put(binh, other, many["P1"], "", "member", "", False)
    assert refused(lambda: contesting.enter(org.members[DUNG], held.id, other)) == "team_alone", "one team for each"
    teams.put(org.members[CHI], other, org.members[CHI], "", "member", "", False)
    assert contesting.enter(org.members[DUNG], held.id, other) == (2, 1)
    assert contesting.enter(an, held.id, team) == (5, 1) and len(contesting.entered(held.id)) == 2
    for who, right in ((an, 6), (binh, 2), (many["P1"], 4), (org.members[DUNG], 5)):
        sit(held, who, right=right)
    assert refused(lambda: contesting.leave(an, held.id, team)) == "not_now"
    grading.grade_due(now() + 2 * DAY)
    board = contesting.board(held.id, [0])
    assert [(one.name, one.people, one.finished, one.rank) for one in board] == [
        ("Tổ công nghệ số khu phố 1", 5, 3, 1),
        ("Tổ khác", 2, 1, 2),
    ]
    assert [one.score for one in board] == [20, 10], "6 and 4 right of the best two"
    teams.end(binh, team)
    assert contesting.board(held.id, [0]) == board, "a result stands when its team is no more"


def test_a_team_leaves_before_anybody_has_begun_and_who_left_is_not_entered(
    org: Organisation, team: str, many: dict[str, int]
) -> None:
    held = hold(org, ranking={"teams": 3})
    set_left(org.members[BINH], many["P3"], True)
    assert contesting.enter(org.members[AN], held.id, team) == (5, 0)
    contesting.leave(org.members[AN], held.id, team)
    assert contesting.entered(held.id) == [] and contesting.board(held.id, [0]) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_teams_of_the_field_are_teams_of_a_show(org: Organisation, team: str) -> None:
    rounds = [speed(seconds=0) | {"questions": [single(1)]}]
    made = scripts.create("thử", script={**script(*rounds), "teams": {"form": "field"}}, seed="hạt")
    people = {name: org.members[name] for name in (AN, BINH, DUNG)}
    for name, number in people.items():
        seats.take(made.show_id, somebody(name, member_id=number))
    squad = teams.make(org.members[BINH], org.branch, "Đội hình 1", parent=team)
    teams.put(org.members[BINH], squad, people[AN], "", "member", "", False)
    host = Actor(HOST, made.host.number)
    shows.perform(made.show_id, Command("advance", host, now(), {}))
    state, of = shows.catch_up(made.show_id).state, team_reading.team(team).id
    assert state.teams == {1: of, 2: of}, "Dũng stands in no team and plays alone"
    assert team_names.of_teams(state, str) == {of: "Tổ công nghệ số khu phố 1"}
