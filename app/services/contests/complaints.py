"""Complaints about a contest (khiếu nại) and appeals against decisions: said, answered, kept with their history."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Complaint, ComplaintMessage, Contest, ContestDecision
from app.models.engines import now_us
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.contests.contests import frozen
from app.services.contests.publishing.publications import kept_headings_in, wave_state
from app.services.contests.results.decisions import LEAST_APPEAL_DAYS, asked_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.setup.rules import Rules
from quizzes.hours import DAY
from quizzes.refusals import N_, Rejected

ABOUT = {
    "result": N_("Kết quả, điểm hoặc thứ hạng của tôi"),
    "question": N_("Câu hỏi hoặc đáp án"),
    "decision": N_("Một quyết định của ban tổ chức"),
    "technical": N_("Sự cố kỹ thuật khi thi"),
    "other": N_("Việc khác"),
}
STATES = {
    "open": N_("Đang chờ trả lời"),
    "accepted": N_("Chấp nhận"),
    "refused": N_("Không chấp nhận"),
    "withdrawn": N_("Đã rút"),
}
ANSWERS = ("open", "accepted", "refused")
SHORTEST, LONGEST = 10, 2000
"""Length of a complaint in characters."""
MOST_OPEN = 5
"""Open complaints of one person in one contest."""


@dataclass(frozen=True)
class Draft:
    """The content of a complaint. `question` is its id in the snapshot, `decision` a decision's number."""

    about: str
    text: str
    question: str = ""
    decision: int | None = None


@writing
def complain(db: Session, member_id: int, contest_id: int, draft: Draft) -> int:
    """File a complaint; its number. Rejected: complaint_words, complaint_late, no_such_entrant, too_many_complaints."""
    rules, text, now = frozen(contest_id).rules, _words(draft.text), now_us(db)
    entrant = (Attempt.member_id == member_id, Attempt.contest_id == contest_id)
    if db.scalar(select(Attempt.id).where(*entrant).limit(1)) is None:
        raise Rejected("no_such_entrant")
    over = or_(Attempt.submitted_at.is_not(None), Attempt.closes_at <= now)  # nobody reads ahead by complaining
    if draft.about not in ABOUT or (draft.question and draft.question not in asked_in(db, contest_id, member_id, over)):
        raise Rejected("bad_request", field="about")
    if not _in_time(db, contest_id, rules, member_id, draft, now):
        raise Rejected("complaint_late", field="about")
    mine = (Complaint.contest_id == contest_id, Complaint.member_id == member_id, Complaint.state == "open")
    if (db.scalar(select(func.count()).select_from(Complaint).where(*mine)) or 0) >= MOST_OPEN:
        raise Rejected("too_many_complaints")
    new = Complaint(
        contest_id=contest_id,
        member_id=member_id,
        about=draft.about,
        question=draft.question,
        decision_no=draft.decision if draft.about == "decision" else None,
        state="open",
        at=now,
    )
    db.add(new)
    db.flush()
    _add(db, new.id, member_id, False, text, "open")
    return new.id


def _words(text: str) -> str:
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Rejected("complaint_words", field="text")
    return text


def _in_time(db: Session, contest_id: int, rules: Rules, member: int, draft: Draft, now: int) -> bool:
    """True while complaints are taken: about results from their publication to the end of the window; about decisions
    for as many days, three at least; about everything else from the first opening until the last window has closed."""
    if draft.about == "decision":
        one = (ContestDecision.contest_id == contest_id, ContestDecision.no == draft.decision)
        row = db.execute(select(ContestDecision.at, ContestDecision.member_id).where(*one)).first()
        days = max(rules.complaints.window_days, LEAST_APPEAL_DAYS)
        return row is not None and row.member_id in (0, member) and now <= row.at + days * DAY
    waves = windows(db, contest_id, rules, now)
    if draft.about == "result":
        return any(until is not None and now <= until for until in waves)
    return now >= rules.waves[0].opens_at and any(until is None or now <= until for until in waves)


def windows(db: Session, contest_id: int, rules: Rules, now: int) -> list[int | None]:
    """The end of the complaint window of each wave; None for a wave whose results are not published yet."""
    found = kept_headings_in(db, contest_id)
    return [wave_state(rules, wave, now, found).complaints_until for wave in range(len(rules.waves))]


@reading
def open_subjects(db: Session, contest_id: int, member_id: int) -> list[str]:
    """The subjects that this member may complain about now."""
    rules, now = frozen(contest_id).rules, time.time_ns() // 1000
    mine = (ContestDecision.contest_id == contest_id, ContestDecision.member_id.in_((0, member_id)))
    decided = list(db.scalars(select(ContestDecision.no).where(*mine).order_by(ContestDecision.no.desc()).limit(1)))
    drafts = [Draft(about, "", decision=decided[0] if decided else None) for about in ABOUT]
    return [one.about for one in drafts if _in_time(db, contest_id, rules, member_id, one, now)]


@writing
def add_words(db: Session, member_id: int, complaint_id: int, text: str, *, withdraw: bool = False) -> None:
    """The member says more, or takes the complaint back. Rejected: complaint_closed, complaint_words."""
    one = db.get(Complaint, complaint_id)
    if one is None or one.member_id != member_id:
        raise Rejected("not_found")
    if one.state != "open":
        raise Rejected("complaint_closed")
    said = text.strip()[:LONGEST] if withdraw else _words(text)
    one.state = "withdrawn" if withdraw else "open"
    _add(db, one.id, member_id, False, said, one.state)


@writing
def answer(db: Session, actor_id: int, complaint_id: int, text: str, state: str) -> None:
    """An organiser answers; `state` open asks back, accepted and refused close, and can be opened again."""
    answer_in(db, actor_id, complaint_id, text, state)


def answer_in(db: Session, actor_id: int, complaint_id: int, text: str, state: str) -> None:
    one = db.get(Complaint, complaint_id)
    if one is None:
        raise Rejected("not_found")
    chapter_id = db.get_one(Contest, one.contest_id).chapter_id
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    if one.member_id == actor_id:
        raise Rejected("forbidden")
    if state not in ANSWERS:
        raise Rejected("bad_request", field="state")
    if one.state == "withdrawn":
        raise Rejected("complaint_closed")
    said = _words(text)
    one.state = state
    _add(db, one.id, actor_id, True, said, state)
    audit_in(db, actor_id, "contest.complaint", member_id=one.member_id, chapter_id=chapter_id, complaint=one.id)


def _add(db: Session, complaint_id: int, author_id: int, staff: bool, text: str, state: str) -> None:
    db.add(
        ComplaintMessage(
            complaint_id=complaint_id, author_id=author_id, staff=staff, text=text, state=state, at=now_us(db)
        )
    )


def copy(db: Session, member_id: int) -> list[dict[str, Any]]:
    """The part of a member's own data: what they complained about and what was answered."""
    query = select(Complaint, ComplaintMessage).join(ComplaintMessage, ComplaintMessage.complaint_id == Complaint.id)
    rows = db.execute(query.where(Complaint.member_id == member_id).order_by(ComplaintMessage.id))
    return [
        {"contest": one.contest_id, "about": one.about, "by_staff": said.staff, "text": said.text, "at": said.at}
        for one, said in rows
    ]


def erase(db: Session, member_id: int) -> None:
    """Erase the words; that there was a complaint, and how it ended, stays."""
    mine = select(Complaint.id).where(Complaint.member_id == member_id)
    db.execute(update(ComplaintMessage).where(ComplaintMessage.complaint_id.in_(mine)).values(text=""))
