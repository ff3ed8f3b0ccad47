"""Finds where questions are in use: a question of an open contest is not shown live, and the reverse.

Opening a contest and making a show take the same lock, so that neither overlooks the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.bank import ShowQuestion
from app.models.contests import Contest, ContestQuestion
from app.models.engines import insert, lock, now_us
from app.models.shows import Show
from app.services.commit import reading
from quizzes.hours import DAY
from quizzes.refusals import Rejected

QUESTIONS = 5
"""The kind of the lock; 1 to 4 stand in `engines.lock`."""
PLANNED = 14 * DAY
"""How long a show that was made and has not ended counts as planned."""


def lock_use_in(db: Session) -> None:
    lock(db, QUESTIONS, 0)


def used_in_shows(now: int) -> Select[int]:
    """Questions drawn for shows that are planned or running."""
    query = select(ShowQuestion.question_id).join(Show, Show.id == ShowQuestion.show_id)
    return query.where(Show.over_at.is_(None), Show.removed_at.is_(None), Show.created_at > now - PLANNED)


def used_in_contests(now: int) -> Select[int]:
    """Questions an open contest may still ask. A day is left for tries that outlast their wave."""
    query = select(ContestQuestion.question_id).join(Contest, Contest.id == ContestQuestion.contest_id)
    still = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.last_at > now - DAY)
    return query.where(ContestQuestion.pool == "paper", *still)


@reading
def use_of(db: Session, question_id: int) -> tuple[bool, bool]:
    """Two answers: an open contest asks this question; a planned or running show does."""
    now = now_us(db)
    contest = used_in_contests(now).where(ContestQuestion.question_id == question_id).limit(1)
    show = used_in_shows(now).where(ShowQuestion.question_id == question_id).limit(1)
    return db.scalar(contest) is not None, db.scalar(show) is not None


def use_in_show_in(db: Session, show_id: int, question_ids: Iterable[int]) -> None:
    """Note what a new show will ask. Rejected("in_a_contest") where a contest opened meanwhile asks it."""
    wanted = sorted(set(question_ids))
    if not wanted:
        return
    lock_use_in(db)
    if db.scalar(used_in_contests(now_us(db)).where(ContestQuestion.question_id.in_(wanted)).limit(1)) is not None:
        raise Rejected("in_a_contest")
    db.execute(insert(db, ShowQuestion), [{"show_id": show_id, "question_id": one} for one in wanted])


def still_free_in(db: Session, show_id: int) -> None:
    """Before a round begins. Rejected("in_a_contest") where the show waited for so long that it no longer counted
    as planned, and an open contest asks its questions now."""
    query = select(ShowQuestion.question_id).where(ShowQuestion.show_id == show_id)
    if db.scalar(query.where(ShowQuestion.question_id.in_(used_in_contests(now_us(db)))).limit(1)) is not None:
        raise Rejected("in_a_contest")
