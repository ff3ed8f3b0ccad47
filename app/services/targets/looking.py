"""Targets as people see them: where a chapter and those below stand, day by day, and the figures behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.deeds import Tally
from app.models.people import Chapter, under
from app.models.targets import Target, TargetFigure, TargetShare
from app.services.commit import reading, reading_aside
from app.services.deeds import sums
from app.services.deeds.noting import day_at
from app.services.movement.clock import now_us
from app.services.people.chapters import ids_of
from app.services.rows import Numbered, OfChapter
from app.services.targets import declared
from app.services.targets.declared import NOBODY, Declared
from quizzes.deeds.kinds import counted, of_counted
from quizzes.deeds.spans import runs
from quizzes.deeds.sums import along
from quizzes.targets.shapes import DECLARED, DEEDS, GIVEN, HAND, IMPORT, MEMBERS, PERCENT, WINDOW, Standing, denominator

Own = Counter[str]
Days = Counter[date]


@dataclass(frozen=True)
class TargetLine(OfChapter, Numbered):
    """One target as pages show it."""

    title: str
    shape: str
    unit: str
    goal: int
    baseline: int
    base: str
    ways: tuple[str, ...]
    counts: tuple[str, ...]
    declares: str
    starts_on: date
    ends_on: date
    document: str


@dataclass(frozen=True)
class Counted:
    """The counts that fill a target in a subtree. `own`: path -> how many a chapter has itself. `days`: day -> how many
    all of them have; of what is older than four weeks some stands at the last day of its week."""

    own: dict[str, int]
    days: dict[date, int]
    given: dict[str, int]
    members: dict[str, int]
    goals: dict[str, int]

    def of(self, target: TargetLine, path: str) -> Standing:
        """The standing of a chapter with everything below it. The baseline belongs to the target's own chapter."""
        top = path == target.path
        numerator = self._sums.get(path, 0) + (target.baseline if top else 0)
        return self._standing(target, path, numerator)

    def all_of(self, target: TargetLine, paths: list[str]) -> dict[str, Standing]:
        """The same for several chapters, summed once."""
        return {path: self._standing(target, path, self._sums.get(path, 0)) for path in paths}

    @cached_property
    def _sums(self) -> dict[str, int]:
        return along(self.own)

    @cached_property
    def _people(self) -> dict[str, int]:
        return along(self.members)

    def _standing(self, target: TargetLine, path: str, numerator: int) -> Standing:
        top, base = path == target.path, None
        if target.base == MEMBERS:
            base = self._people.get(path, 0)
        elif target.base == GIVEN:
            base = denominator(path, self.given)
        goal = target.goal if top or target.shape == PERCENT else self.goals.get(path)
        return Standing(target.shape, goal, numerator, base)


def _line(one: Target, chapter: str, path: str) -> TargetLine:
    return TargetLine(
        one.id,
        one.public_id,
        one.chapter_id,
        chapter,
        path,
        one.title,
        one.shape,
        one.unit,
        one.goal,
        one.baseline,
        one.base,
        tuple(one.ways.split(",")),
        tuple(filter(None, one.counts.split(","))),
        one.declares,
        one.starts_on,
        one.ends_on,
        one.document,
    )


@reading
def target(db: Session, public_id: str) -> TargetLine | None:
    """One target by what stands in addresses."""
    query = select(Target, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Target.chapter_id)
    row = db.execute(query.where(Target.public_id == public_id, Target.removed_at.is_(None))).first()
    return _line(*row) if row else None


@reading
def targets(db: Session, path: str) -> list[TargetLine]:
    """The targets a chapter takes part in: those from above first, then its own, each in the order they were made."""
    rows = db.execute(
        select(Target, Chapter.name, Chapter.path)
        .join(Chapter, Chapter.id == Target.chapter_id)
        .where(Target.chapter_id.in_(ids_of(path)), Target.removed_at.is_(None))
    ).all()
    return [_line(*row) for row in sorted(rows, key=lambda row: (len(row[2]), row[0].id))]


def numbers(one: TargetLine, within: str = "") -> Counted:
    """Everything that is counted for a target, by chapter and day; of one chapter and those below it where `within`
    names its path."""
    return numbers_of([one], within or one.path)[0]


def numbers_of(those: Sequence[TargetLine], within: str) -> list[Counted]:
    """The same for several targets, in their order; members and what they declare are counted once."""
    said = {one.declares: declared.of(one.declares, within) for one in those if DECLARED in one.ways}
    return _numbers_of(
        those, within, said, declared.people(within) if any(one.base == MEMBERS for one in those) else {}
    )


@reading_aside
def _numbers_of(
    db: Session, those: Sequence[TargetLine], within: str, said: Mapping[str, Declared], people: dict[str, int]
) -> list[Counted]:
    return [_numbers(db, one, within, people, said[one.declares] if DECLARED in one.ways else NOBODY) for one in those]


def _numbers(db: Session, one: TargetLine, within: str, people: dict[str, int], said: Declared) -> Counted:
    own, days = Counter[str](said.own), Counter[date](said.days)
    for fills, way in ((_deeds, DEEDS), (_figures, HAND), (_figures, IMPORT)):
        if way in one.ways:
            fills(db, one, within, way, own, days)
    shares = db.execute(
        select(Chapter.path, TargetShare.goal, TargetShare.denominator)
        .join(Chapter, Chapter.id == TargetShare.chapter_id)
        .where(TargetShare.target_id == one.id, under(Chapter.path, within))
    ).all()
    return Counted(
        dict(own),
        dict(days),
        {path: base for path, _, base in shares if base is not None},
        people,
        {path: goal for path, goal, _ in shares if goal is not None},
    )


def _deeds(db: Session, one: TargetLine, within: str, _way: str, own: Own, days: Days) -> None:
    """Verified deeds within the dates, from kept sums, and old figures of those days."""
    fine = day_at(now_us(db)) - timedelta(days=WINDOW - 1)
    known = sums.known_in(db) or (date.max, date.min)
    first, last = max(one.starts_on, known[0]), min(one.ends_on, known[1])
    if first <= last:
        for path, count in sums.by_chapter_in(db, within, one.counts, (first, last), known):
            own[path] += count
        for day, count in sums.by_day_in(db, within, one.counts, runs(first, last, fine)):
            days[day] += count
    kinds = {of_counted(name)[0] for name in one.counts}
    old = select(Chapter.path, Tally.kind, Tally.step, Tally.day, func.sum(Tally.count))
    inside = (under(Chapter.path, within), Tally.kind.in_(kinds), Tally.day.between(one.starts_on, one.ends_on))
    old = old.join(Chapter, Chapter.id == Tally.chapter_id).where(*inside)
    for path, kind, step, day, count in db.execute(old.group_by(Chapter.path, Tally.kind, Tally.step, Tally.day)):
        if counted(kind, step) in one.counts:
            _add(path, day, int(count), own, days)


def _figures(db: Session, one: TargetLine, within: str, way: str, own: Own, days: Days) -> None:
    """Figures by hand or from files."""
    figures = select(Chapter.path, TargetFigure.day, func.sum(TargetFigure.count))
    figures = figures.join(Chapter, Chapter.id == TargetFigure.chapter_id)
    good = (TargetFigure.target_id == one.id, TargetFigure.removed_at.is_(None), TargetFigure.way == way)
    for path, day, count in db.execute(
        figures.where(*good, under(Chapter.path, within)).group_by(Chapter.path, TargetFigure.day)
    ):
        _add(path, day, int(count), own, days)


def _add(path: str, day: date, count: int, own: Own, days: Days) -> None:
    own[path] += count
    days[day] += count


@dataclass(frozen=True)
class FigureLine:
    """One figure by hand or from a file."""

    id: int
    chapter: str
    path: str
    way: str
    day: date
    count: int
    evidence: str


@reading
def figures(db: Session, target_id: int, path: str, limit: int = 200) -> list[FigureLine]:
    """The figures of a subtree, the newest day first."""
    rows = db.execute(
        select(TargetFigure, Chapter.name, Chapter.path)
        .join(Chapter, Chapter.id == TargetFigure.chapter_id)
        .where(TargetFigure.target_id == target_id, TargetFigure.removed_at.is_(None), under(Chapter.path, path))
        .order_by(TargetFigure.day.desc(), TargetFigure.id.desc())
        .limit(limit)
    )
    return [FigureLine(one.id, name, where, one.way, one.day, one.count, one.evidence) for one, name, where in rows]
