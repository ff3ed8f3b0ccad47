"""The reviewers' desk: waiting questions and since when, questions whose time ends, where a question is used, who could
approve."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.bank import Bank, Question, QuestionReview, ShowQuestion
from app.models.contests import Contest, ContestQuestion
from app.models.engines import now_us
from app.models.people import Chapter, Member, RoleGrant
from app.models.shows import JournalLine, Show
from app.services.banks.banks import today
from app.services.banks.own_banks import RETIRED, QuestionLine, may_write, own_path
from app.services.banks.own_banks import lines_in as question_lines_in
from app.services.banks.question_results import text_of
from app.services.banks.question_reviews import changed_by
from app.services.banks.rights import readable_in
from app.services.commit import reading, writing
from app.services.people.roles import ADMIN, AUTHOR, ORGANISER, REVIEWER, may, power_in
from quizzes.refusals import Rejected

COMMENT, REHEARSAL = "comment", "rehearsal"
SOON = (30, 90)
"""Days before a question ends: to be mended now, and soon."""
MOST_CHECKS, LONGEST_CHECK = 12, 200
"""The most lines of a checklist, and the longest line, letters."""
PAGE = 50  # questions of a page
OLDEST_FIRST = (Question.updated_at, Question.id)


@dataclass(frozen=True)
class Use:
    """One use of a question: `kind` "contest" or "show". `shown_at`: since when people may have seen it."""

    kind: str
    public_id: str
    title: dict[str, str]
    shown_at: int | None
    over: bool
    body: dict[str, Any] | None = None
    """As a contest froze it; a show keeps it in its journal."""
    contest_id: int = 0


@reading
def waiting(db: Session, member_id: int, page: int = 1) -> tuple[list[tuple[QuestionLine, str, str]], int]:
    """Questions that wait for a step of this reviewer, (question, its bank, its chapter), oldest first; how many.

    Those they wrote, or changed since, are left out.
    """
    home = aliased(Chapter)
    query = select(Question.id, Bank.title, home.name).join(Bank, Bank.id == Question.bank_id)
    query = query.join(home, home.id == Bank.chapter_id).where(*_waits_for(db, member_id))
    total = db.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.execute(query.order_by(*OLDEST_FIRST).limit(PAGE).offset((page - 1) * PAGE)).all()
    lines = {one.id: one for one in question_lines_in(db, [number for number, _, _ in rows])}
    return [(lines[number], json.loads(title).get("vi", ""), chapter) for number, title, chapter in rows], total


def _waits_for(db: Session, member_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        readable_in(db, member_id, (REVIEWER, ORGANISER)),
        Bank.chapter_id.is_not(None),
        Question.state.in_(("draft", "reviewed")),
        or_(Question.author_id.is_(None), Question.author_id != member_id),
        Question.id.not_in(changed_by(member_id)),
    )


@reading
def beside(db: Session, member_id: int, question_id: int) -> tuple[int | None, int | None]:
    """The questions before and after this one in the same queue; none before where it has left the queue, and then the
    oldest that waits comes after it."""
    query = select(Question.id).join(Bank, Bank.id == Question.bank_id).where(*_waits_for(db, member_id))
    here = db.execute(select(*OLDEST_FIRST).where(Question.id == question_id)).one()
    waits = db.scalar(query.where(Question.id == question_id)) is not None
    place, key = tuple_(*OLDEST_FIRST), tuple_(*here)
    back = [one.desc() for one in OLDEST_FIRST]
    before = db.scalar(query.where(place < key).order_by(*back).limit(1)) if waits else None
    after = query.where(place > key) if waits else query
    return before, db.scalar(after.order_by(*OLDEST_FIRST).limit(1))


@reading
def ending(db: Session, bank_id: int) -> dict[int, list[QuestionLine]]:
    """Questions in use that have ended (0), or end within 30 and within 90 days; what ends first stands first."""
    day = today()
    wanted = Question.bank_id == bank_id, Question.state != RETIRED, Question.valid_to <= day + timedelta(SOON[-1])
    numbers = db.scalars(select(Question.id).where(*wanted).order_by(Question.valid_to, Question.key).limit(500)).all()
    found: dict[int, list[QuestionLine]] = {0: [], **{days: [] for days in SOON}}
    for one in question_lines_in(db, numbers):
        found[_within(one.valid_to, day)].append(one)
    return found


def _within(last: date | None, day: date) -> int:
    left = ((last or day) - day).days
    return 0 if left < 0 else next((days for days in SOON if left <= days), SOON[-1])


@reading
def uses(db: Session, question_id: int, most: int = 20) -> list[Use]:
    """Contests that froze this question and shows that drew it, newest first."""
    contests = (
        select(Contest, ContestQuestion.body, ContestQuestion.pool)
        .join(ContestQuestion, ContestQuestion.contest_id == Contest.id)
        .where(ContestQuestion.question_id == question_id)
        .order_by(Contest.id.desc(), ContestQuestion.pool)
        .limit(most)
    )
    shows = select(Show).join(ShowQuestion, ShowQuestion.show_id == Show.id)
    shows = shows.where(ShowQuestion.question_id == question_id, Show.removed_at.is_(None))
    now = now_us(db)
    found = [
        Use(
            "contest",
            one.public_id,
            json.loads(one.title),
            _asked_since(one, pool, now),
            bool(one.cancelled_at or (one.last_at or now) < now),
            text_of(json.loads(body)),
            one.id,
        )
        for one, body, pool in db.execute(contests)
    ]
    told = db.scalars(shows.order_by(Show.id.desc()).limit(most)).all()
    begun = _began(db, [one.id for one in told if one.stakes != REHEARSAL])
    found += [
        Use("show", one.public_id, json.loads(one.title), begun.get(one.id), one.over_at is not None) for one in told
    ]
    return sorted(found, key=lambda one: one.shown_at or now, reverse=True)[:most]


def _asked_since(one: Contest, pool: str, now: int) -> int | None:
    """Since when people may have met what a contest asks: practice from its opening on, the paper from its first wave;
    nobody did where it was cancelled before."""
    since = one.first_at if pool == "paper" else one.opened_at
    return since if since and since < min(now, one.cancelled_at or now) else None


def _began(db: Session, shows: Sequence[int]) -> dict[int, int]:
    """Show -> when its first round began, of those that began: since then people may have seen what it asks."""
    rounds = select(JournalLine.show_id, func.min(JournalLine.at).label("begun")).group_by(JournalLine.show_id)
    rows = db.execute(rounds.where(JournalLine.show_id.in_(shows), JournalLine.name == "round"))
    return {one.show_id: one.begun for one in rows}


@reading
def changed_in(db: Session, contest_id: int) -> list[QuestionLine]:
    """Questions of an opened contest whose text was changed or that were retired since it froze them."""
    rows = db.execute(
        select(Question.id, Question.body, Question.state, ContestQuestion.body)
        .join(ContestQuestion, ContestQuestion.question_id == Question.id)
        .join(Contest, Contest.id == ContestQuestion.contest_id)
        .where(ContestQuestion.contest_id == contest_id, ContestQuestion.pool == "paper")
        .where(Question.updated_at > Contest.opened_at)
    )
    other = [
        number
        for number, now, state, then in rows
        if state == RETIRED or text_of(json.loads(now)) != text_of(json.loads(then))
    ]
    return question_lines_in(db, sorted(other))


@reading
def approvers(db: Session, bank_id: int, but: int) -> list[str]:
    """Names of who may review and approve in this bank, without this person."""
    path = own_path(db, bank_id)
    query = (
        select(Member.id, Member.name)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .outerjoin(Chapter, Chapter.id == RoleGrant.chapter_id)
        .where(RoleGrant.role.in_((REVIEWER, ORGANISER, ADMIN)), Member.id != but)
        .order_by(Member.sort_key, Member.id)
        .distinct()
        .add_columns(Member.sort_key)
    )
    names = [name for number, name, _ in db.execute(query.limit(200)) if _approves(db, number, path)]
    return names[:10]


def _approves(db: Session, member_id: int, path: str) -> bool:
    held = power_in(db, member_id)
    return may(held, REVIEWER, path) or may(held, ORGANISER, path)


@writing
def comment(db: Session, actor_id: int, question_id: int, words: str) -> None:
    """Say something about a question as it is now; it stays in its history. Rejected("comment_empty")."""
    one = db.get(Question, question_id)
    if one is None:
        raise Rejected("not_found")
    held, path = power_in(db, actor_id), own_path(db, one.bank_id)
    if not any(may(held, role, path) for role in (AUTHOR, REVIEWER, ORGANISER)):
        raise Rejected("forbidden")
    said = words.strip()[:500]
    if not said:
        raise Rejected("comment_empty", field="words")
    about = {"state": COMMENT, "member_id": actor_id, "note": said, "at": now_us(db), "version": one.version}
    db.add(QuestionReview(question_id=question_id, **about))


@writing
def set_checklist(db: Session, actor_id: int, bank_id: int, lines: Sequence[str]) -> None:
    """Stores the lines that a reviewer of this bank ticks before approving. Rejected("checklist_long")."""
    may_write(db, actor_id, own_path(db, bank_id))
    kept = list(dict.fromkeys(said for one in lines if (said := " ".join(one.split()))))
    if len(kept) > MOST_CHECKS or any(len(one) > LONGEST_CHECK for one in kept):
        raise Rejected("checklist_long", field="checklist")
    db.get_one(Bank, bank_id).checklist = json.dumps(kept, ensure_ascii=False)
