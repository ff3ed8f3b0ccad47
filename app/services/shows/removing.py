"""Taking a show off the lists. Its journal and its points stay: nothing that counts is ever deleted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models.engines import lock_show, now_us
from app.models.shows import Show
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.endings import SHOW, end_in
from app.services.shows import shows
from app.services.shows.rights import may_run_in
from quizzes.hours import HOUR
from quizzes.refusals import Rejected

LEFT_ALONE = 12 * HOUR
"""How long nobody must have driven a running show before it counts as left, microseconds."""


@writing
def remove(db: Session, actor_id: int, show_id: int) -> None:
    """Remove a show: no list shows it any more, its PIN leads nowhere and its links end; results of a played one stay
    readable. Rejected: forbidden, or show_running in the middle of a show."""
    if not may_run_in(db, actor_id, show_id):
        raise Rejected("forbidden")
    lock_show(db, show_id)
    state, show, now = shows.catch_up_in(db, show_id).state, db.get_one(Show, show_id), now_us(db)
    if state.phase not in ("lobby", "over") and now - state.at < LEFT_ALONE:
        raise Rejected("show_running")
    show.removed_at, show.pin = now, None
    end_in(db, SHOW, [show_id])
    audit_in(db, actor_id, "show.removed", chapter_id=show.chapter_id, show=show_id)
