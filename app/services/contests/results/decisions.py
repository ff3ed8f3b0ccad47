"""The organiser's recorded decisions. Each has a reason; results follow by themselves.

A decision about a question makes every line due again (the ticker grades it); one about a person takes
effect at once. Decisions are rows that nobody changes: taking one back is another one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest, ContestDecision, Signal
from app.models.engines import lock, now_us
from app.models.people import Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.contests.contests import frozen
from app.services.contests.results.grading import RESULTS, mark_counted_in
from app.services.people.notices import tell_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.results.decisions import ABOUT_PEOPLE, ABOUT_QUESTIONS, Decision, check
from quizzes.contest.rules_text.whole import rules_text
from quizzes.hours import DAY, local
from quizzes.refusals import N_, Rejected

TITLES = {
    "void": N_("Hủy câu hỏi: không tính cho ai"),
    "give": N_("Cho điểm câu hỏi này cho mọi người có câu trong đề"),
    "rekey": N_("Sửa đáp án"),
    "restore": N_("Tính lại câu hỏi như đã ra"),
    "disqualify": N_("Hủy kết quả của người dự thi"),
    "reinstate": N_("Khôi phục kết quả của người dự thi"),
    "cancel": N_("Hủy một lượt thi vì sự cố, người dự thi được thi lại"),
}
SHORTEST, LONGEST = 10, 1000
"""The shortest and the longest reason of a decision, letters."""
TOLD = ("disqualify", "cancel")
"""The decisions that a member is told at once, with the time to answer in."""
LEAST_APPEAL_DAYS = 3  # days to answer a decision, at least


@dataclass(frozen=True)
class Draft:
    """A decision somebody wants to make; `signal` is the sign it answers, if any."""

    do: str
    reason: str
    question: str = ""
    answers: tuple[Any, ...] = ()
    member: int = 0
    wave: int | None = None
    attempt: int = 0
    signal: int | None = None
    paragraph: str = "fairness"
    """The section of the rules page that a cancelled result rests on (its key): published with the count."""


@dataclass(frozen=True)
class Decided:
    """A recorded decision. `name` is the full name of the member it is about, for organisers and the member."""

    no: int
    do: str
    question: str
    answers: tuple[Any, ...]
    member: int
    name: str
    wave: int | None
    attempt: int
    reason: str
    at: int
    by: str

    @property
    def about_question(self) -> bool:
        return self.do in ABOUT_QUESTIONS


@writing
def decide(db: Session, actor_id: int, contest_id: int, draft: Draft) -> int:
    """Record a decision; its number. Rejected: reason_needed, bad_decision, no_such_entrant, no_such_attempt."""
    contest = db.get(Contest, contest_id)
    if contest is None or contest.opened_at is None:
        raise Rejected("no_such_contest")
    require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    draft = checked_in(db, contest_id, draft)
    lock(db, RESULTS, contest_id)
    last = db.scalar(select(func.max(ContestDecision.no)).where(ContestDecision.contest_id == contest_id))
    no = (last or 0) + 1
    db.add(
        ContestDecision(
            contest_id=contest_id,
            no=no,
            do=draft.do,
            question=draft.question,
            answers=json.dumps(draft.answers, ensure_ascii=False),
            member_id=draft.member,
            wave=draft.wave,
            attempt_no=draft.attempt,
            paragraph=draft.paragraph,
            reason=draft.reason,
            decided_by=actor_id,
            at=now_us(db),
        )
    )
    db.flush()
    _take_effect(db, contest_id, no, draft)
    _answer_signal(db, actor_id, contest_id, draft)
    if draft.do in TOLD:
        days = max(frozen(contest_id).rules.complaints.window_days, LEAST_APPEAL_DAYS)
        until = local(now_us(db) + days * DAY).strftime("%H:%M %d/%m/%Y")
        title = json.loads(contest.title).get("vi", "")
        tell_in(db, draft.member, "result_cancelled", by=actor_id, title=title, until=until, contest=contest.public_id)
    about = draft.member or None
    audit_in(db, actor_id, "contest.decided", member_id=about, chapter_id=contest.chapter_id, contest=contest_id, no=no)
    return no


def checked_in(db: Session, contest_id: int, draft: Draft) -> Draft:
    reason = draft.reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Rejected("reason_needed", field="reason")
    if draft.do in ABOUT_QUESTIONS:
        asked = replace(draft, member=0, wave=None, attempt=0, reason=reason)
        if check(Decision(0, asked.do, asked.question, asked.answers), frozen(contest_id).paper):
            raise Rejected("bad_decision", field="answers" if asked.do == "rekey" else "question")
        return asked if asked.do == "rekey" else replace(asked, answers=())
    if draft.do not in ABOUT_PEOPLE:
        raise Rejected("bad_request", field="do")
    found = _about_person(db, contest_id, draft)
    sections = {one.key for one in rules_text(frozen(contest_id).rules)}
    if draft.do == "disqualify" and draft.paragraph not in sections:
        raise Rejected("paragraph_needed", field="paragraph")
    return replace(found, reason=reason, question="", answers=())


def _about_person(db: Session, contest_id: int, draft: Draft) -> Draft:
    mine = (Attempt.contest_id == contest_id, Attempt.no.is_not(None))
    if draft.do == "cancel":
        row = db.execute(select(Attempt.member_id, Attempt.cancelled).where(*mine, Attempt.no == draft.attempt)).first()
        if row is None or row.cancelled:
            raise Rejected("no_such_attempt", field="attempt")
        return replace(draft, member=row.member_id, wave=None)
    if db.scalar(select(Attempt.id).where(*mine, Attempt.member_id == draft.member).limit(1)) is None:
        raise Rejected("no_such_entrant", field="member")
    if draft.wave is not None and not 0 <= draft.wave < len(frozen(contest_id).rules.waves):
        raise Rejected("bad_request", field="wave")
    return replace(draft, attempt=0)


def _take_effect(db: Session, contest_id: int, no: int, draft: Draft) -> None:
    if draft.do in ABOUT_QUESTIONS:
        db.execute(update(Contest).where(Contest.id == contest_id).values(decided=no))
        return
    if draft.do == "cancel":
        one = (Attempt.contest_id == contest_id, Attempt.no == draft.attempt)
        db.execute(update(Attempt).where(*one).values(cancelled=True))
    mark_counted_in(db, contest_id, [draft.member])


def _answer_signal(db: Session, actor_id: int, contest_id: int, draft: Draft) -> None:
    if draft.signal is not None:
        mine = (Signal.id == draft.signal, Signal.contest_id == contest_id)
        done = {"outcome": "acted", "reason": draft.reason, "reviewed_at": now_us(db)}
        db.execute(update(Signal).where(*mine).values(**done))


@reading
def all_of(db: Session, contest_id: int) -> list[Decided]:
    """Every decision, the newest first, with reasons and names: for organisers."""
    return listed(db, contest_id)


@reading
def about_questions(db: Session, contest_id: int) -> list[Decided]:
    """The decisions about questions, in order; everybody may read them."""
    found = listed(db, contest_id, ContestDecision.do.in_(ABOUT_QUESTIONS))
    return [replace(one, by="") for one in reversed(found)]


@reading
def cancelled(db: Session, contest_id: int) -> list[tuple[str, int]]:
    """(section of the rules, how many people's results are cancelled by it) as it stands: what everybody may read."""
    query = select(ContestDecision).where(ContestDecision.contest_id == contest_id).order_by(ContestDecision.no)
    out: dict[tuple[int, int | None], str] = {}
    for one in db.scalars(query.where(ContestDecision.do.in_(("disqualify", "reinstate")))):
        if one.do == "disqualify":
            out[one.member_id, one.wave] = one.paragraph
        else:
            out = {key: said for key, said in out.items() if key[0] != one.member_id or one.wave not in (None, key[1])}
    counts = Counter(paragraph for (_, _), paragraph in {(key[0], said): said for key, said in out.items()}.items())
    return sorted(counts.items())


@reading
def told(db: Session, contest_id: int, member_id: int) -> list[Decided]:
    """The decisions that concern a member: about them, and about questions of their own papers."""
    asked = ContestDecision.question.in_(asked_in(db, contest_id, member_id))
    mine = or_(ContestDecision.member_id == member_id, asked)
    return [replace(one, by="") for one in listed(db, contest_id, mine)]


def asked_in(db: Session, contest_id: int, member_id: int, *where: Any) -> set[str]:
    """The questions of a member's papers that count."""
    papers = db.scalars(
        select(Attempt.paper).where(
            Attempt.member_id == member_id, Attempt.contest_id == contest_id, Attempt.no.is_not(None), *where
        )
    )
    return {question for paper in papers for question, _ in json.loads(paper)}


def listed(db: Session, contest_id: int, *where: Any) -> list[Decided]:
    query = select(ContestDecision).where(ContestDecision.contest_id == contest_id, *where)
    rows = list(db.scalars(query.order_by(ContestDecision.no.desc())))
    names = _names(db, {number for one in rows for number in (one.member_id, one.decided_by)})
    return [
        Decided(
            one.no,
            one.do,
            one.question,
            tuple(json.loads(one.answers)),
            one.member_id,
            names.get(one.member_id, ""),
            one.wave,
            one.attempt_no,
            one.reason,
            one.at,
            names.get(one.decided_by, ""),
        )
        for one in rows
    ]


def _names(db: Session, members: Iterable[int]) -> dict[int, str]:
    query = select(Member.id, Member.name).where(Member.id.in_(sorted(members)))
    return {row.id: row.name for row in db.execute(query)}
