"""Somebody without the old phone says that a seat is theirs, by its name; the host decides.

Until then nothing changes. Admitting gives the seat to the asking device; tickets handed out before stay
good, since they bind the seat, so a host who errs can still kick.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from app.models.engines import insert, lock, now_us
from app.models.shows import Seat, SeatClaim
from app.services.commit import reading, writing
from app.services.shows.seats import SEAT_KIND, digest
from quizzes.refusals import Rejected
from quizzes.text import fold

FEW = 3
"""Who waits for one seat at a time: the newest. A phone that waits asks again every few seconds, so strangers cannot
keep it out by asking before."""
SHOWN = 40


@dataclass(frozen=True)
class Claim:
    """One that waits for the host."""

    claim_id: int
    seat: int
    name: str


@writing
def ask(db: Session, show_id: int, name: str, device: str, source: str = "") -> None:
    """Ask the host for the seat of this name. Raises Rejected: not_found, claim_refused."""
    seat = db.scalar(
        select(Seat.number).where(Seat.show_id == show_id, Seat.name_key == fold(name), Seat.side == "public")
    )
    if seat is None:
        raise Rejected("not_found")
    mine = SeatClaim.show_id == show_id, SeatClaim.device_hash == digest(device)
    row = {"show_id": show_id, "seat": seat, "device_hash": digest(device), "refused": False, "at": now_us(db),
           "source": source}  # fmt: skip
    db.execute(insert(db, SeatClaim).values(**row).on_conflict_do_nothing())
    if db.scalar(select(SeatClaim.refused).where(*mine)):
        raise Rejected("claim_refused")
    waiting = SeatClaim.show_id == show_id, SeatClaim.seat == seat, ~SeatClaim.refused
    newest = select(SeatClaim.id).where(*waiting).order_by(SeatClaim.id.desc()).limit(FEW)
    db.execute(delete(SeatClaim).where(*waiting, SeatClaim.id.not_in(newest.scalar_subquery())))


def decide(show_id: int, claim_id: int, admit: bool, kicked: Container[int] = ()) -> None:
    """The host's word on a claim. A seat that was `kicked` after somebody asked for it is nobody's to be given.

    Raises Rejected: not_found, kicked or seated_already (which end the claim).
    """
    refusal = _decide(show_id, claim_id, admit, kicked)
    if refusal is not None:
        raise refusal


@writing
def _decide(db: Session, show_id: int, claim_id: int, admit: bool, kicked: Container[int]) -> Rejected | None:
    lock(db, SEAT_KIND, show_id)  # nobody takes a seat meanwhile
    claim = db.scalar(select(SeatClaim).where(SeatClaim.show_id == show_id, SeatClaim.id == claim_id))
    if claim is None:
        return Rejected("not_found")
    if not admit:
        claim.refused = True
        return None
    if claim.seat in kicked:
        db.execute(delete(SeatClaim).where(SeatClaim.show_id == show_id, SeatClaim.seat == claim.seat))
        return Rejected("kicked")
    other = aliased(Seat)
    sits_elsewhere = (
        select(other.number)
        .where(other.show_id == show_id, other.device_hash == claim.device_hash, other.number != claim.seat)
        .exists()
    )
    free = update(Seat).where(Seat.show_id == show_id, Seat.number == claim.seat, ~sits_elsewhere)
    giving = free.values(device_hash=claim.device_hash).returning(Seat.number)
    given = db.scalar(giving.execution_options(synchronize_session=False)) is not None
    ended = SeatClaim.seat == claim.seat if given else SeatClaim.id == claim_id
    db.execute(delete(SeatClaim).where(SeatClaim.show_id == show_id, ended))
    return None if given else Rejected("seated_already")


@reading
def waiting(db: Session, show_id: int) -> list[Claim]:
    """The first of those who wait, dealt round by where they ask from; then in the order they came."""
    turn = func.row_number().over(partition_by=SeatClaim.source, order_by=SeatClaim.id)
    query = (
        select(SeatClaim.id, SeatClaim.seat, Seat.name)
        .join(Seat, (Seat.show_id == SeatClaim.show_id) & (Seat.number == SeatClaim.seat))
        .where(SeatClaim.show_id == show_id, ~SeatClaim.refused)
        .order_by(turn, SeatClaim.id)
        .limit(SHOWN)
    )
    return [Claim(row.id, row.seat, row.name) for row in db.execute(query)]


@reading
def how_many(db: Session, show_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Show -> how many wait, and the newest of them; shows where nobody does are left out."""
    if not show_ids:
        return {}
    query = select(SeatClaim.show_id, func.count(), func.max(SeatClaim.id)).where(
        SeatClaim.show_id.in_(show_ids), ~SeatClaim.refused
    )
    return {row[0]: (row[1], row[2]) for row in db.execute(query.group_by(SeatClaim.show_id))}
