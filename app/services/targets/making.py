"""Organisers set targets: one by one or a whole set; shares of the goal and denominators of the chapters below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.people import Chapter
from app.models.targets import Target, TargetShare
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.deeds.kinds import kinds_in
from app.services.movement.campaigns import new_public_id
from app.services.movement.clock import now_us
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.same import same_in
from quizzes.deeds.kinds import known
from quizzes.refusals import Rejected
from quizzes.targets.presets import PRESETS
from quizzes.targets.shapes import BASES, COUNT, DECLARATIONS, DECLARED, DEEDS, NONE, PERCENT, SHAPES, WAYS, WHOLE
from quizzes.text import visible

MOST = 1_000_000_000
"""The largest goal."""
MOST_TARGETS = 200
"""Targets of one chapter."""
LONGEST_COUNTS = 4_000
"""Characters of all that of deeds fills a target, as the column has room."""


@dataclass(frozen=True)
class Draft:
    """The content of a target's form. `goal`: a number, or hundredths of a percent."""

    title: str
    shape: str
    goal: int
    starts_on: date
    ends_on: date
    ways: tuple[str, ...]
    base: str = NONE
    counts: tuple[str, ...] = ()
    declares: str = ""
    unit: str = ""
    baseline: int = 0
    document: str = ""


@writing
def make(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> str:
    """A target for a chapter's subtree; its public id."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    _room(db, chapter_id, 1)
    return _make(db, actor_id, chapter_id, path, draft)


def _make(db: Session, actor_id: int, chapter_id: int, path: str, draft: Draft) -> str:
    new = Target(public_id=new_public_id(), chapter_id=chapter_id, **_checked(db, path, draft))
    known = same_in(db, new, "title", "shape", "goal", "starts_on", "ends_on", removed_at=None)
    if known is not None:
        return known.public_id
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "target.made", chapter_id=chapter_id, target=new.id)
    return new.public_id


@writing
def begin_with(
    db: Session, actor_id: int, chapter_id: int, preset: str, starts_on: date, ends_on: date, titles: Mapping[str, str]
) -> int:
    """All targets of a set that the chapter does not have yet; how many. `titles`: the set's sentences as they shall
    stand, in the organiser's language."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    found = PRESETS.get(preset)
    if found is None:
        raise Rejected("not_found")
    mine = (Target.chapter_id == chapter_id, Target.removed_at.is_(None))
    there = set(db.scalars(select(Target.title).where(*mine)))
    fresh = [one for one in found.targets if titles.get(one.title, one.title) not in there]
    _room(db, chapter_id, len(fresh))
    for one in fresh:
        said = {text: titles.get(text, text) for text in (one.title, one.unit, found.document) if text}
        _make(
            db,
            actor_id,
            chapter_id,
            path,
            Draft(
                said[one.title],
                one.shape,
                one.goal,
                starts_on,
                ends_on,
                one.ways,
                one.base,
                one.counts,
                one.declares,
                said.get(one.unit, ""),
                0,
                said.get(found.document, ""),
            ),
        )
    return len(fresh)


def _room(db: Session, chapter_id: int, more: int) -> None:
    mine = (Target.chapter_id == chapter_id, Target.removed_at.is_(None))
    if len(list(db.scalars(select(Target.id).where(*mine)))) + more > MOST_TARGETS:
        raise Rejected("too_many", most=MOST_TARGETS)


def _checked(db: Session, path: str, draft: Draft) -> dict[str, Any]:
    """The columns of a target, tidied. Raises `Rejected` with the field that is wrong."""
    title, unit, document = visible(draft.title), visible(draft.unit)[:40], visible(draft.document)[:200]
    if not 3 <= len(title) <= 200:
        raise Rejected("target_title", field="title")
    most = WHOLE if draft.shape == PERCENT else MOST
    if draft.shape not in SHAPES or not 1 <= draft.goal <= most:
        raise Rejected("target_goal", field="goal")
    if not 0 <= draft.baseline <= MOST:
        raise Rejected("target_number", field="baseline")
    if draft.ends_on <= draft.starts_on:
        raise Rejected("bad_dates", field="ends_on")
    ways, kinds = [one for one in WAYS if one in draft.ways], kinds_in(db, path, ended=True)
    counts = [one for one in draft.counts if known(one, kinds)] if DEEDS in ways else []
    declares = draft.declares if DECLARED in ways else ""
    if not ways or (DEEDS in ways and not counts) or (DECLARED in ways and declares not in DECLARATIONS):
        raise Rejected("target_ways", field="ways")
    if len(",".join(counts)) > LONGEST_COUNTS:
        raise Rejected("target_counts", field="counts")
    base = NONE if draft.shape == COUNT else draft.base
    if draft.shape == PERCENT and base not in BASES:
        raise Rejected("target_ways", field="base")
    return {
        "title": title,
        "shape": draft.shape,
        "unit": unit,
        "goal": draft.goal,
        "baseline": draft.baseline,
        "base": base,
        "ways": ",".join(ways),
        "counts": ",".join(counts),
        "declares": declares,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "document": document,
    }


def open_in(db: Session, actor_id: int, public_id: str) -> tuple[Target, str]:
    """The target and its chapter's path, for who organises there."""
    one = db.scalar(select(Target).where(Target.public_id == public_id, Target.removed_at.is_(None)))
    if one is None:
        raise Rejected("not_found")
    path = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    return one, path


@writing
def change(db: Session, actor_id: int, public_id: str, draft: Draft) -> None:
    """Correct a target; what was counted stays."""
    one, path = open_in(db, actor_id, public_id)
    for name, value in _checked(db, path, draft).items():
        setattr(one, name, value)
    if db.is_modified(one):
        audit_in(db, actor_id, "target.changed", chapter_id=one.chapter_id, target=one.id)


@writing
def remove(db: Session, actor_id: int, public_id: str) -> int:
    """Take a target away; its chapter. What filled it stays where it was noted."""
    one, _ = open_in(db, actor_id, public_id)
    one.removed_at = now_us(db)
    audit_in(db, actor_id, "target.removed", chapter_id=one.chapter_id, target=one.id)
    return one.chapter_id


@writing
def share_out(db: Session, actor_id: int, public_id: str, shares: Mapping[int, tuple[int | None, int | None]]) -> None:
    """Chapter -> (its part of the goal, its denominator), None for what is not given."""
    one, path = open_in(db, actor_id, public_id)
    changed = False
    inside = set(db.scalars(select(Chapter.id).where(Chapter.id.in_(shares), Chapter.path.startswith(path))))
    if inside != set(shares):
        raise Rejected("target_place")
    for chapter, (goal, denominator) in shares.items():
        if any(value is not None and not 0 <= value <= MOST for value in (goal, denominator)):
            raise Rejected("target_number", field=f"goal-{chapter}")
        row = insert(db, TargetShare).values(target_id=one.id, chapter_id=chapter, goal=goal, denominator=denominator)
        known = db.get(TargetShare, (one.id, chapter))
        if known is None or (known.goal, known.denominator) != (goal, denominator):
            same = {"goal": goal, "denominator": denominator}
            db.execute(row.on_conflict_do_update(index_elements=["target_id", "chapter_id"], set_=same))
            changed = True
    if changed:
        audit_in(db, actor_id, "target.shared", chapter_id=one.chapter_id, target=one.id)
