"""Finished tries get their lines; the counted one is the one the pure rules choose."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Contest
from app.models.engines import Database
from app.services.commit import reading, writing
from app.services.contests.contests import frozen
from app.services.contests.results import grading, stored_attempts
from app.services.contests.taking import saving
from app.services.contests.taking.saving import Line
from quizzes.contest.results.boards import boards
from quizzes.contest.taking.paper import Asked, restored
from quizzes.engine import SECOND
from tests.contests import Held, hold, now
from tests.finished import LATER, choice_of, sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@reading
def rows(db: Session, contest_id: int) -> dict[int, tuple[int | None, bool, int]]:
    """no -> (score, counted, graded)"""
    query = select(Attempt).where(Attempt.contest_id == contest_id)
    return {row.no or 0: (row.score, row.counted, row.graded) for row in db.scalars(query)}


def test_a_submitted_try_is_graded_in_half_points(org: Organisation) -> None:
    contest = hold(org)
    no = sit(contest, org.members[AN], right=4)
    assert grading.grade_due(now()) == 1
    assert rows(contest.id) == {no: (8, True, 0)}


def test_grading_again_finds_nothing_to_do(org: Organisation) -> None:
    contest = hold(org)
    sit(contest, org.members[AN], right=4)
    assert [grading.grade_due(now()), grading.grade_due(now())] == [1, 0]


def test_a_try_that_is_still_being_written_is_left_alone(org: Organisation) -> None:
    contest = hold(org)
    sit(contest, org.members[AN], right=4, submitted=False, start=3590)
    assert grading.grade_due(now()) == 0
    assert rows(contest.id)[1] == (None, False, -1)


def test_a_try_that_was_left_is_graded_once_nothing_can_be_on_its_way(org: Organisation) -> None:
    contest = hold(org)
    no = sit(contest, org.members[AN], right=3, submitted=False)
    closes_at = contest.rules.waves[0].opens_at + 600 * SECOND
    assert grading.grade_due(closes_at + 5 * SECOND) == 0
    assert grading.grade_due(closes_at + 11 * SECOND) == 1
    assert rows(contest.id)[no][0] == 6


@reading
def asked_at(db: Session, contest_id: int, place: int) -> Asked:
    return restored(json.loads(db.scalars(select(Attempt.paper).where(Attempt.contest_id == contest_id)).one())).asked[
        place
    ]


def test_an_answer_stored_while_its_try_is_graded_counts_all_the_same(org: Organisation) -> None:
    contest, an = hold(org), org.members[AN]
    no = sit(contest, an, right=3, submitted=False)
    closes_at = contest.rules.waves[0].opens_at + 600 * SECOND
    late = closes_at + 11 * SECOND
    read = grading._due(contest.id, late, 5 * SECOND)
    choice = choice_of(frozen(contest.id), asked_at(contest.id, 3), right=True)
    line = Line(f"luot-{contest.id}-{no}", an, "answer", closes_at - SECOND, 3, choice, "d", 100, 1)
    assert saving.change(line).code == "ok"
    [(number, one)] = read.attempts
    found = grading._graded(frozen(contest.id), one, read.rulings, late)
    grading._write(contest.id, read.decided, [grading._Graded(number, read.was[number], one.no, *found)], [an])
    assert grading.grade_due(late) == 1, "what the grader had read is not written"
    assert rows(contest.id)[no][0] == 8


def test_what_was_not_handed_in_has_no_line_where_the_rules_say_so(org: Organisation) -> None:
    contest = hold(org, timing={"kind": "whole", "seconds": 600, "overdue": "discard"})
    no = sit(contest, org.members[AN], right=3, submitted=False)
    grading.grade_due(now() + LATER)
    assert rows(contest.id)[no] == (None, False, 0)


def test_practice_gets_no_line_and_is_looked_at_once(org: Organisation) -> None:
    contest = hold(org)
    sit(contest, org.members[AN], right=3)
    _without_number(contest.id)
    grading.grade_due(now() + LATER)
    assert rows(contest.id)[0][:2] == (None, False)
    _decided(contest.id)
    assert grading.grade_due(now() + LATER) == 0


@writing
def _without_number(db: Session, contest_id: int) -> None:
    row = db.scalars(select(Attempt)).one()
    row.no, row.wave = None, -1


def test_the_best_try_counts(org: Organisation) -> None:
    contest = hold(org, attempts={"most": 3, "counts": "best"})
    first, best, last = (
        sit(contest, org.members[AN], right=right, try_no=index, start=index * 100)
        for index, right in enumerate((2, 5, 3), 1)
    )
    grading.grade_due(now())
    assert {no: counted for no, (_, counted, _) in rows(contest.id).items()} == {first: False, best: True, last: False}


def test_after_the_freeze_the_board_keeps_the_try_it_had(org: Organisation) -> None:
    contest = hold(org, attempts={"most": 2}, showing={"freeze_minutes": 60})
    early = sit(contest, org.members[AN], right=2)
    late = sit(contest, org.members[AN], right=6, try_no=2, start=23 * 3600 + 1)
    only_late = sit(contest, org.members[BINH], right=6, start=23 * 3600 + 1)
    grading.grade_due(now() + LATER)
    assert {no: counted for no, (_, counted, _) in rows(contest.id).items()} == {
        early: True,
        late: False,
        only_late: False,
    }


def test_a_line_graded_under_an_old_decision_is_due_again(org: Organisation) -> None:
    contest = hold(org)
    sit(contest, org.members[AN], right=3)
    grading.grade_due(now())
    _decided(contest.id)
    assert grading.left(contest.id, now()) == 1
    assert grading.grade_due(now()) == 1


@writing
def _decided(db: Session, contest_id: int) -> None:
    db.get_one(Contest, contest_id).decided = 1


tries = st.lists(
    st.tuples(st.sampled_from([AN, BINH, CHI, DUNG]), st.integers(0, 6), st.integers(20, 22), st.integers(0, 2)),
    max_size=6,
    unique_by=lambda one: (one[0], one[3]),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tries, st.sampled_from(["best", "first", "last"]), st.randoms())
def test_the_counted_tries_are_those_of_the_pure_boards_in_whatever_order_they_were_graded(
    org: Organisation, found, counts, chance
) -> None:
    contest = hold(org, attempts={"most": 3, "counts": counts})
    for name, right, seconds, try_no in found:
        sit(contest, org.members[name], right=right, seconds=seconds, try_no=try_no + 1, start=try_no * 700)
    graded_in_pieces(contest, chance)
    lines = lines_of(contest.id)
    wanted = {
        place.row.line.no
        for board in boards(contest.rules, lines, stored_attempts.rulings(contest.id))
        for place in board.places
    }
    assert {no for no, (_, counted, _) in rows(contest.id).items() if counted} == wanted
    assert len(lines) == len(found)
    away(contest.id)


def graded_in_pieces(contest: Held, chance) -> None:
    """Hours pass: at each look some tries are over."""
    for seconds in sorted(chance.sample(range(3000), 2)):
        grading.grade_contest(contest.id, contest.rules.waves[0].opens_at + seconds * SECOND)
    grading.grade_contest(contest.id, now() + LATER)


@reading
def lines_of(db: Session, contest_id: int):
    return stored_attempts.lines_in(db, contest_id)


@writing
def away(db: Session, contest_id: int) -> None:
    db.execute(delete(AttemptAnswer))
    db.execute(delete(Attempt))
