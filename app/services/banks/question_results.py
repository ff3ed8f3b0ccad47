"""The real difficulty of questions: kept from contests that are over, used where questions are drawn.

Only answers to the text a question has now count. From `ENOUGH` answers on they say more than the author's guess.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.models.bank import Question, QuestionResult
from app.models.contests import Contest, ContestQuestion
from app.models.engines import insert, now_us
from app.services.commit import writing
from quizzes.contest.desk.statistics import Item

ENOUGH = 30
"""From so many answers on a facility says how hard a question is."""
STEPS = (850, 700, 500, 300)
"""Thousandths right from which a question is of difficulty 1, 2, 3, 4; below the last of 5."""
FROZEN_ONLY = ("id", "facility", "difficulty")
"""The fields that a contest sets in the questions it freezes, the difficulty to what real answers say."""
RIGHT = func.sum(QuestionResult.answers * QuestionResult.facility) / func.sum(QuestionResult.answers)
"""Thousandths right over all contests."""


def level(facility: int) -> int:
    """Difficulty 1 to 5 of what so many thousandths answer rightly."""
    return 1 + sum(facility < step for step in STEPS)


def text_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """A question as it is asked: the same in its bank and frozen in a contest."""
    return {name: value for name, value in body.items() if name not in FROZEN_ONLY}


@writing
def note(db: Session, contest_id: int, items: Iterable[Item]) -> None:
    """Keep what a contest that is over says of its questions; nothing where it still runs."""
    contest = db.get(Contest, contest_id)
    if contest is None or contest.cancelled_at is not None or (contest.last_at or now_us(db)) >= now_us(db):
        return
    query = select(ContestQuestion.key, ContestQuestion.body, Question.id, Question.body, Question.version)
    query = query.join(Question, Question.id == ContestQuestion.question_id)
    asked = {
        key: (number, version)
        for key, then, number, now, version in db.execute(
            query.where(ContestQuestion.contest_id == contest_id, ContestQuestion.pool == "paper")
        )
        if text_of(json.loads(then)) == text_of(json.loads(now))
    }
    rows = [
        {
            "question_id": asked[one.question][0],
            "contest_id": contest_id,
            "version": asked[one.question][1],
            "answers": one.asked,
            "facility": one.facility,
            "slope": one.slope,
            "place": one.place,
        }
        for one in items
        if one.question in asked
    ]
    if rows:
        statement = insert(db, QuestionResult)
        renewed = {name: getattr(statement.excluded, name) for name in rows[0] if not name.endswith("_id")}
        db.execute(statement.on_conflict_do_update(index_elements=["question_id", "contest_id"], set_=renewed), rows)


def _facility() -> Any:
    """Thousandths right over all contests, of a question that enough people answered."""
    return _of_enough(RIGHT)


def _of_enough(figure: Any) -> Any:
    """A figure over all answers to the text a question has now; nothing where they are too few."""
    mine = QuestionResult.question_id == Question.id, QuestionResult.version == Question.version
    enough = func.sum(QuestionResult.answers) >= ENOUGH
    return select(figure).where(*mine).having(enough).correlate(Question).scalar_subquery()


def measured_in(db: Session, numbers: Collection[int]) -> dict[int, int]:
    """Question -> thousandths right, of those that enough people answered."""
    if not numbers:
        return {}
    found = select(QuestionResult.question_id).where(QuestionResult.question_id.in_(numbers)).distinct()
    query = select(Question.id, _facility()).where(Question.id.in_(found))
    return {number: int(share) for number, share in db.execute(query) if share is not None}


def real_difficulty() -> ColumnElement[int]:
    """A question's difficulty from real answers, where there are enough, else as its author guessed."""
    steps = [(step <= RIGHT, difficulty) for difficulty, step in enumerate(STEPS, 1)]
    real: ColumnElement[int] = func.coalesce(_of_enough(case(*steps, else_=len(STEPS) + 1)), Question.difficulty)
    return real
