"""Snapshots of standings opened for reading: their text is taken apart in turns, and kept for whoever asks next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.standings import StandingSnapshot
from app.services.commit import breathe, in_turns, reading
from quizzes.settings.fields import read
from quizzes.standing.figures import Candidate, from_data
from quizzes.standing.placing import Change, Placed, changes
from quizzes.standing.rules import Rules

LIVE = 0
"""The number of the snapshot that is made anew; frozen ones count from 1."""


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
    text_digest: str = ""
    """Of the text that was opened; `digest` is what is stored beside it."""

    def row(self, number: int) -> Placed | None:
        """A chapter's row."""
        return next((one for one in self.rows if one.number == number), None)

    @cached_property
    def groups(self) -> list[str]:
        return sorted({row.group for row in self.rows})

    @cached_property
    def moves(self) -> list[Change]:
        """Those whose rank is another than before, the largest climb or fall first."""
        return changes(self.before, self.rows) if self.before_at else []


MOST_KNOWN = 6
"""Opened snapshots a process keeps: with 5,000 chapters the text of one is a megabyte."""
Version = tuple[int, int, str]
_known: dict[tuple[int, int], tuple[Version | None, Snapshot | None]] = {}
_opening = Lock()


def snapshot(standing_id: int, no: int = LIVE) -> Snapshot | None:
    """One snapshot, opened; None where there is none (the live one before the first beat of the clock). Who asks while
    one is being opened waits for it."""
    version = _version(standing_id, no)
    known = _known.get((standing_id, no))
    if known is not None and known[0] == version:
        return known[1]
    with _opening:
        known = _known.get((standing_id, no))
        if known is None or known[0] != version:
            if len(_known) >= MOST_KNOWN:
                _known.clear()
            row = _read(standing_id, no) if version else None
            known = _known[standing_id, no] = version, None if row is None else opened(row)
    return known[1]


@reading
def _version(db: Session, standing_id: int, no: int) -> Version | None:
    """The version of a snapshot, which changes whenever it is stored again; None where there is none."""
    of = StandingSnapshot
    row = db.execute(select(of.at, of.before_at, of.digest).where(of.standing_id == standing_id, of.no == no)).first()
    return (row[0], row[1], row[2]) if row else None


@reading
def _read(db: Session, standing_id: int, no: int) -> Any:
    of = StandingSnapshot
    columns = (of.no, of.at, of.body, of.before, of.before_at, of.digest, of.signature, of.checkpoint)
    return db.execute(select(*columns).where(of.standing_id == standing_id, of.no == no)).first()


def opened(row: Any) -> Snapshot:
    """A stored snapshot, taken apart in turns: of 5,000 chapters in one go nobody else in the process was served for
    70 ms."""
    body = json.loads(row.body)
    breathe()
    candidates = {one.number: one for one in map(from_data, in_turns(body["figures"]))}
    rows = [Placed(one[0], one[1], one[2], one[3], tuple(one[4])) for one in in_turns(body["places"])]
    return Snapshot(
        row.no,
        row.at,
        read(Rules, body["rules"], []),
        {one[0]: tuple(one[1:]) for one in in_turns(body["chapters"])},
        candidates,
        rows,
        {int(number): rank for number, rank in json.loads(row.before).items()},
        row.before_at,
        row.digest,
        row.signature,
        row.checkpoint,
        digest_of(row.body),
    )


def digest_of(text: str) -> str:
    """SHA-256 of a snapshot's text."""
    return sha256(text.encode()).hexdigest()


@reading
def frozen(db: Session, standing_id: int) -> list[tuple[int, int]]:
    """(number, moment) of every frozen snapshot, the newest first."""
    query = select(StandingSnapshot.no, StandingSnapshot.at).where(StandingSnapshot.standing_id == standing_id)
    rows = db.execute(query.where(StandingSnapshot.no > LIVE).order_by(StandingSnapshot.no.desc()))
    return [(row[0], row[1]) for row in rows]


@reading
def text_of(db: Session, standing_id: int, no: int) -> str:
    """The text of a snapshot exactly as it was sealed; "" where there is none."""
    query = select(StandingSnapshot.body).where(StandingSnapshot.standing_id == standing_id, StandingSnapshot.no == no)
    return db.scalar(query) or ""
