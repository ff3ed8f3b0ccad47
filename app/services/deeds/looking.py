"""Deeds as people see them: a member's own, the lists and queue of an organiser, the sums of a subtree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, case, cast, func, or_, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedList, DeedPhoto, Tally
from app.models.people import Chapter, Member, under
from app.models.teams import Team
from app.services.commit import reading, reading_aside
from app.services.deeds.noting import BACK
from app.services.deeds.sums import GOOD, WAITING, kept_in
from app.services.points.samples import ListHead, heads_in, with_sums
from quizzes.deeds.kinds import counted
from quizzes.movement.checks import DONE, DRAWN, REVIEW

MOST_SHOWN = 200  # deeds listed


@dataclass(frozen=True)
class DeedLine:
    """One deed in a list. `member` and `chapter` are names, for organisers."""

    id: int
    kind: str
    step: str
    count: int
    day: date
    at: int
    note: str
    place: str
    partner: str
    signs: tuple[str, ...]
    state: str
    listed: bool
    outcome: str
    photo: bool
    member_id: int
    member: str
    chapter_id: int
    chapter: str
    team: str
    """The team that did it; "" for the member alone."""


def _lines() -> Select[Deed, bool, str, str, str | None]:
    photo = select(DeedPhoto.deed_id).where(DeedPhoto.deed_id == Deed.id).exists()
    return (
        select(Deed, photo, Member.name, Chapter.name, Team.name)
        .join(Member, Member.id == Deed.member_id)
        .join(Chapter, Chapter.id == Deed.chapter_id)
        .outerjoin(Team, Team.id == Deed.team_id)
    )


def _line(one: Deed, photo: bool, member: str, chapter: str, team: str | None) -> DeedLine:
    return DeedLine(
        one.id,
        one.kind,
        one.step,
        one.count,
        one.day,
        one.at,
        one.note,
        one.place,
        one.partner,
        tuple(sign for sign in one.signs.split(",") if sign),
        one.state,
        one.list_id is not None,
        one.outcome,
        photo,
        one.member_id,
        member,
        one.chapter_id,
        chapter,
        team or "",
    )


@reading
def of_member(db: Session, member_id: int, limit: int = MOST_SHOWN) -> list[DeedLine]:
    """A member's deeds, the newest day first; those taken back are left out."""
    mine = (Deed.member_id == member_id, Deed.state != BACK)
    rows = db.execute(_lines().where(*mine).order_by(Deed.day.desc(), Deed.id.desc()).limit(limit))
    return [_line(*row) for row in rows]


@reading
def mine(db: Session, member_id: int) -> dict[str, int]:
    """state -> how many deeds of a member."""
    rows = select(Deed.state, func.count()).where(Deed.member_id == member_id, Deed.state != BACK)
    return {row[0]: row[1] for row in db.execute(rows.group_by(Deed.state))}


@reading
def one(db: Session, deed_id: int) -> tuple[DeedLine, str] | None:
    """A deed and the path of its chapter."""
    row = db.execute(_lines().add_columns(Chapter.path).where(Deed.id == deed_id)).first()
    return (_line(*row[:5]), row[5]) if row else None


@reading
def odd(db: Session, path: str, limit: int = MOST_SHOWN) -> list[DeedLine]:
    """Deeds of a subtree that somebody has to look at before they can be listed."""
    waiting = (Deed.review == WAITING, Deed.state == WAITING, under(Chapter.path, path))
    return [_line(*row) for row in db.execute(_lines().where(*waiting).order_by(Deed.id).limit(limit))]


@dataclass(frozen=True)
class ListLine(ListHead):
    """One list of verification. `asked` of its deeds are to be looked at, `left` of them still."""

    asked: int
    left: int


def _lists(path: str) -> Select[Any]:
    sampled = func.sum(cast(Deed.sampled, Integer))
    undecided = func.sum(cast(Deed.outcome == "", Integer))
    open_sample = func.sum(cast((Deed.outcome == "") & Deed.sampled, Integer))
    return with_sums(DeedList, Deed, sampled, undecided, open_sample).where(under(Chapter.path, path))


def _list_lines(db: Session, query: Select[Any]) -> list[ListLine]:
    return [
        ListLine(*head, one.count if one.state == REVIEW else drawn, {REVIEW: left, DRAWN: open_}.get(one.state, 0))
        for one, head, (drawn, left, open_) in heads_in(db, query)
    ]


@reading
def to_check(db: Session, path: str) -> int:
    """How many lists of a subtree wait for somebody to find out."""
    waiting = (DeedList.state.in_((DRAWN, REVIEW)), under(Chapter.path, path))
    query = select(func.count()).select_from(DeedList).join(Chapter, Chapter.id == DeedList.chapter_id)
    return db.scalar(query.where(*waiting)) or 0


@reading
def lists(db: Session, path: str, limit: int = 50) -> list[ListLine]:
    """The lists of a subtree: those to find out about, the oldest first, since a wait ends after 14 days; then those
    that wait for their draw; then those that are done, the newest first."""
    turn = case((DeedList.state.in_((DRAWN, REVIEW)), 0), (DeedList.state == DONE, 2), else_=1)
    age = case((DeedList.state == DONE, -DeedList.id), else_=DeedList.id)
    return _list_lines(db, _lists(path).order_by(turn, age).limit(limit))


@reading
def list_of(db: Session, path: str, list_id: int) -> ListLine | None:
    """One list, if it is of the subtree."""
    return next(iter(_list_lines(db, _lists(path).where(DeedList.id == list_id))), None)


@reading
def items(db: Session, list_id: int, limit: int = 1000) -> list[DeedLine]:
    """The deeds of a list to find out about, or found out: the sample, or all of a reviewed list."""
    state = db.scalar(select(DeedList.state).where(DeedList.id == list_id))
    query = _lines().where(Deed.list_id == list_id).order_by(Deed.outcome != "", Deed.id).limit(limit)
    if state != REVIEW:
        query = query.where(or_(Deed.sampled, Deed.outcome != ""))
    return [_line(*row) for row in db.execute(query)]


@reading
def waiting(db: Session, chapter_id: int) -> int:
    """The number of a chapter's deeds that could be frozen now."""
    open_ = (Deed.chapter_id == chapter_id, Deed.state == WAITING, Deed.list_id.is_(None), Deed.review != WAITING)
    return db.scalar(select(func.count()).select_from(Deed).where(*open_)) or 0


@dataclass(frozen=True)
class Sum:
    """A chapter's own sum of a counted name: verified deeds, waiting ones, and old figures."""

    good: int = 0
    waiting: int = 0
    old: int = 0


@reading_aside
def own_sums(db: Session, path: str, names: Sequence[str] = ()) -> dict[str, dict[str, Sum]]:
    """path of a chapter -> counted name -> what it has itself, of the subtree; with `names`, of these only."""
    found: dict[str, dict[str, list[int]]] = {}

    def add(where: str, kind: str, step: str, place: int, count: int) -> None:
        name = counted(kind, step)
        if not names or name in names:
            found.setdefault(where, {}).setdefault(name, [0, 0, 0])[place] += int(count)

    for where, kind, step, state, count in kept_in(db, path):
        add(where, kind, step, 0 if state == GOOD else 1, count)
    old = select(Chapter.path, Tally.kind, Tally.step, func.sum(Tally.count)).join(
        Chapter, Chapter.id == Tally.chapter_id
    )
    for where, kind, step, count in db.execute(
        old.where(under(Chapter.path, path)).group_by(Chapter.path, Tally.kind, Tally.step)
    ):
        add(where, kind, step, 2, count)
    return {where: {name: Sum(*three) for name, three in of.items()} for where, of in found.items()}
