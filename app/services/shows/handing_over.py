"""A show is given to another host. The former host's links, consoles and stages end with it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.shows import Seat, Show
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.endings import SHOW, end_in
from app.services.people.roles import ADMIN, HOST, ORGANISER
from app.services.shows.rights import holders_in, may_run_in
from quizzes.refusals import Rejected


@writing
def hand_over(db: Session, actor_id: int, show_id: int, member_id: int) -> None:
    """Make this member the host. Rejected: forbidden, over, bad_request for who may not host where it belongs."""
    show = db.get_one(Show, show_id)
    if not may_run_in(db, actor_id, show_id):
        raise Rejected("forbidden")
    if show.over_at is not None:
        raise Rejected("over")
    if member_id not in set(db.scalars(holders_in(db, show.chapter_id, (HOST, ORGANISER, ADMIN)))):
        raise Rejected("bad_request", field="host")
    former, show.host_member_id = show.host_member_id, member_id
    host_seat = update(Seat).where(Seat.show_id == show_id, Seat.side == "staff", Seat.role == "host")
    db.execute(host_seat.values(member_id=member_id))
    end_in(db, SHOW, [show_id])
    audit_in(
        db, actor_id, "show.handed_over", member_id=member_id, chapter_id=show.chapter_id, show=show_id, former=former
    )
