"""A guest without the old phone says that a seat is theirs, by its name; the host decides.

Until then nothing changes. Admitting gives the seat to the asking device; tickets handed out before stay
good, since they bind the seat, so a host who errs can still kick. A member's seat goes with the account: who signs
in has it, and nobody is let into it by the host.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from app.models.engines import insert, lock
from app.models.shows import Seat, SeatClaim
from app.services.commit import reading, writing
from app.services.shows.namesakes import key_of
from app.services.shows.seats import SEAT_KIND, digest
from quizzes.refusals import Rejected
from quizzes.text import fold

FEW = 3
"""How many claims of one seat wait at a time; the newest stay. A phone that waits asks again every few seconds, so
strangers cannot keep it out by asking before."""
SHOWN = 40
"""Claims the console lists at most."""


@dataclass(frozen=True)
class Claim:
    """One that waits for the host."""

    claim_id: int
    seat: int
    name: str
    number: int
    """The number by which the host calls it; the phone shows the same number."""
    same_place: bool = False
    """Asked from where the seat was taken: the same network, as far as the server sees."""


def number_of(claim_id: int) -> int:
    """The number of a claim that both screens show, short enough to be called out in a hall."""
    return claim_id % 1000


@writing
def ask(db: Session, show_id: int, name: str, device: str, source: str = "") -> int:
    """Ask the host for the seat of this name: the number to be called by. Raises Rejected: not_found, claim_refused,
    sign_in_first where the seat is a member's."""
    seat, member = _seat_called(db, show_id, name)
    if member is not None:
        raise Rejected("sign_in_first")
    mine = SeatClaim.show_id == show_id, SeatClaim.device_hash == digest(device)
    row = {"show_id": show_id, "seat": seat, "device_hash": digest(device), "refused": False, "source": source}
    db.execute(insert(db, SeatClaim).values(**row).on_conflict_do_nothing())
    claim_id, refused = db.execute(select(SeatClaim.id, SeatClaim.refused).where(*mine)).one()
    if refused:
        raise Rejected("claim_refused")
    waiting = SeatClaim.show_id == show_id, SeatClaim.seat == seat, ~SeatClaim.refused
    newest = select(SeatClaim.id).where(*waiting).order_by(SeatClaim.id.desc()).limit(FEW)
    db.execute(delete(SeatClaim).where(*waiting, SeatClaim.id.not_in(newest.scalar_subquery())))
    return number_of(claim_id)


def _seat_called(db: Session, show_id: int, name: str) -> tuple[int, int | None]:
    """The seat that bears exactly this name, and whose account it is. Rejected: not_found."""
    keys = {key_of(name), fold(name)}  # the second of a seat that was taken before marks counted
    here = Seat.show_id == show_id, Seat.name_key.in_(keys), Seat.side == "public"
    for number, called, member in db.execute(select(Seat.number, Seat.name, Seat.member_id).where(*here)):
        if key_of(called) == key_of(name):
            return number, member
    raise Rejected("not_found")


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
    mine = Seat.show_id == show_id, Seat.number == claim.seat, Seat.member_id.is_(None)
    free = update(Seat).where(*mine, ~sits_elsewhere)
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
        select(SeatClaim.id, SeatClaim.seat, Seat.name, SeatClaim.source == Seat.source)
        .join(Seat, (Seat.show_id == SeatClaim.show_id) & (Seat.number == SeatClaim.seat))
        .where(SeatClaim.show_id == show_id, ~SeatClaim.refused)
        .order_by(turn, SeatClaim.id)
        .limit(SHOWN)
    )
    return [
        Claim(claim_id, seat, name, number_of(claim_id), bool(same)) for claim_id, seat, name, same in db.execute(query)
    ]


@reading
def how_many(db: Session, show_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Show -> how many wait, and the newest of them; shows where nobody does are left out."""
    if not show_ids:
        return {}
    query = select(SeatClaim.show_id, func.count(), func.max(SeatClaim.id)).where(
        SeatClaim.show_id.in_(show_ids), ~SeatClaim.refused
    )
    return {row[0]: (row[1], row[2]) for row in db.execute(query.group_by(SeatClaim.show_id))}
