"""Verification by sample: lists are frozen, drawn from a later checkpoint, met by an organiser from outside."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.movement import Campaign, CheckItem, CheckList, Teaching
from app.models.people import Chapter, Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.movement.posting import post_in
from app.services.people.roles import ORGANISER, require_in
from app.services.points import samples
from app.services.teams.leading import refuse_teammates_in
from quizzes.movement import checks, steps
from quizzes.movement.checks import DONE, DRAWN, FROZEN, REVIEW, Item
from quizzes.refusals import Rejected

LISTS = 13
"""The kind of lock that freezing takes, by chapter."""
FREEZE_AT = 30
"""How many steps of a chapter are frozen before the oldest has waited its week."""


def freeze_due(now: int) -> int:
    """Freeze the lists whose time has come; how many."""
    return sum(_freeze(*one, now) for one in _waiting(now))


@reading
def _waiting(db: Session, now: int) -> list[tuple[int, int]]:
    """(campaign, chapter) whose unlisted steps are old or many enough, or whose campaign is over."""
    ends = dict(db.execute(select(Campaign.id, Campaign.ends_at).where(Campaign.invented.is_(False))).all())
    found = set()
    for step in (steps.TAUGHT, steps.USED):
        rows = _unlisted(step, Teaching.campaign_id, Teaching.chapter_id, func.min(_moment(step)), func.count())
        for campaign, chapter, oldest, count in db.execute(rows.group_by(Teaching.campaign_id, Teaching.chapter_id)):
            if campaign in ends and (
                oldest <= now - checks.FREEZE_AFTER or count >= FREEZE_AT or now >= ends[campaign]
            ):
                found.add((campaign, chapter))
    return sorted(found)


def _moment(step: str):  # type: ignore[no-untyped-def]
    return Teaching.confirmed_at if step == steps.TAUGHT else Teaching.used_at


def _unlisted(step: str, *columns):  # type: ignore[no-untyped-def]
    """Steps that stand on no list and need no reviewer first."""
    listed = select(CheckItem.teaching_id).where(CheckItem.teaching_id == Teaching.id, CheckItem.step == step)
    return select(*columns).where(
        Teaching.state == steps.CONFIRMED,
        Teaching.review.in_(("", "cleared")),
        _moment(step).is_not(None),
        ~listed.exists(),
    )


@writing
def _freeze(db: Session, campaign: int, chapter: int, now: int) -> bool:
    lock(db, LISTS, chapter)  # a step stands on one list, whichever worker freezes it
    here = (Teaching.campaign_id == campaign, Teaching.chapter_id == chapter)
    found = [
        (number, step)
        for step in (steps.TAUGHT, steps.USED)
        for number in db.scalars(_unlisted(step, Teaching.id).where(*here).order_by(Teaching.id))
    ]
    if not found:
        return False
    new = CheckList(
        campaign_id=campaign,
        chapter_id=chapter,
        frozen_at=now,
        count=len(found),
        state=FROZEN,
        digest=checks.digest(campaign, chapter, found),
    )
    db.add(new)
    db.flush()
    db.add_all(CheckItem(list_id=new.id, teaching_id=number, step=step) for number, step in found)
    return True


def draw_due() -> int:
    """Draw the samples of lists whose next checkpoint has been made; how many."""
    return sum(_draw(one) for one in _drawable())


@reading
def _drawable(db: Session) -> list[int]:
    return samples.drawable_in(db, CheckList)


@writing
def _draw(db: Session, list_id: int) -> bool:
    def mark(one: CheckList, seed: str) -> None:
        items = list(db.scalars(select(CheckItem).where(CheckItem.list_id == list_id)))
        sample = checks.drawn(seed, one.digest, [(item.teaching_id, item.step) for item in items])
        for item in items:
            item.sampled = (item.teaching_id, item.step) in sample
            if item.sampled and not item.outcome:
                item.code = f"{secrets.randbelow(1_000_000):06d}"

    one = samples.draw_in(db, CheckList, list_id, now_us(db), mark)
    if one is not None:
        _settle(db, one)
    return one is not None


@writing
def decide(db: Session, actor_id: int, list_id: int, teaching_id: int, step: str, outcome: str, code: str = "") -> None:
    """Records the outcome of an outside organiser's check of one step. `met` needs the code on the person's page,
    unless the person has no page (a visit, a child) or left a number to be called."""
    one, item, teaching = _open_item(db, actor_id, list_id, teaching_id, step)
    allowed = {checks.MET, checks.FAILED} if one.state == DRAWN and item.sampled else set()
    if one.state == REVIEW:
        allowed = {checks.ACCEPTED, checks.REJECTED}
    if outcome not in allowed or item.outcome:
        raise Rejected("not_now")
    no_page = teaching.way == steps.VISIT or teaching.child or bool(item.phone)
    if outcome == checks.MET and not no_page and code.strip() != item.code:
        raise Rejected("wrong_code", field="code")
    item.outcome, item.phone, item.code = outcome, "", ""
    item.decided_at = now_us(db)
    audit_in(db, actor_id, "teaching.checked", member_id=teaching.member_id, chapter_id=one.chapter_id, outcome=outcome)
    _settle(db, one)


def _open_item(
    db: Session, actor_id: int, list_id: int, teaching_id: int, step: str
) -> tuple[CheckList, CheckItem, Teaching]:
    one = db.scalar(select(CheckList).where(CheckList.id == list_id).with_for_update())
    item = db.get(CheckItem, (list_id, teaching_id, step))
    if one is None or item is None:
        raise Rejected("not_found")
    campaign = db.get_one(Campaign, one.campaign_id)
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, campaign.chapter_id).path)
    teaching = db.get_one(Teaching, teaching_id)
    refuse_near_in(db, actor_id, teaching)
    return one, item, teaching


def refuse_near_in(db: Session, actor_id: int, one: Teaching) -> None:
    """Refuse whoever had a part in a teaching, or stands in its chapter or in a team with its teacher: they cannot say
    whether it counts."""
    seen = f"member:{actor_id}"
    if actor_id in (one.member_id, one.taught_member_id) or seen in (one.witness, one.use_witness):
        raise Rejected("own_part")
    if db.get_one(Member, actor_id).chapter_id == one.chapter_id:
        raise Rejected("own_chapter")
    refuse_teammates_in(db, actor_id, [one.member_id])


def _settle(db: Session, one: CheckList) -> None:
    """Store where the list stands now; when it is done, what counts is posted in the same transaction."""
    db.flush()
    rows = list(db.scalars(select(CheckItem).where(CheckItem.list_id == one.id)))
    items = [_item(row) for row in rows]
    one.state = checks.state(items)
    if one.state != DONE:
        return
    now, good, members = now_us(db), checks.verified(items), set[int]()
    for item in items:
        teaching = db.get_one(Teaching, item.step[0])
        members.add(teaching.member_id)
        if item.step in good:
            _count(teaching, item.step[1], now)
        else:
            _do_not_count(teaching, item, now)
    post_in(db, one.campaign_id, members)


def _count(teaching: Teaching, step: str, now: int) -> None:
    """The step is verified. One that looks odd meanwhile waits for its reviewer first."""
    if teaching.review == "waiting" or (
        teaching.state == steps.WITHDRAWN and teaching.used_at is None and step == steps.USED
    ):
        return
    if step == steps.TAUGHT:
        teaching.taught_ok_at = teaching.taught_ok_at or now
    else:
        teaching.used_ok_at = teaching.used_ok_at or now


def _do_not_count(teaching: Teaching, item: Item, now: int) -> None:
    """A person who was not reached does not count; the slot is free again, without blame. A person who failed is
    told."""
    if item.outcome in (checks.FAILED, checks.REJECTED):
        teaching.review, teaching.reviewed_at = "rejected", now
    if item.step[1] == steps.TAUGHT or teaching.review == "rejected":
        teaching.slot = None


def count_listed_in(db: Session, teaching: Teaching, now: int) -> None:
    """The reviewer has cleared it: what its lists had verified in the meantime counts."""
    rows = db.execute(
        select(CheckItem.list_id, CheckItem.step)
        .join(CheckList, CheckList.id == CheckItem.list_id)
        .where(CheckItem.teaching_id == teaching.id, CheckList.state == DONE)
    )
    for list_id, step in rows.all():
        of = db.scalars(select(CheckItem).where(CheckItem.list_id == list_id))
        if (teaching.id, step) in checks.verified([_item(row) for row in of]):
            _count(teaching, step, now)


def _item(row: CheckItem) -> Item:
    return Item((row.teaching_id, row.step), row.sampled, row.outcome)


def close_late(now: int) -> int:
    """End the wait for who could not be reached within 14 days; how many lists that touched."""
    return sum(_close(one, now) for one in _late(now))


@reading
def _late(db: Session, now: int) -> list[int]:
    return samples.late_in(db, CheckList, now)


@writing
def _close(db: Session, list_id: int, now: int) -> bool:
    if samples.overdue_in(db, CheckList, list_id, now) is None:
        return False
    waiting = (CheckItem.list_id == list_id, CheckItem.sampled, CheckItem.outcome == "")
    db.execute(update(CheckItem).where(*waiting).values(outcome=checks.UNREACHED, phone="", code="", decided_at=now))
    db.expire_all()
    _settle(db, db.get_one(CheckList, list_id))
    return True
