"""Fills targets from sources besides deeds: members' own declarations, figures by hand with evidence, figures from a
file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.people import Chapter, Member
from app.models.targets import Declaration, Target, TargetFigure
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.targets import declared as sums
from app.services.targets.making import MOST, open_in
from quizzes.refusals import Rejected
from quizzes.targets.shapes import DECLARATIONS, HAND, IMPORT
from quizzes.text import visible


def declare(member_id: int, what: Sequence[str]) -> None:
    """Everything a member says of themselves now; what is not named any more is taken back."""
    _declare(member_id, what)
    sums.forget()


@writing
def _declare(db: Session, member_id: int, what: Sequence[str]) -> None:
    if db.get_one(Member, member_id).left_at is not None:
        raise Rejected("forbidden")
    said = [one for one in DECLARATIONS if one in what]
    mine = Declaration.member_id == member_id
    db.execute(delete(Declaration).where(mine, Declaration.what.not_in(said)))
    for one in said:
        row = insert(db, Declaration).values(member_id=member_id, what=one, at=now_us(db))
        db.execute(row.on_conflict_do_nothing())


@reading
def declared(db: Session, member_id: int) -> set[str]:
    """The declarations of a member."""
    return set(db.scalars(select(Declaration.what).where(Declaration.member_id == member_id)))


@dataclass(frozen=True)
class Figure:
    """Add to a target by a day in a chapter. `client_id` makes sending it twice the same."""

    client_id: str
    chapter_id: int
    day: date
    count: int
    evidence: str


@writing
def add(db: Session, actor_id: int, public_id: str, figure: Figure) -> None:
    """A figure by hand, with its evidence; by who organises over the chapter it is of."""
    one = db.scalar(select(Target).where(Target.public_id == public_id, Target.removed_at.is_(None)))
    if one is None:
        raise Rejected("not_found")
    path = path_of_in(db, figure.chapter_id)
    if not path.startswith(path_of_in(db, one.chapter_id)):
        raise Rejected("target_place", field="chapter")
    require_in(db, actor_id, ORGANISER, path)
    if HAND not in one.ways.split(","):
        raise Rejected("not_now")
    if _store(db, actor_id, one, HAND, [figure], needs_evidence=True):
        audit_in(db, actor_id, "target.figure", chapter_id=figure.chapter_id, target=one.id, count=figure.count)


@writing
def take(db: Session, actor_id: int, public_id: str, figures: Sequence[Figure]) -> int:
    """Figures of a file, all of them; how many."""
    return take_in(db, actor_id, public_id, figures)


def take_in(db: Session, actor_id: int, public_id: str, figures: Sequence[Figure]) -> int:
    one, path = open_in(db, actor_id, public_id)
    if IMPORT not in one.ways.split(","):
        raise Rejected("not_now")
    chapters = {figure.chapter_id for figure in figures}
    inside = select(Chapter.id).where(Chapter.id.in_(chapters), Chapter.path.startswith(path))
    if set(db.scalars(inside)) != chapters:
        raise Rejected("target_place")
    _store(db, actor_id, one, IMPORT, figures, needs_evidence=False)
    audit_in(db, actor_id, "target.imported", chapter_id=one.chapter_id, target=one.id, count=len(figures))
    return len(figures)


def _store(db: Session, actor_id: int, one: Target, way: str, figures: Sequence[Figure], needs_evidence: bool) -> int:
    """Those that were not there; how many."""
    rows = []
    for figure in figures:
        evidence = visible(figure.evidence)[:300]
        if not 0 <= figure.count <= MOST or (way == HAND and figure.count == 0):
            raise Rejected("target_number", field="count")
        if needs_evidence and len(evidence) < 3:
            raise Rejected("target_evidence", field="evidence")
        rows.append(
            {
                "target_id": one.id,
                "chapter_id": figure.chapter_id,
                "client_id": figure.client_id,
                "way": way,
                "day": figure.day,
                "count": figure.count,
                "evidence": evidence,
                "made_by": actor_id,
                "made_at": now_us(db),
            }
        )
    new = insert(db, TargetFigure).on_conflict_do_nothing().returning(TargetFigure.id)
    return sum(len(db.scalars(new, rows[start : start + 500]).all()) for start in range(0, len(rows), 500))


@writing
def take_off(db: Session, actor_id: int, figure_id: int) -> str:
    """A figure that was wrong does not count any more; its target's public id."""
    figure = db.get(TargetFigure, figure_id)
    if figure is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, path_of_in(db, figure.chapter_id))
    if figure.removed_at is None:
        figure.removed_at = now_us(db)
        audit_in(db, actor_id, "target.figure_removed", chapter_id=figure.chapter_id, target=figure.target_id)
    return db.get_one(Target, figure.target_id).public_id
