"""Checkpoints of the ledger: made once a day, after everything since the last one was checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import lock, now_us
from app.models.points import Checkpoint, Entry, LedgerKey
from app.services.commit import reading, writing
from app.services.points.balances import VIETNAM
from app.services.points.frozen_lists import newly_frozen_in, stand_in
from app.services.points.signing import keys
from app.services.points.verifying import chained
from app.services.points.writing import CHAIN_LOCK
from quizzes.ledger import GENESIS, checkpoints
from quizzes.ledger.chain import walk
from quizzes.ledger.checkpoints import Handover

DAY = 24 * 3600 * 1_000_000


class Broken(RuntimeError):
    """The ledger does not follow from its newest checkpoint: nothing is signed until somebody has looked."""


def wanted(now: int) -> bool:
    """True when today has no checkpoint yet."""
    newest = _newest()
    return newest is None or _day(newest.at) != _day(now)


def daily(now: int) -> checkpoints.Checkpoint | None:
    """Make today's checkpoint if there is none yet."""
    return _checked_and_made(now, once_a_day=True) if wanted(now) else None


def make(now: int) -> checkpoints.Checkpoint:
    """Check what was appended since the last checkpoint, then sign where the ledger stands now."""
    made = _checked_and_made(now, once_a_day=False)
    if made is None:
        raise Broken("no checkpoint was made")
    return made


def _checked_and_made(now: int, *, once_a_day: bool) -> checkpoints.Checkpoint | None:
    before = _newest()
    start, after = (before.head, before.entries) if before else (GENESIS, 0)
    broken = next(walk(chained(after), start, after), None)
    if broken is not None or (after and _head_at(after) != start):
        raise Broken(f"entry {broken.no if broken else after} does not follow from the last checkpoint")
    return _make(now, once_a_day)


@writing
def _make(db: Session, now: int, once_a_day: bool) -> checkpoints.Checkpoint | None:
    lock(db, CHAIN_LOCK, 0)
    newest = db.scalar(select(func.max(Checkpoint.at)))
    if once_a_day and newest is not None and _day(newest) == _day(now):
        return None  # another worker was first
    last = db.execute(select(Entry.id, Entry.chain).order_by(Entry.id.desc()).limit(1)).first()
    key = _key(db, now)
    frozen = newly_frozen_in(db)
    at = datetime.fromtimestamp(now // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = checkpoints.Checkpoint(
        last.id if last else 0,
        last.chain if last else GENESIS,
        checkpoints.frozen(frozen.values()),
        at,
        key.no,
        key.public_key,
    )
    said = replace(said, signature=keys.sign(key.no, said.signed()))
    new = Checkpoint(entries=said.count, head=said.head, at=now, text=said.text())
    db.add(new)
    db.flush()
    stand_in(db, list(frozen), new.id)
    return said


def _key(db: Session, now: int) -> LedgerKey:
    """The newest key, if it is still ours; the first one, or one that nobody handed over, if not."""
    newest = db.scalar(select(LedgerKey).order_by(LedgerKey.no.desc()).limit(1))
    if newest is not None and newest.public_key == keys.public(newest.no):
        return newest
    return _add_key(db, newest.no + 1 if newest else 1, "", now)


def _add_key(db: Session, no: int, endorsed: str, now: int) -> LedgerKey:
    new = LedgerKey(no=no, public_key=keys.public(no), endorsed=endorsed)
    db.add(new)
    db.flush()
    return new


@writing
def rotate(db: Session) -> int:
    """Begin to sign with the next key, which the present one hands over to; its number."""
    lock(db, CHAIN_LOCK, 0)
    now = now_us(db)
    present = _key(db, now)
    said = Handover(present.no + 1, keys.public(present.no + 1), present.public_key)
    return _add_key(db, said.no, keys.sign(present.no, said.signed()), now).no


@reading
def all_keys(db: Session) -> list[tuple[Handover, str]]:
    """Every key with the handover to it and its signature, the first one first."""
    found, former = [], ""
    for one in db.scalars(select(LedgerKey).order_by(LedgerKey.no)):
        found.append((Handover(one.no, one.public_key, former), one.endorsed))
        former = one.public_key
    return found


@reading
def texts(db: Session, limit: int = 400) -> list[tuple[int, int, checkpoints.Checkpoint]]:
    """(number, moment, checkpoint), the newest first."""
    rows = db.execute(select(Checkpoint.id, Checkpoint.at, Checkpoint.text).order_by(Checkpoint.id.desc()).limit(limit))
    return [(row[0], row[1], checkpoint_text(row[2])) for row in rows]


@reading
def text(db: Session, number: int) -> str | None:
    """The text published under a number."""
    found = db.get(Checkpoint, number)
    return found.text if found else None


@reading
def text_at(db: Session, at: int) -> str:
    """The checkpoint that belongs under a publication or minutes of this moment: the newest one of then; "" before the
    first."""
    query = select(Checkpoint.text).where(Checkpoint.at <= at).order_by(Checkpoint.id.desc()).limit(1)
    return db.scalar(query) or ""


@reading
def _newest(db: Session) -> Checkpoint | None:
    found = db.scalar(select(Checkpoint).order_by(Checkpoint.id.desc()).limit(1))
    if found is not None:
        db.expunge(found)
    return found


@reading
def _head_at(db: Session, no: int) -> str | None:
    return db.scalar(select(Entry.chain).where(Entry.id == no))


@reading
def count(db: Session) -> int:
    """The number of entries."""
    return db.scalar(select(func.max(Entry.id))) or 0


def checkpoint_text(stored: str) -> checkpoints.Checkpoint:
    found = checkpoints.read(stored)
    if found is None:
        raise Broken("a stored checkpoint cannot be read")
    return found


def _day(at: int) -> int:
    return (at + int(VIETNAM.total_seconds()) * 1_000_000) // DAY
