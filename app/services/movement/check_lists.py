"""Lists of verification as organisers see them, and what a taught person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from app.models.movement import WITNESSED, Campaign, CheckItem, CheckList, Taught, Teaching
from app.models.people import Member
from app.services.commit import reading
from app.services.points.samples import ListHead, heads_in, with_sums
from quizzes.movement.checks import DONE, DRAWN, FROZEN, REVIEW
from quizzes.movement.checks import decided_by as last_day
from quizzes.movement.steps import TAUGHT, USED
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class ListLine(ListHead):
    """One list of verification. `waiting`: steps without an outcome; `visits`: steps of people whom a witness saw."""

    drawn_at: int | None
    sampled: int
    waiting: int
    visits: int


@dataclass(frozen=True)
class ItemLine:
    """One step to find out about. The name is the one the person wrote; the number the one they left."""

    list_id: int
    teaching_id: int
    step: str
    name: str
    member: str
    way: str
    child: bool
    phone: str
    outcome: str
    sampled: bool


@reading
def lists(db: Session, campaign_id: int) -> list[ListLine]:
    """The lists of a campaign, those that wait for somebody first."""
    sampled = func.sum(cast(CheckItem.sampled, Integer))
    waiting = func.sum(cast(CheckItem.outcome == "", Integer))
    query = with_sums(CheckList, CheckItem, sampled, waiting).where(CheckList.campaign_id == campaign_id)
    found = heads_in(db, query.order_by(CheckList.state == DONE, CheckList.id.desc()))
    witnessed = _witnessed(db, campaign_id)
    return [
        ListLine(*head, one.drawn_at, drawn, open_, witnessed.get(one.id, 0)) for one, head, (drawn, open_) in found
    ]


def _witnessed(db: Session, campaign_id: int) -> dict[int, int]:
    """List -> the steps on it of people whom a witness saw."""
    query = select(CheckItem.list_id, func.count()).join(Teaching, Teaching.id == CheckItem.teaching_id)
    rows = db.execute(query.where(Teaching.campaign_id == campaign_id, WITNESSED).group_by(CheckItem.list_id))
    return {row[0]: row[1] for row in rows}


@reading
def items(db: Session, list_id: int) -> list[ItemLine]:
    """The steps of a list that somebody has to find out about, or has: the sample, or all of a reviewed one."""
    one = db.get(CheckList, list_id)
    if one is None:
        raise Rejected("not_found")
    query = (
        select(CheckItem, Teaching, Taught.name, Member.name)
        .join(Teaching, Teaching.id == CheckItem.teaching_id)
        .join(Member, Member.id == Teaching.member_id)
        .outerjoin(Taught, Taught.teaching_id == Teaching.id)
        .where(CheckItem.list_id == list_id)
        .order_by(CheckItem.outcome != "", CheckItem.teaching_id, CheckItem.step)
    )
    if one.state != REVIEW:
        query = query.where(CheckItem.sampled)
    return [
        ItemLine(
            list_id,
            item.teaching_id,
            item.step,
            name or "",
            member,
            teaching.way,
            teaching.child,
            item.phone,
            item.outcome,
            item.sampled,
        )
        for item, teaching, name, member in db.execute(query)
    ]


@reading
def asked_of(db: Session, teaching_id: int) -> Sequence[tuple[str, str, bool]]:
    """(step, code, whether a number was left) of the checks a person is asked to help with now."""
    open_ = (CheckItem.teaching_id == teaching_id, CheckItem.sampled, CheckItem.outcome == "")
    return [(one.step, one.code, bool(one.phone)) for one in db.scalars(select(CheckItem).where(*open_))]


@reading
def decided_by(db: Session, teachings: Sequence[int]) -> dict[tuple[int, str], int]:
    """(teaching, step) -> when it is decided at the latest: steps that were taken and wait for a list, for its sample,
    or for its end. What somebody has to review first has no last day, nor has what an invented campaign shows."""
    mine = Teaching.id.in_(teachings)
    listed = {
        (item.teaching_id, item.step): one
        for item, one in db.execute(
            select(CheckItem, CheckList)
            .join(CheckList, CheckList.id == CheckItem.list_id)
            .join(Teaching, Teaching.id == CheckItem.teaching_id)
            .where(mine)
        )
    }
    found = {}
    for one, ends, invented in db.execute(
        select(Teaching, Campaign.ends_at, Campaign.invented)
        .join(Campaign, Campaign.id == Teaching.campaign_id)
        .where(mine)
    ):
        for step, at in ((TAUGHT, one.confirmed_at), (USED, one.used_at)):
            on = listed.get((one.id, step))
            unlisted = on is None and one.review in ("", "cleared") and not invented
            if at is not None and (unlisted or (on is not None and on.state in (FROZEN, DRAWN))):
                found[one.id, step] = last_day(at, ends, *((on.frozen_at, on.drawn_at) if on else ()))
    return found


@reading
def campaign_and_chapter(db: Session, list_id: int) -> tuple[int, int]:
    """(campaign, chapter) of a list."""
    one = db.get(CheckList, list_id)
    if one is None:
        raise Rejected("not_found")
    return one.campaign_id, one.chapter_id
