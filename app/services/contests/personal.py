"""A person's data in contests: the part of "my data" that is copied out, and the part that is erased."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Entrant
from app.models.engines import now_us
from app.services.contests import complaints
from app.services.contests.contests import frozen
from app.services.contests.publishing.publications import kept_headings_in, shown, wave_state
from app.services.contests.publishing.rows import erase_rows_in
from app.services.contests.results.stored_attempts import answers_in
from app.services.personal import Part
from quizzes.contest.results.showing import PRACTICE, Visible


def copy(db: Session, member_id: int) -> list[dict[str, Any]]:
    """Every try with its paper's questions and what was answered; score and number once they may be seen."""
    now = now_us(db)
    rows = list(db.scalars(select(Attempt).where(Attempt.member_id == member_id).order_by(Attempt.id)))
    said = answers_in(db, [row.id for row in rows])
    seen = {key: _seen(db, *key, now) for key in {(row.contest_id, row.wave) for row in rows}}
    return [
        {
            "contest": row.contest_id,
            "wave": row.wave,
            "try": row.try_no,
            "number": row.no if seen[row.contest_id, row.wave].counts else None,
            "started_at": row.started_at,
            "submitted_at": row.submitted_at,
            "half_points": row.score if seen[row.contest_id, row.wave].score else None,
            "questions": [question for question, _ in json.loads(row.paper)],
            "answers": said.get(row.id, {}),
            "left_the_page": row.focus_lost,
            "birth_year": row.birth_year,
        }
        for row in rows
    ]


def _seen(db: Session, contest_id: int, wave: int, now: int) -> Visible:
    """The parts of a try that its copy tells, no more than its own page: no score between tries, no number to be
    predicted."""
    if wave < 0:
        return PRACTICE
    rules = frozen(contest_id).rules
    return shown(rules, wave, wave_state(rules, wave, now, kept_headings_in(db, contest_id)).state, now)


def copy_entrant(db: Session, member_id: int) -> list[dict[str, Any]]:
    """The groups the person declared, and extra time that was granted."""
    rows = db.scalars(select(Entrant).where(Entrant.member_id == member_id))
    return [{"contest": one.contest_id, "groups": one.groups, "extra_percent": one.extra_percent} for one in rows]


def erase(db: Session, member_id: int) -> None:
    """Erase what describes the person; tries stay as numbers. A year of birth stays only where places depend on it."""
    mine = Attempt.member_id == member_id
    db.execute(update(Attempt).where(mine).values(device_hash=None, source_hash=None))
    erase_rows_in(db, member_id)
    for contest_id in db.scalars(select(Attempt.contest_id).where(mine).distinct()).all():
        if not {"younger", "older"} & set(frozen(contest_id).rules.ranking.keys):
            db.execute(update(Attempt).where(mine, Attempt.contest_id == contest_id).values(birth_year=None))
    db.execute(update(Entrant).where(Entrant.member_id == member_id).values(groups="", extra_percent=0))


PARTS = [
    Part("attempts", copy, erase),
    Part("contests", copy_entrant),
    Part("complaints", complaints.copy, complaints.erase),
]
