"""One answer to several complaints."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.services.commit import writing
from app.services.contests.complaints import answer_in


@writing
def answer_many(db: Session, actor_id: int, complaint_ids: Sequence[int], text: str, state: str) -> int:
    """The same answer to several: to all of them or to none. How many."""
    for one in complaint_ids:
        answer_in(db, actor_id, one, text, state)
    return len(complaint_ids)
