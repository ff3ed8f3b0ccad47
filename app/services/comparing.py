"""Compares two databases: counted rows, the ledger's chain, rankings, and a show played again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.copying import counts
from app.models.points import Balance, Entry
from app.models.shows import Show
from app.services import points
from app.services.commit import reading
from app.services.shows import results
from quizzes import show as rules


def portrait() -> dict[str, Any]:
    """The facts about the bound database, in plain values that can be compared."""
    return {
        "rows": rows(),
        "chain": chain(),
        "ledger": points.verify(),
        "rankings": {str(one): _digest(points.chapter_ranking(season=one)) for one in seasons()},
        "show": replayed(latest_over()),
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The differences of two portraits, in words for an operator."""
    found = [
        f"{table}: {one['rows'].get(table)} rows, then {other['rows'].get(table)}"
        for table in sorted({*one["rows"], *other["rows"]})
        if one["rows"].get(table) != other["rows"].get(table)
    ]
    return found + [f"{part} differs" for part in ("chain", "ledger", "rankings", "show") if one[part] != other[part]]


@reading
def rows(db: Session) -> dict[str, int]:
    """Every table's number of rows."""
    return counts(db.connection())


@reading
def chain(db: Session) -> list[Any]:
    """The number and the head of the last entry."""
    last = db.execute(select(Entry.id, Entry.chain).order_by(Entry.id.desc()).limit(1)).first()
    return list(last) if last else []


@reading
def seasons(db: Session) -> list[int]:
    """The seasons that have balances."""
    return sorted(set(db.scalars(select(Balance.season).distinct())) - {0})


@reading
def latest_over(db: Session) -> int | None:
    """The last show that is over."""
    return db.scalar(select(func.max(Show.id)).where(Show.over_at.is_not(None)))


def replayed(show_id: int | None) -> dict[str, Any]:
    """A show folded from its journal and graded again from its ballots: its results, and what does not fit."""
    if show_id is None:
        return {}
    state, problems = results.replay(results.record(show_id))
    return {"id": show_id, "results": _digest(rules.results(state)), "problems": problems}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=vars, sort_keys=True).encode()).hexdigest()
