"""Deeds as people see them: a member's own, the lists and queue of an organiser, the sums of a subtree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, Select, cast, func, or_, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedList, DeedPhoto, Tally
from app.models.people import Chapter, Member, under
from app.services.commit import reading
from app.services.deeds.noting import BACK, GOOD, WAITING
from quizzes.deeds.kinds import counted
from quizzes.movement.checks import DONE, DRAWN, REVIEW

MOST_SHOWN = 200


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


def _lines() -> Select[Deed, bool, str, str]:
    photo = select(DeedPhoto.deed_id).where(DeedPhoto.deed_id == Deed.id).exists()
    return (
        select(Deed, photo, Member.name, Chapter.name)
        .join(Member, Member.id == Deed.member_id)
        .join(Chapter, Chapter.id == Deed.chapter_id)
    )


def _line(one: Deed, photo: bool, member: str, chapter: str) -> DeedLine:
    return DeedLine(one.id, one.kind, one.step, one.count, one.day, one.at, one.note, one.place, one.partner,
                    tuple(sign for sign in one.signs.split(",") if sign), one.state, one.list_id is not None,
                    one.outcome, photo, one.member_id, member, one.chapter_id, chapter)  # fmt: skip


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
    return (_line(*row[:4]), row[4]) if row else None


@reading
def odd(db: Session, path: str, limit: int = MOST_SHOWN) -> list[DeedLine]:
    """Deeds of a subtree that somebody has to look at before they can be listed."""
    waiting = (Deed.review == WAITING, Deed.state == WAITING, under(Chapter.path, path))
    return [_line(*row) for row in db.execute(_lines().where(*waiting).order_by(Deed.id).limit(limit))]


@dataclass(frozen=True)
class ListLine:
    """One list of verification. `asked` of its deeds are to be looked at, `left` of them still."""

    id: int
    chapter_id: int
    chapter: str
    count: int
    state: str
    frozen_at: int
    asked: int
    left: int


@reading
def lists(db: Session, path: str, limit: int = 50) -> list[ListLine]:
    """The lists of a subtree, those that wait for somebody first."""
    sampled = func.sum(cast(Deed.sampled, Integer))
    undecided = func.sum(cast(Deed.outcome == "", Integer))
    open_sample = func.sum(cast((Deed.outcome == "") & Deed.sampled, Integer))
    rows = db.execute(
        select(DeedList, Chapter.name, sampled, undecided, open_sample)
        .join(Chapter, Chapter.id == DeedList.chapter_id)
        .join(Deed, Deed.list_id == DeedList.id)
        .where(under(Chapter.path, path))
        .group_by(DeedList.id, Chapter.name)
        .order_by(DeedList.state == DONE, DeedList.id.desc())
        .limit(limit)
    )
    return [
        ListLine(one.id, one.chapter_id, name, one.count, one.state, one.frozen_at,
                 one.count if one.state == REVIEW else int(drawn or 0),
                 int((left if one.state == REVIEW else open_ or 0) or 0) if one.state in (REVIEW, DRAWN) else 0)
        for one, name, drawn, left, open_ in rows
    ]  # fmt: skip


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
    """How many deeds of a chapter could be frozen now."""
    open_ = (Deed.chapter_id == chapter_id, Deed.state == WAITING, Deed.list_id.is_(None), Deed.review != WAITING)
    return db.scalar(select(func.count()).select_from(Deed).where(*open_)) or 0


@dataclass(frozen=True)
class Sum:
    """What of a counted name a chapter has itself: verified deeds, waiting ones, and old figures."""

    good: int = 0
    waiting: int = 0
    old: int = 0


@reading
def own_sums(db: Session, path: str, names: Sequence[str] = ()) -> dict[str, dict[str, Sum]]:
    """path of a chapter -> counted name -> what it has itself, of the subtree; with `names`, of these only."""
    found: dict[str, dict[str, list[int]]] = {}

    def add(where: str, kind: str, step: str, place: int, count: int) -> None:
        name = counted(kind, step)
        if not names or name in names:
            found.setdefault(where, {}).setdefault(name, [0, 0, 0])[place] += int(count)

    deeds = select(Chapter.path, Deed.kind, Deed.step, Deed.state, func.sum(Deed.count)).join(
        Chapter, Chapter.id == Deed.chapter_id
    )
    shown = (under(Chapter.path, path), Deed.state.in_((GOOD, WAITING)))
    for where, kind, step, state, count in db.execute(
        deeds.where(*shown).group_by(Chapter.path, Deed.kind, Deed.step, Deed.state)
    ):
        add(where, kind, step, 0 if state == GOOD else 1, count)
    old = select(Chapter.path, Tally.kind, Tally.step, func.sum(Tally.count)).join(
        Chapter, Chapter.id == Tally.chapter_id
    )
    for where, kind, step, count in db.execute(
        old.where(under(Chapter.path, path)).group_by(Chapter.path, Tally.kind, Tally.step)
    ):
        add(where, kind, step, 2, count)
    return {where: {name: Sum(*three) for name, three in of.items()} for where, of in found.items()}
