"""Verification of deeds by sample, as in 1+2: a chapter's deeds are frozen, a later checkpoint draws, people look."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedList
from app.models.engines import lock
from app.models.people import Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.deeds import sums
from app.services.deeds.noting import REJECTED
from app.services.deeds.posting import post_in
from app.services.deeds.sums import GOOD, WAITING
from app.services.movement.checking import FREEZE_AT
from app.services.movement.clock import now_us
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.points import samples
from app.services.teams.leading import refuse_teammates_in
from quizzes.movement import checks
from quizzes.movement.checks import DONE, DRAWN, FROZEN, REVIEW, Item
from quizzes.refusals import Rejected

LISTS = 31
"""The kind of lock that freezing takes, by chapter."""
STEP = "deed"


def freeze_due(now: int) -> int:
    """Freeze the lists whose time has come; how many."""
    return sum(_freeze(chapter, now) for chapter in _waiting(now))


@reading
def _waiting(db: Session, now: int) -> list[int]:
    """Chapters whose unlisted deeds are old or many enough."""
    rows = db.execute(
        select(Deed.chapter_id, func.min(Deed.at), func.count())
        .where(*_unlisted())
        .group_by(Deed.chapter_id)
        .order_by(Deed.chapter_id)
    )
    return [row[0] for row in rows if row[1] <= now - checks.FREEZE_AFTER or row[2] >= FREEZE_AT]


def _unlisted() -> tuple[ColumnElement[bool], ...]:
    return Deed.state == WAITING, Deed.list_id.is_(None), Deed.review.in_(("", "cleared"))


@writing
def _freeze(db: Session, chapter_id: int, now: int) -> bool:
    return _freeze_in(db, chapter_id, now) is not None


@writing
def freeze(db: Session, actor_id: int, chapter_id: int) -> int:
    """An organiser does not wait for the week; how many deeds stand on the list. Rejected("not_now"): none waits."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    found = _freeze_in(db, chapter_id, now_us(db))
    if found is None:
        raise Rejected("not_now")
    audit_in(db, actor_id, "deed.frozen", chapter_id=chapter_id, count=found.count)
    return found.count


def _freeze_in(db: Session, chapter_id: int, now: int) -> DeedList | None:
    lock(db, LISTS, chapter_id)  # a deed stands on one list, whichever worker freezes it
    found = list(
        db.scalars(
            select(Deed.id).where(Deed.chapter_id == chapter_id, *_unlisted()).order_by(Deed.id).with_for_update()
        )
    )
    if not found:
        return None
    digest = checks.digest(0, chapter_id, [(number, STEP) for number in found])
    new = DeedList(chapter_id=chapter_id, frozen_at=now, count=len(found), digest=digest, state=FROZEN)
    db.add(new)
    db.flush()
    for start in range(0, len(found), 500):
        db.execute(update(Deed).where(Deed.id.in_(found[start : start + 500])).values(list_id=new.id))
    return new


def draw_due() -> int:
    """Draw the samples of lists whose next checkpoint has been made; how many."""
    return sum(_draw(one) for one in _drawable())


@reading
def _drawable(db: Session) -> list[int]:
    return samples.drawable_in(db, DeedList)


@writing
def _draw(db: Session, list_id: int) -> bool:
    def mark(one: DeedList, seed: str) -> None:
        numbers = list(db.scalars(select(Deed.id).where(Deed.list_id == list_id)))
        sample = sorted(number for number, _ in checks.drawn(seed, one.digest, [(each, STEP) for each in numbers]))
        db.execute(update(Deed).where(Deed.id.in_(sample)).values(sampled=True))  # those of a revoked card are, already

    one = samples.draw_in(db, DeedList, list_id, now_us(db), mark)
    if one is not None:
        _settle(db, one)
    return one is not None


@writing
def decide(db: Session, actor_id: int, list_id: int, deed_ids: Sequence[int], outcome: str) -> int:
    """Records one outcome of an outside organiser's check for some deeds of a list; returns how many it changed."""
    one = db.scalar(select(DeedList).where(DeedList.id == list_id).with_for_update())
    if one is None:
        raise Rejected("not_found")
    outside_in(db, actor_id, one.chapter_id)
    allowed = {DRAWN: (checks.MET, checks.FAILED, checks.UNREACHED), REVIEW: (checks.ACCEPTED, checks.REJECTED)}
    if outcome not in allowed.get(one.state, ()):
        raise Rejected("not_now")
    asked = Deed.list_id == list_id, Deed.outcome == "", Deed.id.in_(list(deed_ids)[:1000])
    rows = list(db.scalars(select(Deed).where(*asked, *([Deed.sampled] if one.state == DRAWN else []))))
    if any(row.member_id == actor_id for row in rows):
        raise Rejected("own_chapter")
    refuse_teammates_in(db, actor_id, {row.member_id for row in rows}, {row.team_id for row in rows})
    for row in rows:
        row.outcome, row.decided_at = outcome, now_us(db)
    audit_in(db, actor_id, "deed.checked", chapter_id=one.chapter_id, outcome=outcome, count=len(rows))
    _settle(db, one)
    return len(rows)


def outside_in(db: Session, actor_id: int, chapter_id: int) -> None:
    """Refuse whoever does not organise above the chapter, or belongs to it."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    if db.get_one(Member, actor_id).chapter_id == chapter_id:
        raise Rejected("own_chapter")


def _settle(db: Session, one: DeedList) -> None:
    """Sets the state of the list. A list that is done posts what counts in the same transaction."""
    db.flush()
    rows = list(db.scalars(select(Deed).where(Deed.list_id == one.id)))
    items = [Item((row.id, STEP), row.sampled, row.outcome) for row in rows]
    one.state = checks.state(items)
    if one.state != DONE:
        return
    good = {number for number, _ in checks.verified(items)}
    sums.turn_in(db, rows, lambda row: GOOD if row.id in good else REJECTED)
    post_in(db, rows)


def close_late(now: int) -> int:
    """End the wait for who could not be reached within 14 days; how many lists that touched."""
    return sum(_close(one, now) for one in _late(now))


@reading
def _late(db: Session, now: int) -> list[int]:
    return samples.late_in(db, DeedList, now)


@writing
def _close(db: Session, list_id: int, now: int) -> bool:
    if samples.overdue_in(db, DeedList, list_id, now) is None:
        return False
    waiting = (Deed.list_id == list_id, Deed.sampled, Deed.outcome == "")
    db.execute(update(Deed).where(*waiting).values(outcome=checks.UNREACHED, decided_at=now))
    db.expire_all()
    _settle(db, db.get_one(DeedList, list_id))
    return True


@writing
def review(db: Session, actor_id: int, chapter_id: int, deed_ids: Sequence[int], good: bool) -> int:
    """Some deeds with a sign may be listed, or do not count; how many. Those of other chapters below are taken, too,
    as long as the reviewer is from outside of them."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    asked = Deed.id.in_(list(deed_ids)[:1000]), Deed.review == WAITING, Deed.state == WAITING
    rows = list(db.scalars(select(Deed).where(*asked).with_for_update()))
    for chapter in {row.chapter_id for row in rows}:
        outside_in(db, actor_id, chapter)
    refuse_teammates_in(db, actor_id, {row.member_id for row in rows}, {row.team_id for row in rows})
    for row in rows:
        row.review, row.decided_at = "cleared", now_us(db)
    if not good:
        sums.turn_in(db, rows, lambda _row: REJECTED)
    if rows:
        audit_in(db, actor_id, "deed.reviewed", chapter_id=chapter_id, good=good, count=len(rows))
    return len(rows)
