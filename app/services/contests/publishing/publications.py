"""The publications of a contest: provisional results and, after the complaints, official ones.

A publication covers the waves that were settled at its `computed_at`. They are made in `making`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.engines import database
from app.models.publications import Publication
from app.services.apart import apart
from app.services.commit import reading
from app.services.contests.contests import frozen
from quizzes.contest.results.showing import Visible, complaints_until, results_state, visible
from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.attempts import settled_at
from quizzes.refusals import Rejected

PROVISIONAL, OFFICIAL = "provisional", "official"


@dataclass(frozen=True)
class Heading:
    """A publication without its table."""

    id: int
    no: int
    state: str
    computed_at: int
    at: int
    digest: str
    signature: str
    repaired: tuple[int, ...] = ()
    """The waves whose results this one changed after they had been published."""
    rows: str = ""
    """The signature over the digests of its visible rows."""


@dataclass(frozen=True)
class Published:
    """A publication with its table (`quizzes.contest.results.outcome.table`), opened for reading."""

    heading: Heading
    results: dict[str, Any]
    boards: Mapping[tuple[int, str], Sequence[Sequence[Any]]]
    """(wave, division) -> rows"""
    rows: Mapping[tuple[int, str], Mapping[int, int]]
    """(wave, division) -> member -> where the row is"""
    counted: tuple[int, int, int]
    """In the boards of waves: people, results, and people with everything right."""

    def row(self, wave: int, division: str, member: int) -> Sequence[Any] | None:
        """The row of a member, wherever it stands."""
        at = self.rows.get((wave, division), {}).get(member)
        return None if at is None else self.boards[wave, division][at]


@dataclass(frozen=True)
class WaveState:
    """`state` as in showing.results_state; `heading` is the newest publication that covers the wave."""

    wave: int
    state: str
    heading: Heading | None
    complaints_until: int | None


def covered(rules: Rules, computed_at: int) -> list[int]:
    """The waves that were settled then: nothing of them could change any more."""
    return [wave for wave in range(len(rules.waves)) if settled_at(rules, wave) <= computed_at]


@reading
def headings(db: Session, contest_id: int) -> list[Heading]:
    """Every publication, in order."""
    return kept_headings_in(db, contest_id)


def headings_in(db: Session, contest_id: int) -> list[Heading]:
    columns = (
        Publication.id,
        Publication.no,
        Publication.state,
        Publication.computed_at,
        Publication.at,
        Publication.digest,
        Publication.signature,
        Publication.repaired,
        Publication.rows_digest,
    )
    rows = db.execute(select(*columns).where(Publication.contest_id == contest_id).order_by(Publication.no))
    return [Heading(*row[:7], tuple(json.loads(row.repaired)), row.rows_digest) for row in rows]


def kept_headings_in(db: Session, contest_id: int) -> list[Heading]:
    """The same, each read once: what stands in a row behind a province's table of 8 MB takes a walk through all of it,
    and a publication never changes. Its moment is part of its key: SQLite gives the numbers of deleted rows again."""
    numbers = select(Publication.id, Publication.computed_at).where(Publication.contest_id == contest_id)
    asked = [(number, computed_at) for number, computed_at in db.execute(numbers.order_by(Publication.no))]
    kept = _headings.setdefault(database.engine, {})
    if any(one not in kept for one in asked):
        if len(kept) >= MOST_HEADINGS:
            kept.clear()
        kept.update({(one.id, one.computed_at): one for one in headings_in(db, contest_id)})
    return [kept[one] for one in asked]


@reading
def states(db: Session, contest_id: int, now: int) -> list[WaveState]:
    """The state that the results page of each wave shows now."""
    found = kept_headings_in(db, contest_id)
    rules = frozen(contest_id).rules
    return [wave_state(rules, wave, now, found) for wave in range(len(rules.waves))]


def wave_state(rules: Rules, wave: int, now: int, found: Sequence[Heading]) -> WaveState:
    mine = [one for one in found if one.computed_at >= settled_at(rules, wave)]
    first = next((one.at for one in mine if one.state == PROVISIONAL), 0)
    official = next((one.at for one in mine if one.state == OFFICIAL), 0)
    changed = max((one.at for one in mine if wave in one.repaired), default=0)
    until = complaints_until(rules, max(first, changed)) if first else None
    return WaveState(wave, results_state(rules, wave, now, first, official), mine[-1] if mine else None, until)


def shown(rules: Rules, wave: int, state: str, now: int) -> Visible:
    """The parts of a wave's results that may be seen in this state."""
    return visible(rules, wave, now, state in (PROVISIONAL, OFFICIAL), state == OFFICIAL)


_headings: WeakKeyDictionary[Engine, dict[tuple[int, int], Heading]] = WeakKeyDictionary()
MOST_HEADINGS = 1000  # headings of publications kept in memory
_tables: WeakKeyDictionary[Engine, dict[int, Published]] = WeakKeyDictionary()
MOST_KEPT = 8  # publications kept in memory


def published(contest_id: int, no: int) -> Published:
    """A publication with its table; the last few are kept in memory, as they never change."""
    heading = next((one for one in headings(contest_id) if one.no == no), None)
    if heading is None:
        raise Rejected("not_found")
    kept = _tables.setdefault(database.engine, {})
    if heading.id not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[heading.id] = apart(_opened, heading, text_of(heading.id))
    return kept[heading.id]


def _opened(heading: Heading, text: str) -> Published:
    results = json.loads(text)
    boards = {(one["wave"], one["division"]): one["rows"] for one in results["boards"]}
    rows = {key: {row[1]: at for at, row in enumerate(found)} for key, found in boards.items()}
    ranked = [row for (wave, _), found in boards.items() if wave >= 0 for row in found]
    full = {row[1] for row in ranked if row[4] == row[5]}
    return Published(heading, results, boards, rows, (len({row[1] for row in ranked}), len(ranked), len(full)))


@reading
def text_of(db: Session, publication_id: int) -> str:
    """The published table exactly as it was signed."""
    return db.get_one(Publication, publication_id).results
