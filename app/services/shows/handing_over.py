"""A show is given to another host. The former host's links, consoles and stages end with it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.shows import Seat, Show
from app.services.audit import _audit
from app.services.commit import writing
from app.services.people.endings import SHOW, _end
from app.services.people.roles import ADMIN, HOST, ORGANISER
from app.services.shows.show_rights import _holders, _may_run
from quizzes.refusals import Rejected


@writing
def hand_over(db: Session, actor_id: int, show_id: int, member_id: int) -> None:
    """Make this member the host. Rejected: forbidden, over, bad_request for who may not host where it belongs."""
    show = db.get_one(Show, show_id)
    if not _may_run(db, actor_id, show_id):
        raise Rejected("forbidden")
    if show.over_at is not None:
        raise Rejected("over")
    if member_id not in set(db.scalars(_holders(db, show.chapter_id, (HOST, ORGANISER, ADMIN)))):
        raise Rejected("bad_request", field="host")
    former, show.host_member_id = show.host_member_id, member_id
    host_seat = update(Seat).where(Seat.show_id == show_id, Seat.side == "staff", Seat.role == "host")
    db.execute(host_seat.values(member_id=member_id))
    _end(db, SHOW, [show_id])
    _audit(
        db, actor_id, "show.handed_over", member_id=member_id, chapter_id=show.chapter_id, show=show_id, former=former
    )
