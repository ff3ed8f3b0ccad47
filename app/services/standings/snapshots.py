"""Snapshots as they are computed: the live one, again and again while points come in, and what others would be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.standings import Standing, StandingSnapshot
from app.services.apart import apart
from app.services.commit import reading, writing
from app.services.points.balances import season_bounds
from app.services.standings import standings
from app.services.standings.gathering import gather
from app.services.standings.opened import LIVE, Snapshot, snapshot
from app.services.standings.scopes import Compared
from app.services.standings.standings import Held
from quizzes.hours import DAY
from quizzes.settings.fields import plain
from quizzes.standing.figures import Candidate, as_data
from quizzes.standing.placing import Placed, placed
from quizzes.standing.rules import HAND, PARENT, SIZE, Rules, band

AGAIN = 10 * 60 * 1_000_000
"""The time between two computations of the live snapshot, microseconds."""
WEEK = 7 * DAY
"""How old the ranks may be that today's are compared with, microseconds."""
SETTLES = 60 * DAY
"""How long after its season a standing still moves, microseconds."""


def refresh_due() -> int:
    """Computes every live snapshot that is due. Returns how many. One worker takes each."""
    due = _take_due()
    for number in due:
        refresh(number)
    return len(due)


@writing
def _take_due(db: Session) -> list[int]:
    now = now_us(db)
    query = select(Standing).where(Standing.due_at <= now, Standing.removed_at.is_(None)).with_for_update()
    found = list(db.scalars(query))
    for one in found:
        over = bool(one.season) and season_bounds(one.season)[1] + SETTLES < now
        one.due_at = now + (1000 * 365 * DAY if over else AGAIN)
    return [one.id for one in found]


def refresh(number: int) -> None:
    """Compute the live snapshot of a standing."""
    held, now = standings.numbered(number), now_of()
    body = computed(held, now)
    _store_live(number, held.revision, now, body)


def computed(held: Held, now: int) -> str:
    compared, candidates = gather(held.scope, now)
    return apart(_body, held, compared, candidates)


def _body(held: Held, compared: Sequence[Compared], candidates: Sequence[Candidate]) -> str:
    """The snapshot as JSON: everything that computing the places again needs. Equal data give equal text."""
    grouped = with_groups(held.rules, compared, candidates)
    return json.dumps(
        {
            "standing": held.public_id,
            "title": held.title,
            "kind": held.kind,
            "season": held.season,
            "campaign": held.campaign_id,
            "rules": plain(held.rules),
            "chapters": [[one.number, one.name, one.code, one.parent] for one in compared],
            "figures": [as_data(one) for one in grouped],
            "places": [row_data(row) for row in placed(held.rules, grouped)],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def row_data(row: Placed) -> list[Any]:
    return [row.number, row.group, row.rank, row.score, list(row.parts)]


def with_groups(rules: Rules, compared: Sequence[Compared], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their group (cụm, khối). Where groups are made by hand, who is in none gets ""."""
    by_hand = {code: one.title.get("vi", "") for one in rules.clusters for code in one.chapters}
    about = {one.number: one for one in compared}

    def group(one: Candidate) -> str:
        if rules.grouping == PARENT:
            return about[one.number].parent
        if rules.grouping == SIZE:
            low, high = band(rules.bounds, one.figures.people)
            return f"{low:05}–{high}" if high else f"{low:05}+"
        return by_hand.get(about[one.number].code, "") if rules.grouping == HAND else ""

    return [replace(one, group=group(one)) for one in candidates]


@reading
def now_of(db: Session) -> int:
    return now_us(db)


@writing
def _store_live(db: Session, number: int, revision: int, at: int, body: str) -> None:
    """Stores the live snapshot unless the rules changed meanwhile. Keeps the old ranks until they are a week old."""
    if db.scalar(select(Standing.revision).where(Standing.id == number)) != revision:
        return
    old = db.scalar(select(StandingSnapshot).filter_by(standing_id=number, no=LIVE))
    before, before_at = (old.before, old.before_at) if old else ("{}", 0)
    if old is not None and (not before_at or at - before_at > WEEK):
        ranks = {row[0]: row[2] for row in json.loads(old.body)["places"]}
        before, before_at = json.dumps(ranks), old.at
    values = {
        "at": at,
        "body": body,
        "before": before,
        "before_at": before_at,
        "digest": sha256(body.encode()).hexdigest(),
    }
    new = insert(db, StandingSnapshot).values(standing_id=number, no=LIVE, signature="", checkpoint="", **values)
    db.execute(new.on_conflict_do_update(index_elements=["standing_id", "no"], set_=values))


def preview(held: Held, rules: Rules) -> list[Placed]:
    """The places other rules would give to the figures of the live snapshot. Nothing is gathered again."""
    now = snapshot(held.id)
    return [] if now is None else apart(_placed, rules, now)


def _placed(rules: Rules, now: Snapshot) -> list[Placed]:
    compared = [Compared(number, *about, path="") for number, about in now.names.items()]
    return placed(rules, with_groups(rules, compared, list(now.candidates.values())))


@writing
def compute_now(db: Session, actor_id: int, public_id: str) -> None:
    """Let the next beat of the clock compute it. Rejected: standing_removed."""
    row = standings.changed_in(db, actor_id, public_id)
    db.execute(update(Standing).where(Standing.id == row.id).values(due_at=now_us(db)))
