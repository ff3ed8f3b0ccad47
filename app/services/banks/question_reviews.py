"""A question's way from draft to approved.

Authors and organisers write, reviewers and organisers review; nobody reviews or approves a text of their own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question, QuestionReview
from app.models.engines import now_us
from app.models.people import Member
from app.services.banks.own_banks import RETIRED, own_path
from app.services.banks.question_words import note_words_in
from app.services.banks.question_writing import CHANGED, DRAFT
from app.services.commit import reading, writing
from app.services.people.roles import AUTHOR, ORGANISER, REVIEWER, may, power_in
from quizzes.refusals import N_, Rejected

REVIEWED, APPROVED = "reviewed", "approved"
STATES = {DRAFT: N_("Bản nháp"), REVIEWED: N_("Đã thẩm định"), APPROVED: N_("Đã duyệt"), RETIRED: N_("Ngừng dùng")}
STEPS = {
    REVIEWED: (frozenset({DRAFT}), N_("Đã thẩm định")),
    APPROVED: (frozenset({REVIEWED}), N_("Duyệt")),
    DRAFT: (frozenset({REVIEWED, APPROVED, RETIRED}), N_("Trả về bản nháp")),
    RETIRED: (frozenset({DRAFT, REVIEWED, APPROVED}), N_("Ngừng dùng")),
}
"""State -> (states it can follow, what the button says)."""
_WRITERS = (AUTHOR, REVIEWER, ORGANISER)
_REVIEWERS = (REVIEWER, ORGANISER)


@dataclass(frozen=True)
class Step:
    """One step of a question's history."""

    state: str
    who: str | None
    note: str
    at: int
    version: int | None = None
    checked: Sequence[str] = ()


@reading
def history(db: Session, question_id: int) -> list[Step]:
    """The steps of a question, newest first."""
    query = select(QuestionReview, Member.name).outerjoin(Member, Member.id == QuestionReview.member_id)
    rows = db.execute(query.where(QuestionReview.question_id == question_id).order_by(QuestionReview.id.desc()))
    return [Step(one.state, who, one.note, one.at, one.version, json.loads(one.checked or "[]")) for one, who in rows]


@writing
def step(
    db: Session, actor_id: int, seen: Mapping[int, int], to: str, note: str = "", checked: Collection[str] = ()
) -> tuple[int, int]:
    """Take questions a step on; how many were, and how many were not for being one's own or elsewhere.

    `seen`: question -> the revision that was read. What is approved is that version of the text. `checked`: what was
    ticked of the bank's list. Rejected: old_revision where any has changed since, forbidden without the right in the
    bank of any of them, checklist where something to be ticked before approving was not.
    """
    if to not in STEPS:
        raise Rejected("bad_request", field="to")
    held, done, left = power_in(db, actor_id), 0, 0
    paths, moved, ticked = dict[int, str](), dict[int, list[str]](), dict[int, str]()
    query = select(Question).where(Question.id.in_(sorted(seen))).order_by(Question.id).with_for_update()
    for one in db.scalars(query).all():
        path = paths.setdefault(one.bank_id, own_path(db, one.bank_id) if one.bank_id not in paths else "")
        if not any(may(held, role, path) for role in (_REVIEWERS if to in (REVIEWED, APPROVED) else _WRITERS)):
            raise Rejected("forbidden")
        if to == APPROVED and one.bank_id not in ticked:
            ticked[one.bank_id] = _ticked(db, one.bank_id, checked)
        if one.updated_at != seen[one.id]:
            raise Rejected("old_revision")
        if one.state not in STEPS[to][0] or (to in (REVIEWED, APPROVED) and actor_id in _wrote(db, one)):
            left += 1
            continue
        if to == APPROVED:
            one.approved_version = one.version
        one.state, one.updated_at = to, (now := now_us(db))
        about = {"note": note.strip()[:500], "at": now, "version": one.version, "checked": ticked.get(one.bank_id, "")}
        db.add(QuestionReview(question_id=one.id, state=to, member_id=actor_id, **about))
        done += 1
        moved.setdefault(one.bank_id, []).append(one.key)
    db.flush()
    for bank_id, keys in moved.items():
        note_words_in(db, bank_id, keys)
    return done, left


def _ticked(db: Session, bank_id: int, checked: Collection[str]) -> str:
    """The bank's list, all of it ticked, as it is kept."""
    wanted = json.loads(db.get_one(Bank, bank_id).checklist)
    if not set(wanted) <= set(checked):
        raise Rejected("checklist", field="checked")
    return json.dumps(wanted, ensure_ascii=False) if wanted else ""


def _wrote(db: Session, one: Question) -> set[int | None]:
    """The authors of the text as it stands: the first author and everybody who changed it."""
    steps = select(QuestionReview.member_id).where(
        QuestionReview.question_id == one.id, QuestionReview.state == CHANGED
    )
    return {one.author_id, *db.scalars(steps)}


@reading
def written_by(db: Session, member_id: int, numbers: Collection[int]) -> set[int]:
    """Those of the questions that this person wrote or changed, so that somebody else takes them a step on."""
    mine = or_(Question.author_id == member_id, Question.id.in_(changed_by(member_id)))
    return set(db.scalars(select(Question.id).where(Question.id.in_(numbers), mine)))


def changed_by(member_id: int) -> Select[int]:
    """The questions whose text this person has changed."""
    mine = QuestionReview.member_id == member_id, QuestionReview.state == CHANGED
    return select(QuestionReview.question_id).where(*mine)
