"""The lifetimes of tickets: a seat's until 12 hours after the show's last event, a staff link 7 days unused."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.shows import Show, StaffLink
from app.services.commit import reading, writing
from app.services.shows.tickets import STAFF, Ticket

SECOND = 1_000_000
SEAT_US = 12 * 3600 * SECOND
"""How long a seat's ticket is good, microseconds."""
LINK_US = 7 * 24 * 3600 * SECOND
"""How long a link for staff is good, microseconds."""
NOTED_US = 24 * 3600 * SECOND
"""How old the note of a link's last use may grow: a link that is used every day is written once a day."""


def is_over(ticket: Ticket, last_event: int, at: int) -> bool:
    """True when the ticket's own time is over; its rights are another matter. Notes the use of a staff link."""
    if ticket.side != STAFF:
        return bool(max(ticket.issued * SECOND, last_event) + SEAT_US < at)
    used = ticket.issued * SECOND
    if used + NOTED_US > at:
        return False
    used = max(used, _used(ticket))
    if used + LINK_US < at:
        return True
    if used + NOTED_US < at:
        _note(ticket, at)
    return False


@reading
def _used(db: Session, ticket: Ticket) -> int:
    noted = db.scalar(select(StaffLink.used_at).where(StaffLink.digest == ticket.digest))
    if noted is None and not ticket.issued:
        noted = db.scalar(select(Show.created_at).where(Show.id == ticket.show_id))
    return noted or 0


@writing
def _note(db: Session, ticket: Ticket, at: int) -> None:
    row = {"show_id": ticket.show_id, "used_at": at}
    query = insert(db, StaffLink).values(digest=ticket.digest, **row)
    db.execute(query.on_conflict_do_update(index_elements=["digest"], set_=row))
