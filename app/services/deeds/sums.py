"""Kept sums of deeds: how many of a kind a chapter has in each state, and how many verified ones in each day and week,
so that no page adds up a million deeds.

A service that stores deeds or changes their state reports it here, in the same transaction: the sums are at every
moment what counting the deeds anew would give. A transaction changes each table of sums with one statement, first those
of states and then those of spans, in the order of their keys, so that two of them wait for each other and never hold
what the other needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.deeds import Deed, DeedSpan, DeedSum
from app.models.engines import insert
from app.models.people import Chapter, under
from quizzes.deeds.kinds import of_counted
from quizzes.deeds.spans import Run, spans_of

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


def _add_states(db: Session, changes: Counter[Key]) -> None:
    kept = Counter({key: count for key, count in changes.items() if key[-1] in KEPT})
    _add(db, DeedSum, ("chapter_id", "kind", "step", "state"), kept)


def _add(db: Session, table: type[DeedSum | DeedSpan], names: tuple[str, ...], changes: Counter[Any]) -> None:
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


def by_chapter_in(db: Session, path: str, names: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[str, int]]:
    """(path of a chapter, how many verified deeds) of a subtree, in runs of spans; a chapter may come several times."""
    yield from _spans(db, Chapter.path, path, names, runs)


def by_day_in(db: Session, path: str, names: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[date, int]]:
    """(last day of a span, how many verified deeds) of a whole subtree."""
    for run in runs:
        for first, count in _spans(db, DeedSpan.first, path, names, [run]):
            yield run.last_day(first), count


def _spans(
    db: Session, by: InstrumentedAttribute[Any], path: str, names: Sequence[str], runs: Sequence[Run]
) -> Iterator[tuple[Any, int]]:
    """Sums of each (counted name, run), grouped. Each part of the union reads one stretch of a chapter's key."""
    parts = [
        select(by, func.sum(DeedSpan.count))
        .join(Chapter, Chapter.id == DeedSpan.chapter_id)
        .where(
            under(Chapter.path, path),
            DeedSpan.kind == kind,
            DeedSpan.step == step,
            DeedSpan.days == run.days,
            DeedSpan.first.between(run.first, run.last),
        )
        .group_by(by)
        for kind, step in map(of_counted, names)
        for run in runs
    ]
    if parts:
        for key, count in db.execute(union_all(*parts)):
            yield key, int(count)
