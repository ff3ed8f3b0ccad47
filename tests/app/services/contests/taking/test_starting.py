"""A try begins: who may, once, numbered, on the paper the seed draws."""

from __future__ import annotations

import pytest

from app.models.engines import Database
from app.services.banks import own_banks
from app.services.contests.taking import entrants, starting, views
from app.services.contests.taking.starting import Entry
from app.services.people.roles import grant_role, grants, revoke_role
from quizzes.contest.taking.paper import draw, written
from quizzes.refusals import Rejected
from tests.app.services.contests.taking.taker import Taker, row
from tests.contests import Held, hold, open_now, rules_of
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    return hold(org)


def refusal(taker: Taker, seconds: float = 0, practice: bool = False) -> str:
    with pytest.raises(Rejected) as caught:
        taker.begin(seconds, practice)
    return caught.value.code


def test_an_begins_and_gets_the_paper_the_seed_draws(org: Organisation, held: Held) -> None:
    from app.services.contests.contests import frozen
    from app.services.contests.taking import decks

    an = Taker(held, org.members[AN])
    found = row(an.begin(5))
    contest = frozen(held.id)
    assert found["paper"] == written(draw(decks.deck(contest, ""), contest.seed, 0, an.member, 1))
    assert (found["no"], found["wave"], found["try_no"], found["chapter_id"]) == (1, 0, 1, org.branch)
    assert found["closes_at"] - found["started_at"] == 600_000_000


def test_a_second_start_is_refused_while_the_first_runs_and_when_the_tries_are_used(
    org: Organisation, held: Held
) -> None:
    an = Taker(held, org.members[AN])
    an.begin()
    assert refusal(an, 10) == "unfinished"
    an.submit(20)
    assert refusal(an, 30) == "no_tries"


def test_several_people_of_one_group_are_each_told_their_own(org: Organisation, held: Held) -> None:
    at = held.rules.waves[0].opens_at
    entries = [Entry(held.id, org.members[name], False, at, agreed=True) for name in (AN, CHI, DUNG, AN)]
    an, chi, dung, again = starting.start_group(entries)
    assert isinstance(chi, Rejected)  # administers everything, so may see the keys
    assert (chi.code, chi.about) == ("barred", {"part": "organisers"})
    assert isinstance(again, Rejected) and again.code == "unfinished"
    assert isinstance(an, str) and isinstance(dung, str)
    assert [row(an)["no"], row(dung)["no"]] == [1, 2]


def test_nobody_begins_without_having_read_the_rules(org: Organisation, held: Held) -> None:
    with pytest.raises(Rejected) as caught:
        starting.start(Entry(held.id, org.members[AN], False, held.rules.waves[0].opens_at))
    assert caught.value.code == "rules_unread"


@pytest.mark.parametrize("role", ["author", "reviewer", "organiser"])
def test_who_sees_the_keys_of_a_chapters_own_bank_is_barred_from_its_contest(org: Organisation, role: str) -> None:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng chi đoàn")
    grant_role(None, org.members[AN], role, org.ward)
    grant_role(None, org.members[DUNG], role, org.village)
    held = hold(org, banks=[bank])
    assert refusal(Taker(held, org.members[AN])) == "barred"
    Taker(held, org.members[DUNG]).begin()
    Taker(hold(org), org.members[DUNG]).begin()


def test_an_author_takes_part_where_only_public_banks_are_asked(org: Organisation) -> None:
    grant_role(None, org.members[AN], "author", org.branch)
    hold(org)  # loads the shipped banks
    [public] = [one.id for one in own_banks.banks_of(org.members[CHI]) if one.key == "digital-day"]
    Taker(hold(org, banks=[public]), org.members[AN]).begin()


def test_an_organiser_of_a_chapter_below_takes_part(org: Organisation, held: Held) -> None:
    assert Taker(held, org.members[BINH]).begin()


def test_practice_has_its_own_tries_and_no_number(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    first = row(an.begin(practice=True))
    assert (first["no"], first["wave"], first["try_no"]) == (None, -1, 1)
    assert {name.partition("/")[0] for name, _ in first["paper"]} == {"basics"}
    an.submit(1)
    an.begin(2, practice=True)
    an.submit(3)
    assert refusal(an, 4, practice=True) == "no_tries"
    assert row(an.begin(5))["no"] == 1


def test_extra_time_makes_the_try_longer(org: Organisation, held: Held) -> None:
    entrants.grant_extra(org.members[CHI], held.id, org.members[AN], 50, "đọc chậm")
    found = row(Taker(held, org.members[AN]).begin())
    assert found["closes_at"] - found["started_at"] == 900_000_000
    assert found["extra_percent"] == 50
    assert [line[2] for line in entrants.with_extra(held.id)] == [50]


def test_extra_time_counts_while_its_granter_may_still_give_it(org: Organisation, held: Held) -> None:
    given_by = org.members[BINH]
    grant_role(None, given_by, "organiser", org.province)
    for refused in (org.members[AN], org.members[DUNG]):
        with pytest.raises(Rejected, match="forbidden"):
            entrants.grant_extra(refused, held.id, org.members[AN], 50)
    for name in (AN, DUNG):
        entrants.grant_extra(given_by, held.id, org.members[name], 50)
    begun = row(Taker(held, org.members[AN]).begin())
    for one in grants("/", member_id=given_by):
        revoke_role(org.members[CHI], one.id)
    assert row(Taker(held, org.members[DUNG]).begin())["extra_percent"] == 0
    assert begun["extra_percent"] == 50, "what has begun goes on as it was promised"
    assert {line.stands for line in entrants.with_extra(held.id)} == {False}
    entrants.grant_extra(org.members[CHI], held.id, org.members[AN], 25)
    assert {line.percent: line.stands for line in entrants.with_extra(held.id)} == {25: True, 50: False}


def test_the_declared_group_chooses_the_division_and_stays(org: Organisation) -> None:
    held = hold(org, preset="officials-citizens", waves=open_now())
    an = Taker(held, org.members[AN])
    entrants.enter(held.id, an.member, ["official"])
    assert row(an.begin())["division"] == "officials"
    entrants.enter(held.id, an.member, [])
    assert entrants.known(held.id, an.member).person.groups == {"official"}
    dung = Taker(held, org.members[DUNG])
    entrants.enter(held.id, dung.member, [])
    assert row(dung.begin())["division"] == "citizens"
    with pytest.raises(Rejected):
        entrants.enter(held.id, dung.member, ["boss"])


def test_a_try_of_somebody_else_is_not_found(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    an.begin()
    with pytest.raises(Rejected) as caught:
        views.sheet(an.attempt, org.members[DUNG], an.at(1))
    assert caught.value.code == "not_found"


def test_the_page_knows_beforehand_what_the_start_would_say(org: Organisation, held: Held) -> None:
    at = held.rules.waves[0].opens_at
    assert starting.refusal(held.id, org.members[AN], at) is None
    early = starting.refusal(held.id, org.members[AN], at - 1)
    assert early is not None and early.code == "not_open"
    assert starting.refusal(held.id, org.members[AN], at - 1, practice=True) is None


def test_a_contest_that_was_called_off_takes_nobody(org: Organisation, held: Held) -> None:
    from sqlalchemy import update
    from sqlalchemy.orm import Session

    from app.models.contests import Contest
    from app.services.commit import writing

    @writing
    def call_off(db: Session) -> None:
        db.execute(update(Contest).values(cancelled_at=1))

    call_off()
    assert refusal(Taker(held, org.members[AN])) == "over"


def test_my_tries_are_listed_newest_first_with_how_they_ended(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    an.begin(practice=True)
    an.submit(30)
    an.begin(40)
    during = views.my_tries(held.id, an.member, an.at(50))
    assert [(one.practice, one.ended_at is None) for one in during] == [(False, True), (True, False)]
    assert views.running(held.id, an.member, an.at(50)) == an.attempt
    after = views.my_tries(held.id, an.member, an.at(700))[0]
    assert (after.ended_at, after.overdue, after.counts) == (an.at(640), True, True)
    assert views.running(held.id, an.member, an.at(700)) is None


def test_presets_can_all_be_begun(org: Organisation) -> None:
    for preset in ("classic-doan", "pupils-law", "one-try-ministry", "twenty-seconds"):
        rules = rules_of(preset)
        held = hold(org, preset=preset, who={}, divisions=[])
        entrants.enter(held.id, org.members[AN])
        begun = row(Taker(held, org.members[AN]).begin())
        assert len(begun["paper"]) == sum(cell.count for cell in rules.blueprint.cells), preset
