"""Youth works, ideas and agreements with partners: owner, days, target, proofs; a member may propose an idea."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.activities import Undertaking
from app.models.engines import now_us
from app.models.people import Chapter, Member
from app.services.activities.planning import MOST_POINTS
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.power import organised_in
from app.services.people.roles import ORGANISER, may, path_of_in, power_in, require_in
from app.services.rows import OfChapter
from app.services.same import same_in
from app.services.tokens import new_address_id
from quizzes.activities.kinds import DECLINED, DONE, IDEA, PARTNER, PROPOSED, RUNNING, STATES, UNDERTAKINGS
from quizzes.refusals import Rejected
from quizzes.text import visible

MOST_TEXT = 5000  # characters of a text
SAID = ("kind", "title", "text", "partner", "owner_id", "starts_on", "ends_on", "state")
"""Whoever writes these anew means the one that is there."""
MOST_FIGURE = 10**9  # the largest figure


@dataclass(frozen=True)
class Draft:
    """The content of an undertaking's form. `wanted` and `reached`: the target as a number, where it is one. `points`:
    whole points for its owner once it is done."""

    title: str
    text: str = ""
    partner: str = ""
    owner_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    target: str = ""
    wanted: int | None = None
    reached: int | None = None
    proof: str = ""
    answer: str = ""
    state: str = RUNNING
    points: int = 0


@dataclass(frozen=True)
class Seen(OfChapter):
    """An undertaking as pages show it."""

    kind: str
    owner: str
    owner_code: str
    made_by: int | None
    draft: Draft

    def late(self, today: date) -> bool:
        """True when its last day is over and it is not done."""
        return self.draft.state == RUNNING and self.draft.ends_on is not None and self.draft.ends_on < today


@writing
def propose(db: Session, member_id: int, title: str, text: str) -> str:
    """A member's idea for the own chapter; its public number."""
    member = db.get_one(Member, member_id)
    new = _new(member.chapter_id, IDEA, member_id, now_us(db))
    _fill(new, Draft(title, text, owner_id=member_id, state=PROPOSED))
    known = same_in(db, new, *SAID)
    if known is not None:
        return known.public_id
    db.add(new)
    return new.public_id


@writing
def make(db: Session, actor_id: int, chapter_id: int, kind: str, draft: Draft) -> str:
    """An organiser writes one down; its public number."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    if kind not in UNDERTAKINGS:
        raise Rejected("activity_kind", field="kind")
    new = _new(chapter_id, kind, actor_id, now_us(db))
    _hand_to(db, actor_id, new, draft)
    _fill(new, draft)
    _refuse_own(new, actor_id, was=(None, 0, RUNNING))
    known = same_in(db, new, *SAID)
    if known is not None:
        return known.public_id
    db.add(new)
    audit_in(db, actor_id, "undertaking.made", chapter_id=chapter_id)
    return new.public_id


@writing
def change(db: Session, actor_id: int, public_id: str, draft: Draft) -> None:
    """The organiser changes everything, its owner what was reached and its proofs."""
    one = _undertaking(db, public_id)
    if may(power_in(db, actor_id), ORGANISER, path_of_in(db, one.chapter_id)):
        was = one.owner_id, one.points, one.state
        _hand_to(db, actor_id, one, draft)
        _fill(one, draft)
        _refuse_own(one, actor_id, was)
        if db.is_modified(one):
            one.posted_at = None
            audit_in(db, actor_id, "undertaking.changed", chapter_id=one.chapter_id)
    elif one.owner_id == actor_id and one.state == RUNNING:
        _report(one, draft)
    else:
        raise Rejected("forbidden")


def _new(chapter_id: int, kind: str, made_by: int, now: int) -> Undertaking:
    return Undertaking(public_id=new_address_id(9), chapter_id=chapter_id, kind=kind, made_by=made_by, made_at=now)


def _hand_to(db: Session, actor_id: int, one: Undertaking, draft: Draft) -> None:
    """A new owner is somebody whom the organiser organises; whoever was it already stays."""
    if draft.owner_id is not None and draft.owner_id != one.owner_id:
        organised_in(db, actor_id, draft.owner_id, "owner")


def _fill(one: Undertaking, draft: Draft) -> None:
    title, partner = visible(draft.title), visible(draft.partner)
    if not 2 <= len(title) <= 160:
        raise Rejected("activity_title", field="title")
    if one.kind == PARTNER and not 2 <= len(partner) <= 160:
        raise Rejected("partner_needed", field="partner")
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise Rejected("bad_dates", field="ends_on")
    if draft.state not in STATES:
        raise Rejected("bad_request", field="state")
    if draft.state == DECLINED and not draft.answer.strip():
        raise Rejected("reason_needed", field="answer")
    one.title, one.partner, one.owner_id = title, partner[:160], draft.owner_id
    one.text, one.answer = _bounded(draft.text, "text"), _bounded(draft.answer, "answer")
    one.starts_on, one.ends_on, one.state = draft.starts_on, draft.ends_on, draft.state
    one.points = _points(draft.points)
    one.target = visible(draft.target)[:200]
    one.wanted = _figure(draft.wanted, "wanted")
    _report(one, draft)
    if one.state == DONE and not one.proof:
        raise Rejected("proof_needed", field="proof")


def _report(one: Undertaking, draft: Draft) -> None:
    one.reached, one.proof = _figure(draft.reached, "reached"), _bounded(draft.proof, "proof")


def _refuse_own(one: Undertaking, actor_id: int, was: tuple[int | None, int, str]) -> None:
    """Nobody gives points to themselves: another organiser says how many and that it is done."""
    if one.owner_id == actor_id and one.points and was != (one.owner_id, one.points, one.state):
        raise Rejected("own_work", field="points")


def _points(points: int) -> int:
    if not 0 <= points <= MOST_POINTS:
        raise Rejected("activity_points", field="points", most=MOST_POINTS)
    return points


def _figure(number: int | None, field: str) -> int | None:
    if number is not None and number > MOST_FIGURE:
        raise Rejected("bad_request", field=field)
    return number


def _bounded(text: str, field: str) -> str:
    if len(text) > MOST_TEXT:
        raise Rejected("text_too_long", field=field, most=MOST_TEXT)
    return text.strip()


def _undertaking(db: Session, public_id: str) -> Undertaking:
    found = db.scalar(select(Undertaking).where(Undertaking.public_id == public_id))
    if found is None:
        raise Rejected("not_found")
    return found


@reading
def undertaking(db: Session, public_id: str) -> Seen:
    """One, or Rejected("not_found")."""
    return _seen(db, _undertaking(db, public_id))


@reading
def of_chapter(db: Session, chapter_id: int, limit: int = 200) -> list[Seen]:
    """A chapter's own, the newest first."""
    rows = db.scalars(
        select(Undertaking).where(Undertaking.chapter_id == chapter_id).order_by(Undertaking.id.desc()).limit(limit)
    )
    return [_seen(db, one) for one in rows]


def _seen(db: Session, one: Undertaking) -> Seen:
    chapter, owner = db.get_one(Chapter, one.chapter_id), db.get(Member, one.owner_id) if one.owner_id else None
    draft = Draft(
        one.title,
        one.text,
        one.partner,
        one.owner_id,
        one.starts_on,
        one.ends_on,
        one.target,
        one.wanted,
        one.reached,
        one.proof,
        one.answer,
        one.state,
        one.points,
    )
    return Seen(
        one.public_id,
        one.chapter_id,
        chapter.name,
        chapter.path,
        one.kind,
        owner.name if owner else "",
        owner.code if owner else "",
        one.made_by,
        draft,
    )
