"""Snapshots: the live one, computed again while points come in, and those that were frozen, opened for reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.standings import Standing, StandingSnapshot
from app.services.apart import apart
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.points.balances import season_bounds
from app.services.standings import standings
from app.services.standings.gathering import gather
from app.services.standings.scopes import Compared
from app.services.standings.standings import Held
from quizzes.hours import DAY
from quizzes.settings.fields import plain, read
from quizzes.standing.figures import Candidate, as_data, from_data
from quizzes.standing.placing import Placed, placed
from quizzes.standing.rules import HAND, PARENT, SIZE, Rules, band

LIVE = 0
AGAIN = 10 * 60 * 1_000_000
"""How often the live snapshot is computed again."""
WEEK = 7 * DAY
SETTLES = 60 * DAY
"""How long after its season a standing still moves."""


@dataclass(frozen=True)
class Snapshot:
    """A standing at a moment, opened for reading. `names`: chapter -> (name, code, parent)."""

    no: int
    at: int
    rules: Rules
    names: Mapping[int, tuple[str, str, str]]
    candidates: Mapping[int, Candidate]
    rows: Sequence[Placed]
    before: Mapping[int, int]
    before_at: int
    digest: str
    signature: str
    checkpoint: str

    def row(self, number: int) -> Placed | None:
        """A chapter's row."""
        return next((one for one in self.rows if one.number == number), None)

    @property
    def groups(self) -> list[str]:
        return sorted({row.group for row in self.rows})


def refresh_due() -> int:
    """Compute again what is due; how many. Each is taken by one worker."""
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
    """Everything anybody needs to compute the places again, in one spelling."""
    grouped = with_groups(held.rules, compared, candidates)
    return json.dumps(
        {
            "standing": held.public_id, "title": held.title, "kind": held.kind, "season": held.season,
            "campaign": held.campaign_id, "rules": plain(held.rules),
            "chapters": [[one.number, one.name, one.code, one.parent] for one in compared],
            "figures": [as_data(one) for one in grouped],
            "places": [row_data(row) for row in placed(held.rules, grouped)],
        },
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip


def row_data(row: Placed) -> list[Any]:
    return [row.number, row.group, row.rank, row.score, list(row.parts)]


def with_groups(rules: Rules, compared: Sequence[Compared], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each candidate in its cụm or khối; who is in none that was made by hand stands in the group ""."""
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
    """Unless the rules changed meanwhile: then it is due again anyway. Ranks of a week ago stay beside it."""
    if db.scalar(select(Standing.revision).where(Standing.id == number)) != revision:
        return
    old = db.scalar(select(StandingSnapshot).filter_by(standing_id=number, no=LIVE))
    before, before_at = (old.before, old.before_at) if old else ("{}", 0)
    if old is not None and (not before_at or at - before_at > WEEK):
        ranks = {row[0]: row[2] for row in json.loads(old.body)["places"]}
        before, before_at = json.dumps(ranks), old.at
    values = {"at": at, "body": body, "before": before, "before_at": before_at,
              "digest": sha256(body.encode()).hexdigest()}  # fmt: skip
    new = insert(db, StandingSnapshot).values(standing_id=number, no=LIVE, signature="", checkpoint="", **values)
    db.execute(new.on_conflict_do_update(index_elements=["standing_id", "no"], set_=values))


@reading
def snapshot(db: Session, standing_id: int, no: int = LIVE) -> Snapshot | None:
    """One snapshot, opened; None where there is none (the live one before the first beat of the clock)."""
    found = db.scalar(select(StandingSnapshot).filter_by(standing_id=standing_id, no=no))
    return _opened(found) if found else None


@reading
def frozen(db: Session, standing_id: int) -> list[tuple[int, int]]:
    """(number, moment) of every frozen snapshot, the newest first."""
    query = select(StandingSnapshot.no, StandingSnapshot.at).where(StandingSnapshot.standing_id == standing_id)
    rows = db.execute(query.where(StandingSnapshot.no > LIVE).order_by(StandingSnapshot.no.desc()))
    return [(row[0], row[1]) for row in rows]


@reading
def text_of(db: Session, standing_id: int, no: int) -> str:
    """What was sealed, letter by letter."""
    query = select(StandingSnapshot.body).where(StandingSnapshot.standing_id == standing_id, StandingSnapshot.no == no)
    return db.scalar(query) or ""


def _opened(one: StandingSnapshot) -> Snapshot:
    body = json.loads(one.body)
    candidates = [from_data(row) for row in body["figures"]]
    rows = [Placed(row[0], row[1], row[2], row[3], tuple(row[4])) for row in body["places"]]
    return Snapshot(
        one.no, one.at, read(Rules, body["rules"], []), {row[0]: tuple(row[1:]) for row in body["chapters"]},
        {row.number: row for row in candidates}, rows,
        {int(number): rank for number, rank in json.loads(one.before).items()}, one.before_at, one.digest,
        one.signature, one.checkpoint,
    )  # fmt: skip


def preview(held: Held, rules: Rules) -> list[Placed]:
    """The places other rules would give to the figures of the live snapshot. Nothing is gathered again."""
    now = snapshot(held.id)
    if now is None:
        return []
    compared = [Compared(number, *about, path="") for number, about in now.names.items()]
    return placed(rules, with_groups(rules, compared, list(now.candidates.values())))


@writing
def compute_now(db: Session, actor_id: int, public_id: str) -> None:
    """Let the next beat of the clock compute it."""
    row = standings.standing_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, row.chapter_id))
    db.execute(update(Standing).where(Standing.id == row.id).values(due_at=now_us(db)))
