"""Tries put straight into the tables, finished and not yet graded, on the papers the seed draws.

sit(held, member, right=4)              the first four questions right, the others wrong
sit(held, member, right=4, seconds=90, start=10, wave=0, try_no=2, submitted=False)
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.models.people import Member
from app.services.commit import writing
from app.services.contests.contests import Frozen, frozen
from quizzes.contest.taking.paper import Asked, deck, draw, plan_for, written
from quizzes.engine import SECOND
from quizzes.questions import of
from tests.contests import Held

LATER = 400 * 24 * 3600 * SECOND
"""Added to now: every wave is over."""


def choice_of(contest: Frozen, asked: Asked, right: bool) -> Any:
    """A right or a wrong choice for a drawn question."""
    question = contest.paper[asked.question]
    kind = of(question)
    found = kind.possible(question, asked.shown)
    return (max if right else min)(found, key=lambda one: kind.grade(question, asked.shown, one))


@writing
def sit(
    db: Session,
    held: Held,
    member: int,
    right: int = 0,
    *,
    seconds: int = 60,
    start: int = 0,
    wave: int = 0,
    try_no: int = 1,
    submitted: bool = True,
    answered: int | None = None,
    division: str = "",
    prediction: int | None = None,
    **more: Any,
) -> int:
    """One try; begins `start` seconds after the wave opens. Returns its number."""
    contest = frozen(held.id)
    own = {one.key: one.blueprint for one in held.rules.divisions}.get(division)
    paper = draw(deck(plan_for(held.rules.blueprint, own), contest.paper), contest.seed, wave, member, try_no)
    began = held.rules.waves[wave].opens_at + start * SECOND
    person = db.get_one(Member, member)
    no = (db.scalar(select(func.max(Attempt.no)).where(Attempt.contest_id == held.id)) or 0) + 1
    row = Attempt(
        public_id=f"luot-{held.id}-{no}",
        contest_id=held.id,
        no=no,
        member_id=member,
        wave=wave,
        try_no=try_no,
        division=division,
        chapter_id=person.chapter_id,
        birth_year=person.birth_year,
        started_at=began,
        closes_at=began + 600 * SECOND,
        submitted_at=began + seconds * SECOND if submitted else None,
        paper=json.dumps(written(paper)),
        prediction=prediction,
        **more,
    )
    db.add(row)
    db.flush()
    for place, asked in enumerate(paper.asked[:answered]):
        at = began + (place + 1) * SECOND - place * place % 5 * 150_000  # people are never quite steady
        db.add(
            AttemptAnswer(
                attempt_id=row.id,
                place=place,
                revision=1,
                device="d",
                count=1,
                first_at=at,
                at=at,
                choice=json.dumps(choice_of(contest, asked, place < right)),
            )
        )
    return no
