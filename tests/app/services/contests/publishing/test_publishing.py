"""From tries to official results: decisions, publications, complaints, points, review. Through the services."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Contest, Signal
from app.models.engines import Database
from app.services import points
from app.services.commit import reading, writing
from app.services.contests import complaint_lists, complaints, retention
from app.services.contests.contests import frozen
from app.services.contests.publishing import making, publications, signing
from app.services.contests.publishing import points as contest_points
from app.services.contests.publishing.publications import OFFICIAL, PROVISIONAL
from app.services.contests.results import decisions, grading, integrity, looking, standings
from app.services.people import notices
from app.services.signing import holds
from quizzes.hours import DAY, HOUR, MINUTE
from quizzes.refusals import Rejected
from tests.contests import Held, hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


@pytest.fixture
def org(bound: Database) -> Organisation:
    signing.signer.bind("một bí mật của lần thử")
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    """An ended contest: An 5 right, Bình and Dũng 4, of 6; complaints are taken for three days."""
    found = hold(
        org,
        waves=ENDED,
        prizes=[{"key": "nhat", "title": {"vi": "Giải Nhất"}, "points": 100}],
        ranking={"keys": ["score"]},
    )
    for name, right in ((AN, 5), (BINH, 4), (DUNG, 4)):
        sit(found, org.members[name], right=right)
    grading.grade_due(now())
    return found


def published(org: Organisation, held: Held, state: str = PROVISIONAL) -> dict:
    no = making.publish(org.members[CHI], held.id, state)
    return publications.published(held.id, no).results


def ranks(results: dict) -> dict[int, int]:
    return {row[1]: row[0] for row in results["boards"][0]["rows"]}


def code(work) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


# --- standings


def test_equal_people_share_a_rank_and_names_are_masked_without_consent(org: Organisation, held: Held) -> None:
    page = standings.board(held.id, 0, member=org.members[DUNG])
    assert [(one.rank, one.name) for one in page.lines] == [(1, "N.T.A."), (2, "N.T.B."), (2, "N.T.D.")]
    assert page.count == 3 and page.mine and page.mine.rank == 2


def test_a_page_further_down_knows_its_ranks(org: Organisation, held: Held) -> None:
    page = standings.board(held.id, 0, top=1, skip=2)
    assert [one.rank for one in page.lines] == [2]


def test_chapters_count_at_every_level_of_the_tree(org: Organisation, held: Held) -> None:
    found = {one.unit: (one.entrants, one.score) for one in standings.chapters(held.id, 0)}
    assert found == {org.province: (3, 26), org.ward: (2, 18), org.branch: (2, 18), org.village: (1, 8)}


def test_boards_of_divisions_that_rank_together_are_merged(org: Organisation) -> None:
    divisions = [{"key": "a", "title": {"vi": "A"}}, {"key": "b", "title": {"vi": "B"}}]
    held = hold(org, waves=ENDED, divisions=divisions, ranking={"keys": ["score"]})
    for name, right, division in ((AN, 2, "a"), (BINH, 5, "b"), (CHI, 2, "b"), (DUNG, 1, "a")):
        sit(held, org.members[name], right=right, division=division)
    grading.grade_due(now())
    page = standings.board(held.id, 0)
    assert [(one.rank, one.member) for one in page.lines] == [
        (1, org.members[BINH]),
        *sorted((2, org.members[name]) for name in (AN, CHI)),
        (4, org.members[DUNG]),
    ]


# --- publishing


def test_nothing_is_published_before_a_wave_is_settled(org: Organisation) -> None:
    held = hold(org)
    assert code(lambda: making.publish(org.members[CHI], held.id, PROVISIONAL)) == "nothing_settled"


def test_nothing_is_published_while_a_try_waits_to_be_graded(org: Organisation, held: Held) -> None:
    sit(held, org.members[CHI], right=1)
    assert code(lambda: making.publish(org.members[CHI], held.id, PROVISIONAL)) == "still_grading"


def test_only_an_organiser_of_the_chapter_publishes(org: Organisation, held: Held) -> None:
    assert code(lambda: making.publish(org.members[BINH], held.id, PROVISIONAL)) == "forbidden"


def test_the_published_table_is_that_of_the_pure_rules(org: Organisation, held: Held) -> None:
    results = published(org, held)
    assert ranks(results) == {org.members[AN]: 1, org.members[BINH]: 2, org.members[DUNG]: 2}
    assert [win["member"] for win in results["wins"]] == [org.members[AN]]


def test_a_publication_is_signed_and_a_provisional_one_does_not_pass_for_official(
    org: Organisation, held: Held
) -> None:
    published(org, held)
    one = publications.headings(held.id)[0]
    seal = signing.Seal(held.public_id, one.no, one.state, one.computed_at, one.at, one.digest, one.rows)
    key = signing.signer.public()
    assert holds(key, one.signature, seal.text())
    assert not holds(key, one.signature, replace(seal, state=OFFICIAL).text())
    assert not holds(key, "00" * 64, seal.text()) and not holds(key, "xyz", seal.text())


def test_the_page_goes_from_closed_over_provisional_to_official(org: Organisation, held: Held) -> None:
    def state() -> str:
        return publications.states(held.id, now())[0].state

    assert state() == "closed"
    published(org, held)
    assert state() == "provisional"
    assert code(lambda: published(org, held, OFFICIAL)) == "window_open"
    days_later(held)
    published(org, held, OFFICIAL)
    assert state() == "official"


def test_official_needs_a_provisional_publication_before(org: Organisation, held: Held) -> None:
    assert code(lambda: published(org, held, OFFICIAL)) == "not_published"


@writing
def days_later(db: Session, held: Held) -> None:
    """As if everything published and decided so far was four days ago."""
    from app.models.contests import ContestDecision
    from app.models.publications import Publication

    for table in (Publication, ContestDecision):
        for row in db.scalars(select(table).where(table.contest_id == held.id)):
            row.at -= 4 * DAY
    publications._headings.clear()  # a publication never changes elsewhere


# --- decisions


def test_a_voided_question_counts_for_nobody_and_the_publication_corrects_itself(org: Organisation, held: Held) -> None:
    published(org, held)
    asked = papers(held.id)
    question = asked[org.members[AN]][0]
    decisions.decide(org.members[CHI], held.id, decisions.Draft("void", "Đáp án trong tài liệu đã đổi.", question))
    assert making.correct_due() == 0, "not before everything is graded again"
    grading.grade_due(now())
    assert making.correct_due() == 1 and making.correct_due() == 0
    last = publications.headings(held.id)[-1]
    results = publications.published(held.id, last.no).results
    for _, member, _, _, correct, of, *_ in results["boards"][0]["rows"]:
        right = asked[member][: 5 if member == org.members[AN] else 4]
        assert (correct, of) == (len(right) - (question in right), 6 - (question in asked[member]))


@reading
def papers(db: Session, contest_id: int) -> dict[int, list[str]]:
    rows = db.scalars(select(Attempt).where(Attempt.contest_id == contest_id))
    return {row.member_id: [name for name, _ in json.loads(row.paper)] for row in rows}


def test_repaired_results_start_the_time_for_complaints_again(org: Organisation, held: Held) -> None:
    published(org, held)
    days_later(held)
    question = papers(held.id)[org.members[AN]][0]
    decisions.decide(org.members[CHI], held.id, decisions.Draft("void", "Một lý do đủ dài.", question))
    grading.grade_due(now())
    assert making.correct_due() == 1
    assert publications.headings(held.id)[-1].repaired == (0,)
    assert publications.states(held.id, now())[0].complaints_until > now()
    assert code(lambda: published(org, held, OFFICIAL)) == "window_open"


def test_the_same_results_published_again_start_nothing(org: Organisation, held: Held) -> None:
    published(org, held)
    days_later(held)
    published(org, held)
    assert publications.headings(held.id)[-1].repaired == ()
    published(org, held, OFFICIAL)


def test_restoring_a_question_brings_the_first_results_back(org: Organisation, held: Held) -> None:
    before = published(org, held)
    question = papers(held.id)[org.members[AN]][0]
    for do in ("void", "restore"):
        decisions.decide(org.members[CHI], held.id, decisions.Draft(do, "Một lý do đủ dài.", question))
    grading.grade_due(now())
    making.correct_due()
    assert publications.published(held.id, 2).results == before


def test_a_rekeyed_question_gives_those_who_chose_the_new_key(org: Organisation, held: Held) -> None:
    contest = frozen(held.id)
    question = next(name for name in papers(held.id)[org.members[AN]] if contest.paper[name]["type"] == "single")
    keys = tuple(range(len(contest.paper[question]["options"])))
    decisions.decide(org.members[CHI], held.id, decisions.Draft("rekey", "Mọi phương án đều đúng.", question, keys))
    grading.grade_due(now())
    with_it = [row for row in published(org, held)["boards"][0]["rows"] if question in papers(held.id)[row[1]]]
    assert with_it and all(row[4] >= 5 for row in with_it)


def test_a_key_the_question_cannot_have_is_refused(org: Organisation, held: Held) -> None:
    contest = frozen(held.id)
    question = next(name for name, body in contest.paper.items() if body["type"] == "single")
    draft = decisions.Draft("rekey", "Một lý do đủ dài.", question, (99,))
    assert code(lambda: decisions.decide(org.members[CHI], held.id, draft)) == "bad_decision"


def test_a_disqualified_member_leaves_the_board_at_once_and_the_next_moves_up(org: Organisation, held: Held) -> None:
    draft = decisions.Draft("disqualify", "Thi hộ, có xác nhận của cơ sở.", member=org.members[AN], wave=0)
    decisions.decide(org.members[CHI], held.id, draft)
    assert [one.rank for one in standings.board(held.id, 0).lines] == [1, 1]
    assert org.members[AN] not in ranks(published(org, held))
    decisions.decide(org.members[CHI], held.id, replace(draft, do="reinstate"))
    assert standings.board(held.id, 0).lines[0].member == org.members[AN]


def test_a_cancelled_try_is_no_result_and_is_given_back(org: Organisation, held: Held) -> None:
    decisions.decide(org.members[CHI], held.id, decisions.Draft("cancel", "Mất điện cả phòng thi.", attempt=1))
    assert org.members[AN] not in ranks(published(org, held))
    assert (
        code(
            lambda: decisions.decide(
                org.members[CHI], held.id, decisions.Draft("cancel", "Mất điện cả phòng thi.", attempt=1)
            )
        )
        == "no_such_attempt"
    )


def test_every_decision_needs_a_reason_and_an_organiser(org: Organisation, held: Held) -> None:
    draft = decisions.Draft("disqualify", "vì thế", member=org.members[AN])
    assert code(lambda: decisions.decide(org.members[CHI], held.id, draft)) == "reason_needed"
    assert (
        code(lambda: decisions.decide(org.members[BINH], held.id, replace(draft, reason="Một lý do đủ dài.")))
        == "forbidden"
    )


def test_the_member_is_told_with_the_reason_and_others_are_not(org: Organisation, held: Held) -> None:
    draft = decisions.Draft("disqualify", "Thi hộ, có xác nhận của cơ sở.", member=org.members[AN])
    decisions.decide(org.members[CHI], held.id, draft)
    assert [one.reason for one in decisions.told(held.id, org.members[AN])] == [draft.reason]
    assert decisions.told(held.id, org.members[BINH]) == []


# --- complaints


def complaint(**changes: object) -> complaints.Draft:
    return replace(complaints.Draft("result", "Tôi nghĩ điểm của tôi chưa đúng."), **changes)


def test_a_complaint_has_its_history_and_holds_back_the_official_results(org: Organisation, held: Held) -> None:
    published(org, held)
    an, chi = org.members[AN], org.members[CHI]
    number = complaints.complain(an, held.id, complaint())
    days_later(held)
    assert code(lambda: published(org, held, OFFICIAL)) == "complaints_open"
    complaints.answer(chi, number, "Bạn nói rõ câu nào giúp ban tổ chức?", "open")
    complaints.add_words(an, number, "Câu số 3 trong đề của tôi.")
    complaints.answer(chi, number, "Đã xem lại: câu số 3 chấm đúng.", "refused")
    assert [(one.staff, one.state) for one in complaint_lists.history(number).messages] == [
        (False, "open"),
        (True, "open"),
        (False, "open"),
        (True, "refused"),
    ]
    assert published(org, held, OFFICIAL)


def test_complaints_about_results_are_taken_in_their_window_only(org: Organisation, held: Held) -> None:
    an = org.members[AN]
    assert code(lambda: complaints.complain(an, held.id, complaint())) == "complaint_late"
    published(org, held)
    assert "result" in complaints.open_subjects(held.id, an)
    days_later(held)
    assert code(lambda: complaints.complain(an, held.id, complaint())) == "complaint_late"


def test_a_decision_can_be_appealed_against_even_after_the_window(org: Organisation, held: Held) -> None:
    published(org, held)
    days_later(held)
    no = decisions.decide(
        org.members[CHI], held.id, decisions.Draft("disqualify", "Một lý do đủ dài.", member=org.members[AN])
    )
    assert complaints.complain(org.members[AN], held.id, complaint(about="decision", decision=no))
    assert (
        code(lambda: complaints.complain(org.members[BINH], held.id, complaint(about="decision", decision=no)))
        == "complaint_late"
    )


def test_nobody_else_reads_on_or_answers_for_themselves(org: Organisation, held: Held) -> None:
    published(org, held)
    number = complaints.complain(org.members[AN], held.id, complaint())
    assert code(lambda: complaints.add_words(org.members[BINH], number, "Tôi cũng thấy thế mà.")) == "not_found"
    assert (
        code(lambda: complaints.answer(org.members[BINH], number, "Tôi chấp nhận nhé bạn.", "accepted")) == "forbidden"
    )
    assert code(lambda: complaints.complain(org.members[CHI], held.id, complaint())) == "no_such_entrant"


def test_a_question_is_complained_about_only_by_who_has_answered_it(org: Organisation, held: Held) -> None:
    an = org.members[AN]
    sit(held, an, right=1, try_no=2, submitted=False, start=400 * 24 * 3600)
    first, running = papers_of(held, an)
    assert complaints.complain(an, held.id, complaint(about="question", question=min(first)))
    foreign = set(frozen(held.id).paper) - first
    for unread in (min(foreign - running), min(running - first), "khong/co"):
        with pytest.raises(Rejected) as refusal:
            complaints.complain(an, held.id, complaint(about="question", question=unread))
        assert (refusal.value.code, refusal.value.about) == ("bad_request", {"field": "about"}), unread


@reading
def papers_of(db: Session, held: Held, member: int) -> list[set[str]]:
    query = select(Attempt.paper).where(Attempt.contest_id == held.id, Attempt.member_id == member).order_by(Attempt.id)
    return [{question for question, _ in json.loads(paper)} for paper in db.scalars(query)]


def test_a_withdrawn_complaint_is_closed(org: Organisation, held: Held) -> None:
    published(org, held)
    number = complaints.complain(org.members[AN], held.id, complaint())
    complaints.add_words(org.members[AN], number, "", withdraw=True)
    assert complaint_lists.history(number).line.state == "withdrawn"
    assert code(lambda: complaints.add_words(org.members[AN], number, "Tôi lại muốn hỏi tiếp.")) == "complaint_closed"


# --- points


def test_points_are_posted_once_when_official_and_corrected_by_difference(org: Organisation, held: Held) -> None:
    published(org, held)
    assert contest_points.post_due() == 0, "provisional results give no points"
    days_later(held)
    published(org, held, OFFICIAL)
    season = points.season_of(now())
    assert contest_points.post_due() == 1 and contest_points.post_due() == 0
    assert points.balance(org.members[AN], season) == 10 + 5 + 100  # taking part, five right answers, the prize
    decisions.decide(
        org.members[CHI], held.id, decisions.Draft("disqualify", "Một lý do đủ dài.", member=org.members[AN])
    )
    assert making.correct_due() == 1
    assert contest_points.post_due() == 1
    assert points.balance(org.members[AN], season) == 0
    assert points.verify() == []


# --- integrity


def test_two_hands_are_seen_and_nothing_happens_to_anybody(org: Organisation) -> None:
    held = hold(org, waves=ENDED, integrity={"members_per_device": 2})
    for index, name in enumerate((AN, BINH)):
        sit(held, org.members[name], right=6, seconds=5, start=index * 3000, device_hash=b"d" * 32)
    grading.grade_due(now())
    assert looking.look_due(now()) == 3 and looking.look_due(now()) == 0
    assert looking.look(held.id, 0) == 0, "looked at again, nothing is doubled"
    assert [one.kind for one in integrity.queue(held.id)] == ["too_fast", "too_fast", "same_device"]
    assert len(standings.board(held.id, 0).lines) == 2


def test_a_signal_is_cleared_or_acted_on_with_a_reason(org: Organisation) -> None:
    held = hold(org, waves=ENDED)
    sit(held, org.members[AN], right=6, seconds=5)
    sit(held, org.members[BINH], right=6, seconds=5)
    grading.grade_due(now())
    looking.look_due(now())
    first, second = integrity.queue(held.id)
    assert code(lambda: integrity.clear(org.members[CHI], first.id, "ổn")) == "reason_needed"
    assert code(lambda: integrity.clear(org.members[BINH], first.id, "Một lý do đủ dài.")) == "forbidden"
    integrity.clear(org.members[CHI], first.id, "Bạn ấy tự ôn nhiều lần.")
    draft = decisions.Draft("disqualify", "Một lý do đủ dài.", member=second.people[0].member, signal=second.id)
    decisions.decide(org.members[CHI], held.id, draft)
    assert {one.outcome for one in integrity.queue(held.id, done=True)} == {"cleared", "acted"}
    assert integrity.waiting(held.id) == 0


# --- retention


@reading
def kept(db: Session) -> tuple[int, int, int]:
    devices = len(list(db.scalars(select(Attempt).where(Attempt.device_hash.is_not(None)))))
    return devices, len(list(db.scalars(select(Signal)))), len(list(db.scalars(select(AttemptAnswer))))


def test_signals_come_while_the_wave_is_open_and_a_group_grows_in_its_row(org: Organisation) -> None:
    at = now()
    found = hold(org, waves=[{"opens_at": at - HOUR, "closes_at": at + HOUR}], integrity={"members_per_device": 2})
    for name in (AN, BINH):
        sit(found, org.members[name], right=4, device_hash=b"d" * 32)
    grading.grade_due(at)
    looking.look_open(at)
    (first,) = [one for one in integrity.queue(found.id) if one.kind == "same_device"]
    assert first.about == {"people": 2}
    sit(found, org.members[DUNG], right=4, device_hash=b"d" * 32)
    grading.grade_due(at)
    assert looking.look_open(at + MINUTE) == 0, "not again so soon"
    looking.look_open(at + 6 * MINUTE)
    (again,) = [one for one in integrity.queue(found.id) if one.kind == "same_device"]
    assert (again.id, again.about) == (first.id, {"people": 3})


def test_a_cancelled_result_is_told_with_a_deadline_and_published_as_a_count(org: Organisation, held: Held) -> None:
    draft = decisions.Draft("disqualify", "Thi hộ, có xác nhận của cơ sở.", member=org.members[AN])
    assert code(lambda: decisions.decide(org.members[CHI], held.id, replace(draft, paragraph="không có"))) == (
        "paragraph_needed"
    )
    decisions.decide(org.members[CHI], held.id, replace(draft, paragraph="taking"))
    assert decisions.cancelled(held.id) == [("taking", 1)]
    (said,) = [one for one in notices.told(org.members[AN]) if one.code == "result_cancelled"]
    assert said.data["until"] and said.data["title"]
    again = decisions.Draft("reinstate", "Xem lại, không có bằng chứng.", member=org.members[AN])
    decisions.decide(org.members[CHI], held.id, again)
    assert decisions.cancelled(held.id) == []


def test_what_is_kept_for_a_time_is_erased_when_it_is_over(org: Organisation) -> None:
    held = hold(org, waves=ENDED)
    sit(held, org.members[AN], right=6, seconds=5, device_hash=b"d" * 32)
    grading.grade_due(now())
    looking.look_due(now())
    retention.erase_due(now())
    assert kept() == (1, 1, 6)
    retention.erase_due(now() + 87 * DAY)
    assert kept() == (1, 1, 6)
    retention.erase_due(now() + 91 * DAY)
    assert kept() == (0, 0, 6)
    retention.erase_due(now() + 367 * DAY)
    assert kept() == (0, 0, 0)


def test_a_late_publication_keeps_the_answers_for_its_year(org: Organisation, held: Held) -> None:
    published(org, held)
    _ended_long_ago(held)
    retention.erase_due(now() + HOUR)
    assert kept()[2] == 18


@writing
def _ended_long_ago(db: Session, held: Held) -> None:
    db.get_one(Contest, held.id).last_at = now() - 400 * DAY
