"""Freezing a standing: computed once more, sealed together with a new checkpoint of the ledger, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.standings import Standing, StandingSnapshot
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.points import checkpoints
from app.services.points.signing import keys
from app.services.signing import holds
from app.services.standings import standings
from app.services.standings.snapshots import LIVE, computed, now_of, row_data
from quizzes.refusals import Rejected
from quizzes.settings.fields import read
from quizzes.standing.figures import from_data
from quizzes.standing.placing import placed
from quizzes.standing.rules import Rules

SEAL = "san-choi-so standing 1"


def freeze(actor_id: int | None, public_id: str) -> int:
    """Compute now and seal it with a new checkpoint of the ledger; the snapshot's number.

    Rejected: not_now, standing_removed."""
    held = standings.standing(public_id)
    _may(actor_id, held.chapter_id)
    now = now_of()
    try:
        point = checkpoints.make(now)
    except checkpoints.Broken:
        raise Rejected("not_now") from None
    body = computed(held, now)
    return _store_frozen(actor_id, held.id, now, body, point.text(), point.key_no)


@reading
def _may(db: Session, actor_id: int | None, chapter_id: int) -> None:
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))


@writing
def _store_frozen(
    db: Session, actor_id: int | None, number: int, at: int, body: str, checkpoint: str, key_no: int
) -> int:
    row = db.execute(select(Standing).where(Standing.id == number).with_for_update()).scalar_one()
    require_in(db, actor_id, ORGANISER, path_of_in(db, row.chapter_id))
    if row.removed_at is not None:
        raise Rejected("standing_removed")
    live = db.scalar(select(StandingSnapshot).filter_by(standing_id=number, no=LIVE))
    last = db.scalar(select(func.max(StandingSnapshot.no)).where(StandingSnapshot.standing_id == number)) or 0
    digest = sha256(body.encode()).hexdigest()
    db.add(
        StandingSnapshot(
            standing_id=number,
            no=last + 1,
            at=at,
            body=body,
            before=live.before if live else "{}",
            before_at=live.before_at if live else 0,
            digest=digest,
            checkpoint=checkpoint,
            signature=keys.sign(key_no, seal(row.public_id, last + 1, digest, checkpoint)),
        )
    )
    audit_in(db, actor_id, "standing.frozen", chapter_id=row.chapter_id, standing=number, no=last + 1)
    return last + 1


def seal(public_id: str, no: int, digest: str, checkpoint: str) -> bytes:
    """The text that is signed under a frozen snapshot."""
    return f"{SEAL}\nstanding {public_id}\nno {no}\ndigest {digest}\n{checkpoint}".encode()


@dataclass(frozen=True)
class Check:
    """The outcome of computing a frozen snapshot again."""

    same: bool
    """The places follow from its figures and its rules."""
    sealed: bool
    """Its text is the one that was signed, together with the checkpoint."""


def check(public_id: str, no: int, body: str, signature: str, checkpoint: str) -> Check:
    """Checks the text of a frozen snapshot: it computes the places again and compares digest and signature."""
    data = json.loads(body)
    again = placed(read(Rules, data["rules"], []), [from_data(row) for row in data["figures"]])
    point = checkpoints.checkpoint_text(checkpoint) if checkpoint else None
    signed = seal(public_id, no, sha256(body.encode()).hexdigest(), checkpoint)
    return Check(
        [row_data(row) for row in again] == data["places"], point is not None and holds(point.key, signature, signed)
    )
