"""Standings: figures gathered on both engines, frozen and computed again, changed rules seen before they are saved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.models.engines import Database
from app.models.standings import StandingSnapshot
from app.services import points
from app.services.commit import TURN, writing
from app.services.contests.results import grading
from app.services.deeds import noting
from app.services.deeds.noting import day_at
from app.services.movement import confirming
from app.services.movement.clock import now
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.tree import close_chapter
from app.services.points import season_of
from app.services.standings import freezing, gathering, inside, opened, scopes, snapshots, standings
from app.services.standings.standings import Draft, Held
from app.services.targets import filling, making
from quizzes.deeds.entries import Entry
from quizzes.hours import DAY
from quizzes.ledger import Due
from quizzes.refusals import Rejected
from quizzes.standing.figures import Candidate, Figures, as_data
from quizzes.standing.rules import HAND as CLUSTERS
from quizzes.standing.rules import OWN, SIZE, TOTAL, Cluster, Rules
from quizzes.targets.shapes import HAND, MEMBERS, PERCENT
from tests import movement
from tests.contests import hold
from tests.counting import counted
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: Database) -> Organisation:
    movement.bind()
    found = plant()
    for number in range(3):
        add_member(None, found.village, Person(f"Lê Văn {number}", 2000, f"X-{number}"))
    points.post("contest", 1, {found.members[AN]: Due(40, None), found.members[DUNG]: Due(60, None)})
    points.post("show", 1, {found.members[BINH]: Due(20, None)})
    return found


def season() -> int:
    return season_of(snapshots.now_of())


def of(org: Organisation, rules: Rules, kind: str = "xa_phuong") -> Held:
    made = standings.make(org.members[CHI], org.province, Draft("Thi đua thử", kind, season()), rules)
    snapshots.refresh_due()
    return standings.standing(made)


def ranks(held: Held, no: int = 0) -> dict[int, int]:
    found = opened.snapshot(held.id, no)
    assert found
    return {row.number: row.rank for row in found.rows}


def test_figures_are_those_of_the_ledger_and_of_verified_teachings(org: Organisation) -> None:
    with movement.at_noon():
        campaign = movement.begin(org)
        for kind in ("friend", "relative"):
            movement.taught(org, campaign, kind, name=f"Lê Thị {kind}")
        public_id, official = movement.witnessed(org, campaign)
        movement.later(8 * movement.DAY)
        confirming.use(public_id, official, "portal.filed", witnessed=True)
        movement.verify_all(org, campaign)
    held = of(org, Rules(formula=TOTAL, least=1))
    found = opened.snapshot(held.id)
    assert found
    ward, village = found.candidates[org.ward], found.candidates[org.village]
    assert (ward.figures.people, ward.figures.contests, ward.figures.shows) == (2, 40, 20)
    assert (ward.figures.both, village.figures.both) == (1, 0)
    assert (ward.figures.deeds, ward.figures.deeds_visits) == (1, 1)
    assert (ward.figures.used, ward.figures.used_visits, ward.figures.asked_visits) == (1, 1, 1)
    assert (village.figures.people, village.figures.points, village.fading) == (4, 60, 60_000)
    by_campaign = gathering.gather(scopes.Scope(held.path, held.kind, 0, campaign), snapshots.now_of())[1]
    assert {one.number: one.figures.both for one in by_campaign} == {org.ward: 1, org.village: 0}


def test_figures_of_a_merged_chapter_count_for_its_successor(org: Organisation) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    before = opened.snapshot(held.id)
    assert before
    close_chapter(org.members[CHI], org.ward, date.today(), org.village, "Sáp nhập")
    snapshots.refresh(held.id)
    after = opened.snapshot(held.id)
    assert after
    both = before.candidates[org.ward].figures + before.candidates[org.village].figures
    assert after.candidates[org.village].figures == both
    assert after.candidates.get(org.ward, Candidate(0, Figures())).figures == Figures(), "once, and nothing is lost"
    assert (both.people, both.points) == (6, 120)


def test_who_took_part_in_contests_is_counted_once_where_they_belong_now(org: Organisation) -> None:
    for _ in range(2):
        held = hold(org, waves=[{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}], complaints={"window_days": 0})
        for name in (AN, BINH):
            sit(held, org.members[name], right=4)
    grading.grade_due(now())
    found = opened.snapshot(of(org, Rules(formula=TOTAL, least=1)).id)
    assert found
    assert {one: found.candidates[one].figures.entrants for one in (org.ward, org.village)} == {
        org.ward: 2,
        org.village: 0,
    }


def test_a_frozen_standing_stays_computes_to_the_same_and_a_forged_one_does_not(org: Organisation) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    no = freezing.freeze(org.members[CHI], held.public_id)
    before, text, found = ranks(held, no), opened.text_of(held.id, no), opened.snapshot(held.id, no)
    assert found
    points.post("contest", 2, {org.members[DUNG]: Due(500, None)})
    standings.change(org.members[CHI], held.public_id, 1, Rules(formula=TOTAL, least=3))
    snapshots.refresh_due()
    assert (ranks(held, no), opened.text_of(held.id, no)) == (before, text)
    assert ranks(held) == {org.village: 1, org.ward: 0}

    def checked(body: str, checkpoint: str = found.checkpoint) -> freezing.Check:
        row = vars(found) | {"body": body, "before": "{}", "checkpoint": checkpoint}
        return freezing.check(held.public_id, opened.opened(SimpleNamespace(**row)), body)

    assert checked(text) == freezing.Check(same=True, sealed=True)
    forged = json.loads(text)
    forged["places"][0], forged["places"][1] = forged["places"][1], forged["places"][0]
    assert checked(json.dumps(forged)) == freezing.Check(same=False, sealed=False)
    forged = json.loads(text)
    forged["title"] = "Thi đua khác"
    assert checked(json.dumps(forged)) == freezing.Check(same=True, sealed=False)
    assert not checked(text, found.checkpoint.replace("entries 3", "entries 4")).sealed
    assert not freezing.check(held.public_id, found, text + " ").sealed, "changed after it was opened"
    other = replace(found, text_digest=opened.digest_of(text + " "))
    assert not freezing.check(held.public_id, other, text).sealed, "put right again, but what is shown is the other"


def test_a_snapshot_of_a_province_is_opened_in_turns() -> None:
    chapters = [[number, "Chi đoàn", f"C{number}", ""] for number in range(5000)]
    figures = [as_data(Candidate(number, Figures(people=9, points=number))) for number in range(5000)]
    places = [[number, "", 5000 - number, number, []] for number in range(5000)]
    body = json.dumps({"rules": {}, "chapters": chapters, "figures": figures, "places": places})
    stored = {"no": 1, "at": 1, "before": "{}", "before_at": 0, "digest": "", "signature": "", "checkpoint": ""}
    with counted() as work:
        found = opened.opened(SimpleNamespace(**stored, body=body))
    assert (len(found.rows), len(found.candidates), len(found.names)) == (5000, 5000, 5000)
    assert work.breaths >= 3 * 5000 // TURN, "others go on after each thousand"


def test_new_rules_show_their_ranks_before_they_are_saved_and_an_old_page_saves_nothing(org: Organisation) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    wanted = Rules(formula=TOTAL, least=3)
    assert {row.number: row.rank for row in snapshots.preview(held, wanted)} == {org.village: 1, org.ward: 0}
    assert ranks(held)[org.ward] == 1
    standings.change(org.members[CHI], held.public_id, 1, wanted)
    with pytest.raises(Rejected, match="old_revision"):
        standings.change(org.members[CHI], held.public_id, 1, Rules())
    with pytest.raises(Rejected, match="forbidden"):
        standings.change(org.members[BINH], held.public_id, 2, Rules())
    with pytest.raises(Rejected, match="forbidden"):
        freezing.freeze(org.members[BINH], held.public_id)


def test_comparable_chapters_stand_together(org: Organisation) -> None:
    cluster = (Cluster({"vi": "Cụm 1"}, ("P",)), Cluster({"vi": "Cụm 2"}, ("X",)))
    held = of(org, Rules(formula=TOTAL, least=1, grouping=CLUSTERS, clusters=cluster))
    found = opened.snapshot(held.id)
    assert found
    assert (found.groups, set(ranks(held).values())) == (["Cụm 1", "Cụm 2"], {1})
    by_size = snapshots.preview(held, Rules(formula=TOTAL, least=1, grouping=SIZE, bounds=(3,)))
    assert [row.group for row in by_size] == ["00001–2", "00003+"]


@pytest.mark.parametrize(("clusters", "code"), [
    ({"Cụm 1": ("P", "KP1")}, "standing_unknown"),  # KP1 is no ward, so it is not compared
    ({"Cụm 1": ("P", "Y")}, "standing_unknown"),
    ({"Cụm 1": ("P", "X"), "Cụm 2": ("X",)}, "standing_twice"),
])  # fmt: skip
def test_a_group_with_a_chapter_that_is_not_compared_or_stands_twice_is_refused(
    org: Organisation, clusters: dict[str, tuple[str, ...]], code: str
) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    rules = Rules(grouping=CLUSTERS, clusters=tuple(Cluster({"vi": name}, of) for name, of in clusters.items()))
    with pytest.raises(Rejected, match=code):
        standings.check_groups(held.public_id, rules)
    with pytest.raises(Rejected, match=code):
        standings.change(org.members[CHI], held.public_id, 1, rules)
    assert standings.standing(held.public_id).rules == Rules(formula=TOTAL, least=1)


def test_a_formula_that_weighs_nothing_ranks_nobody() -> None:
    weights = dict.fromkeys(("contests", "shows", "both", "using", "deeds", "targets"), 0)
    with pytest.raises(Rejected, match="standing_weightless"):
        standings.rules_from({"formula": "own", **weights})
    assert standings.rules_from({"formula": "own", **weights | {"deeds": 1}}).deeds == 1
    assert standings.rules_from({"formula": "total", **weights}).formula == TOTAL


def test_what_was_taken_off_the_lists_is_frozen_and_changed_no_more(org: Organisation) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    chi = org.members[CHI]
    before = freezing.freeze(chi, held.public_id)
    standings.remove(chi, held.public_id)
    for attempt in (
        lambda: freezing.freeze(chi, held.public_id),
        lambda: standings.change(chi, held.public_id, 1, Rules()),
        lambda: snapshots.compute_now(chi, held.public_id),
    ):
        with pytest.raises(Rejected, match="standing_removed"):
            attempt()
    assert ranks(held, before)[org.village] == 1


def test_members_inside_a_chapter_by_public_name(org: Organisation) -> None:
    lines, people = inside.members(org.path(org.ward), season(), org.members[AN])
    assert [(line.rank, line.name, line.points) for line in lines] == [(1, "N.T.A.", 20), (2, "N.T.B.", 10)]
    assert people == 2


def test_verified_deeds_and_targets_reached_weigh_in_an_own_formula(org: Organisation) -> None:
    with movement.at_noon():
        draft = making.Draft("Chỉ tiêu thử", PERCENT, 5000, date(2023, 1, 1), date(2040, 12, 31), (HAND,), base=MEMBERS)
        target = making.make(org.members[CHI], org.province, draft)
        for chapter in (org.ward, org.village):  # one of two people there, one of four here; half of them is the goal
            figure = filling.Figure(f"figure-{chapter}", chapter, date(2023, 6, 30), 1, "Biên bản số 3")
            filling.add(org.members[CHI], target, figure)
        entries = [Entry(f"phone-{number:08d}", "payment", "done", day_at(now())) for number in range(4)]
        noting.note(org.members[AN], entries)
    weights = {"contests": 0, "shows": 0, "both": 0, "using": 0, "deeds": 50, "targets": 50}
    held = of(org, Rules(formula=OWN, least=1, **weights))
    assert parts(held) == {org.ward: (0, 10_000), org.village: (0, 5_000)}, "nobody has verified a deed"
    _verify()
    snapshots.refresh(held.id)
    assert parts(held) == {org.ward: (10_000, 10_000), org.village: (0, 5_000)}
    assert ranks(held) == {org.ward: 1, org.village: 2}


def parts(held: Held) -> dict[int, tuple[int, ...]]:
    found = opened.snapshot(held.id)
    assert found
    return {row.number: row.parts for row in found.rows}


@writing
def _verify(db: Session) -> None:
    db.execute(update(Deed).values(state="good"))


def test_movers_are_told_beside_the_ranks_of_a_week_ago(org: Organisation) -> None:
    held = of(org, Rules(formula=TOTAL, least=1))
    assert ranks(held) == {org.ward: 1, org.village: 1}

    def moved(source: int, who: str, half: int) -> tuple[dict[int, int], list[tuple[int, int]]]:
        points.post("contest", source, {org.members[who]: Due(half, None)})
        snapshots.refresh(held.id)
        found = opened.snapshot(held.id)
        assert found
        return dict(found.before), [(one.number, one.up) for one in found.moves]

    assert moved(2, BINH, 500) == ({org.ward: 1, org.village: 1}, [(org.village, -1)])
    assert moved(3, DUNG, 5000) == ({org.ward: 1, org.village: 1}, [(org.ward, -1)]), "not a week yet"
    _a_week_passes()
    assert moved(4, BINH, 50_000) == ({org.ward: 2, org.village: 1}, [(org.ward, 1), (org.village, -1)])


@writing
def _a_week_passes(db: Session) -> None:
    gone = {"at": StandingSnapshot.at - 8 * DAY, "before_at": StandingSnapshot.before_at - 8 * DAY}
    db.execute(update(StandingSnapshot).values(gone))
