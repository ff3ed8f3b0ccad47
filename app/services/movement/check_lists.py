"""Lists of verification as organisers see them, and what a taught person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from app.models.movement import CheckItem, CheckList, Taught, Teaching
from app.models.people import Chapter, Member
from app.services.commit import reading
from quizzes.movement.checks import DAYS, DONE, DRAWN, REVIEW
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class ListLine:
    """One list as organisers see it."""

    id: int
    chapter_id: int
    chapter: str
    count: int
    state: str
    frozen_at: int
    drawn_at: int | None
    sampled: int
    waiting: int


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
    rows = db.execute(
        select(CheckList, Chapter.name, sampled, waiting).join(Chapter, Chapter.id == CheckList.chapter_id)
        .join(CheckItem, CheckItem.list_id == CheckList.id).where(CheckList.campaign_id == campaign_id)
        .group_by(CheckList.id, Chapter.name).order_by(CheckList.state == DONE, CheckList.id.desc())
    )  # fmt: skip
    return [ListLine(one.id, one.chapter_id, name, one.count, one.state, one.frozen_at, one.drawn_at, int(drawn or 0),
                     int(open_ or 0)) for one, name, drawn, open_ in rows]  # fmt: skip


@reading
def items(db: Session, list_id: int) -> list[ItemLine]:
    """The steps of a list that somebody has to find out about, or has: the sample, or all of a reviewed one."""
    one = db.get(CheckList, list_id)
    if one is None:
        raise Rejected("not_found")
    query = (
        select(CheckItem, Teaching, Taught.name, Member.name)
        .join(Teaching, Teaching.id == CheckItem.teaching_id).join(Member, Member.id == Teaching.member_id)
        .outerjoin(Taught, Taught.teaching_id == Teaching.id).where(CheckItem.list_id == list_id)
        .order_by(CheckItem.outcome != "", CheckItem.teaching_id, CheckItem.step)
    )  # fmt: skip
    if one.state != REVIEW:
        query = query.where(CheckItem.sampled)
    return [ItemLine(list_id, item.teaching_id, item.step, name or "", member, teaching.way, teaching.child, item.phone,
                     item.outcome, item.sampled) for item, teaching, name, member in db.execute(query)]  # fmt: skip


@reading
def asked_of(db: Session, teaching_id: int) -> Sequence[tuple[str, str, bool]]:
    """(step, code, whether a number was left) of the checks a person is asked to help with now."""
    open_ = (CheckItem.teaching_id == teaching_id, CheckItem.sampled, CheckItem.outcome == "")
    return [(one.step, one.code, bool(one.phone)) for one in db.scalars(select(CheckItem).where(*open_))]


@reading
def decided_by(db: Session, teachings: Sequence[int]) -> dict[tuple[int, str], int]:
    """(teaching, step) -> when it is decided at the latest, of those on a list whose sample is drawn and open."""
    rows = db.execute(
        select(CheckItem.teaching_id, CheckItem.step, CheckList.drawn_at)
        .join(CheckList, CheckList.id == CheckItem.list_id)
        .where(CheckItem.teaching_id.in_(teachings), CheckList.state == DRAWN, CheckList.drawn_at.is_not(None))
    )
    return {(number, step): (drawn or 0) + DAYS * DAY for number, step, drawn in rows}


@reading
def list_place(db: Session, list_id: int) -> tuple[int, int]:
    """(campaign, chapter) of a list."""
    one = db.get(CheckList, list_id)
    if one is None:
        raise Rejected("not_found")
    return one.campaign_id, one.chapter_id
