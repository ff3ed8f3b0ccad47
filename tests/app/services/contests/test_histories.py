"""Whatever is decided, graded and published in whatever order: the published table is what the exported file gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, ContestDecision
from app.models.engines import Database
from app.models.publications import Publication, PublishedRow
from app.services import points
from app.services.commit import writing
from app.services.contests.contests import frozen
from app.services.contests.publishing import export, making, publications, signing
from app.services.contests.publishing import points as contest_points
from app.services.contests.results import decisions, grading
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from tests.contests import Held, hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG, EVERYBODY

REASON = "Một lý do đủ dài."
WAVES = [
    {"opens_at": now() - 9 * DAY, "closes_at": now() - 8 * DAY},
    {"opens_at": now() - 2 * DAY, "closes_at": now() - DAY},
]


@pytest.fixture
def org(bound: Database) -> Organisation:
    signing.signer.bind("một bí mật của lần thử")
    return plant()


tries = st.lists(
    st.tuples(st.sampled_from(EVERYBODY), st.integers(0, 1), st.integers(0, 1), st.integers(0, 6), st.integers(10, 12)),
    min_size=1,
    max_size=7,
    unique_by=lambda one: one[:3],
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(["void", "give", "restore", "rekey"]), st.integers(0, 30)),
        st.tuples(
            st.just("person"),
            st.sampled_from(["disqualify", "reinstate"]),
            st.sampled_from(EVERYBODY),
            st.sampled_from([None, 0, 1]),
        ),
        st.tuples(st.just("cancel"), st.integers(1, 7)),
        st.tuples(st.just("grade")),
        st.tuples(st.just("publish")),
    ),
    max_size=8,
)
rankings = st.sampled_from(
    [
        {"keys": ["score"], "ties": "share"},
        {"keys": ["score"], "ties": "lots"},
        {"keys": ["score", "time_used", "submitted"], "overall": "sum"},
        {"keys": ["correct", "younger"], "overall": "best"},
    ]
)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(tries, steps, rankings, st.sampled_from(["best", "first", "last"]))
def test_every_history_leads_to_a_table_anybody_can_recompute(org: Organisation, found, story, ranking, counts) -> None:
    held = hold(
        org,
        waves=WAVES,
        ranking=ranking,
        attempts={"most": 2, "counts": counts},
        complaints={"window_days": 0},
        prizes=[{"key": "p", "title": {"vi": "Giải"}, "count": 2}],
    )
    for name, wave, try_no, right, seconds in found:
        sit(held, org.members[name], right=right, wave=wave, try_no=try_no + 1, start=try_no * 900, seconds=seconds)
    for step in story:
        live(org, held, step)
    grading.grade_due(now())
    making.correct_due()
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        no = making.publish(org.members[CHI], held.id, state)
    _, differences = export.check_export(export.export_lines(held.id, no))
    assert differences == []
    posted(org, held, no)
    away(held)


def live(org: Organisation, held: Held, step: tuple) -> None:
    """One thing an organiser or the clock does; what is refused is refused."""
    chi, asked = org.members[CHI], sorted(frozen(held.id).paper)
    try:
        if step[0] == "decide":
            question = asked[step[2] % len(asked)]
            key = (frozen(held.id).paper[question]["answer"],)
            decisions.decide(
                chi, held.id, decisions.Draft(step[1], REASON, question, key if step[1] == "rekey" else ())
            )
        elif step[0] == "person":
            decisions.decide(chi, held.id, decisions.Draft(step[1], REASON, member=org.members[step[2]], wave=step[3]))
        elif step[0] == "cancel":
            decisions.decide(chi, held.id, decisions.Draft("cancel", REASON, attempt=step[1]))
        elif step[0] == "grade":
            grading.grade_due(now())
            making.correct_due()
        else:
            making.publish(chi, held.id, publications.PROVISIONAL)
    except Rejected as refusal:
        assert refusal.code in ("still_grading", "no_such_entrant", "no_such_attempt")


def posted(org: Organisation, held: Held, no: int) -> None:
    """The ledger says what the table says, after one posting and after two."""
    contest_points.post(held.id)
    assert not contest_points.post(held.id)
    wanted = publications.published(held.id, no).results["points"]
    sums = points.sums(contest_points.KIND, held.id)
    assert {str(member): half for member, half in sums.items() if half} == {
        m: half for m, half in wanted.items() if half
    }


@writing
def away(db: Session, held: Held) -> None:
    """Out of the way of the next example."""
    for table in (AttemptAnswer, Attempt, ContestDecision, PublishedRow, Publication):
        db.execute(delete(table))
    publications._tables.clear()  # numbers of publications are never used twice outside of tests


@pytest.mark.parametrize("order", [(AN, BINH, DUNG), (DUNG, BINH, AN)])
def test_the_order_of_grading_changes_nothing(org: Organisation, order: tuple[str, ...]) -> None:
    held = hold(org, waves=WAVES[:1], ranking={"keys": ["score"]})
    right = {AN: 5, BINH: 4, DUNG: 4}
    for name in (AN, BINH, DUNG):
        sit(held, org.members[name], right=right[name])
    for name in order:
        grade_only(held, org.members[name])
    making.publish(org.members[CHI], held.id, publications.PROVISIONAL)
    rows = publications.published(held.id, 1).results["boards"][0]["rows"]
    assert [(row[0], row[1]) for row in rows] == [(1, org.members[AN]), (2, org.members[BINH]), (2, org.members[DUNG])]


def grade_only(held: Held, member: int) -> None:
    part = grading._due(held.id, now(), 0)
    mine = [one for one in part.attempts if one[1].member == member]
    lines = [
        grading._Graded(number, part.was[number], one.no, *grading._graded(frozen(held.id), one, part.rulings, now()))
        for number, one in mine
    ]
    grading._write(held.id, part.decided, lines, [member])
