"""Kept sums of deeds: how many of a kind a chapter has in each state, and how many verified ones in each day and week,
so that no page adds up a million deeds.

A service that stores deeds or changes their state reports it here, in the same transaction: the sums are at every
moment what counting the deeds anew would give. A transaction changes each table of sums with one statement, first those
of states, then those of spans and of all chapters' spans, in the order of their keys, so that two of them wait for each
other and never hold what the other needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, text, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.deeds import A_DAY, Deed, DeedSpan, DeedSum, DeedWhole
from app.models.engines import insert
from app.models.people import Chapter, under
from quizzes.deeds.kinds import of_counted
from quizzes.deeds.spans import Run, runs, spans_of

GOOD, WAITING = "good", "waiting"
KEPT = (GOOD, WAITING)
"""States that are summed: nobody asks for the sum of what was rejected or taken back."""
Key = tuple[int, str, str, str]
"""Chapter, kind, step, state."""
Span = tuple[int, str, str, int, date]
"""Chapter, kind, step, length in days, first day."""


def arrived_in(db: Session, rows: Iterable[tuple[int, str, str, str, int]]) -> None:
    """Deeds that were stored just now and wait: chapter, kind, step, state and count of each."""
    changes = Counter[Key]()
    for chapter, kind, step, state, count in rows:
        changes[chapter, kind, step, state] += count
    _add_states(db, changes)


def turn_in(db: Session, deeds: Sequence[Deed], state_of: Callable[[Deed], str]) -> None:
    """Give deeds their new states, and the sums with them. The caller holds them: nobody else turns them meanwhile."""
    changes, spans = Counter[Key](), Counter[Span]()
    for one in deeds:
        before, one.state = one.state, state_of(one)
        for state, count in ((before, -one.count), (one.state, one.count)):
            changes[one.chapter_id, one.kind, one.step, state] += count
            for span in spans_of(one.day) if state == GOOD else ():
                spans[one.chapter_id, one.kind, one.step, *span] += count
    _add_states(db, changes)
    _add(db, DeedSpan, ("chapter_id", "kind", "step", "days", "first"), spans)
    whole = Counter[Any]()
    for (_, *rest), count in spans.items():
        whole[tuple(rest)] += count
    _add(db, DeedWhole, ("kind", "step", "days", "first"), whole)


def _add_states(db: Session, changes: Counter[Key]) -> None:
    kept = Counter({key: count for key, count in changes.items() if key[-1] in KEPT})
    _add(db, DeedSum, ("chapter_id", "kind", "step", "state"), kept)


def _add(
    db: Session, table: type[DeedSum | DeedSpan | DeedWhole], names: tuple[str, ...], changes: Counter[Any]
) -> None:
    changed = sorted((key, count) for key, count in changes.items() if count)
    rows = [{**dict(zip(names, key, strict=True)), "count": count} for key, count in changed]
    if rows:
        new = insert(db, table)
        more = {"count": table.count + new.excluded.count}
        db.execute(new.on_conflict_do_update(index_elements=list(names), set_=more), rows)


def kept_in(db: Session, path: str) -> list[tuple[str, str, str, str, int]]:
    """Path of a chapter, kind, step, state and sum, of a subtree."""
    query = select(Chapter.path, DeedSum.kind, DeedSum.step, DeedSum.state, DeedSum.count)
    query = query.join(Chapter, Chapter.id == DeedSum.chapter_id).where(under(Chapter.path, path), DeedSum.count != 0)
    return [(where, kind, step, state, count) for where, kind, step, state, count in db.execute(query)]


def known_in(db: Session) -> tuple[date, date] | None:
    """The first and the last day with a verified deed anywhere."""
    by_day = text(A_DAY)
    ends = (select(end(DeedSpan.first)).where(by_day).scalar_subquery() for end in (func.min, func.max))
    first, last = tuple(db.execute(select(*ends)).one())
    return (first, last) if first and last else None


def by_chapter_in(
    db: Session, path: str, names: Sequence[str], days: tuple[date, date], known: tuple[date, date]
) -> Iterator[tuple[str, int]]:
    """(path of a chapter, how many verified deeds of these days) of a subtree; a chapter may come several times.

    Of the days that are `known`, those outside are taken from the sums of all where they are fewer: mostly none is.
    """
    (first, last), (begin, end) = days, known
    around = [*_run(begin, first - timedelta(days=1)), *_run(last + timedelta(days=1), end)]
    if sum(one.length for one in around) > (last - first).days:
        yield from _spans(db, Chapter.path, path, names, runs(first, last))
        return
    yield from _ever(db, path, names)
    for where, count in _spans(db, Chapter.path, path, names, around):
        yield where, -count


def by_day_in(db: Session, path: str, names: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[date, int]]:
    """(last day of a span, how many verified deeds) of a whole subtree; of all there are, none is added up."""
    roots = select(Chapter.path).where(Chapter.parent_id.is_(None)).limit(2)
    all_ = list(db.scalars(roots)) == [path]
    for run in runs:
        found = _of_all(db, names, run) if all_ else _spans(db, DeedSpan.first, path, names, [run])
        for first, count in found:
            yield run.last_day(first), count


def _of_all(db: Session, names: Sequence[str], run: Run) -> Iterator[tuple[date, int]]:
    for step, kinds in _by_step(names):
        query = select(DeedWhole.first, func.sum(DeedWhole.count)).group_by(DeedWhole.first)
        these = (DeedWhole.kind.in_(kinds), DeedWhole.step == step, DeedWhole.days == run.days)
        for first, count in db.execute(query.where(*these, DeedWhole.first.between(run.first, run.last))):
            yield first, int(count)


def _run(first: date, last: date) -> list[Run]:
    return runs(first, last) if first <= last else []


def _ever(db: Session, path: str, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for step, kinds in _by_step(names):
        query = select(Chapter.path, func.sum(DeedSum.count)).join(Chapter, Chapter.id == DeedSum.chapter_id)
        these = (DeedSum.kind.in_(kinds), DeedSum.step == step, DeedSum.state == GOOD)
        for where, count in db.execute(query.where(under(Chapter.path, path), *these).group_by(Chapter.path)):
            yield where, int(count)


def _by_step(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """(step, kinds) of counted names: kinds of one step are read together."""
    pairs = [of_counted(name) for name in names]
    for step in sorted({step for _, step in pairs}):
        yield step, [kind for kind, one in pairs if one == step]


def _spans(
    db: Session, by: InstrumentedAttribute[Any], path: str, names: Sequence[str], runs: Sequence[Run]
) -> Iterator[tuple[Any, int]]:
    """Sums of each (step, run), grouped. Each part of the union reads some stretches of a chapter's key."""
    parts = [
        select(by, func.sum(DeedSpan.count))
        .join(Chapter, Chapter.id == DeedSpan.chapter_id)
        .where(
            under(Chapter.path, path),
            DeedSpan.kind.in_(kinds),
            DeedSpan.step == step,
            DeedSpan.days == run.days,
            DeedSpan.first.between(run.first, run.last),
        )
        .group_by(by)
        for step, kinds in _by_step(names)
        for run in runs
    ]
    if parts:
        for key, count in db.execute(union_all(*parts)):
            yield key, int(count)
