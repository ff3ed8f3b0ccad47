"""Freezing a standing: computed once more, sealed together with a new checkpoint of the ledger, never changed."""

from __future__ import annotations

from dataclasses import dataclass

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
from app.services.standings.opened import LIVE, Snapshot, digest_of
from app.services.standings.snapshots import computed, now_of
from quizzes.refusals import Rejected
from quizzes.standing.placing import placed

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
    digest = digest_of(body)
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


def check(public_id: str, found: Snapshot, stored: str) -> Check:
    """Checks an opened snapshot: its places are computed again from its figures, and the text stored now is the one
    that was opened and signed."""
    again = placed(found.rules, found.candidates.values())
    point = checkpoints.checkpoint_text(found.checkpoint) if found.checkpoint else None
    signed = seal(public_id, found.no, digest_of(stored), found.checkpoint)
    whole = found.text_digest == digest_of(stored)
    return Check(again == found.rows, whole and point is not None and holds(point.key, found.signature, signed))
