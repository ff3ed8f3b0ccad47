"""A spare for a question that turned out wrong: of its type, near in topic and difficulty, not asked live yet."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question, ShowQuestion
from app.models.engines import now_us
from app.models.shows import Show
from app.services.banks.banks import today
from app.services.banks.question_use import use_in_show_in, used_in_contests
from app.services.banks.rights import SHOWERS, readable_in
from quizzes import show as rules
from quizzes.engine import Command

LOOKED_AT = 20
"""How many candidates are looked at for one spare."""


def with_spare_in(db: Session, show_id: int, state: rules.ShowState, command: Command) -> Command:
    """A command that replaces a question, or arms that, with the spare's `body`; any other without one: no client is
    believed about it. Where there is no spare the rules refuse."""
    args = {name: value for name, value in command.args.items() if name != "body"}
    if "replace" in (command.name, args.get("act")) and state.round is not None and state.round.question >= 0:
        spare = _spare_in(db, show_id, state)
        args |= {"body": spare} if spare else {}
    return Command(command.name, command.actor, command.at, args)


def _spare_in(db: Session, show_id: int, state: rules.ShowState) -> dict[str, Any] | None:
    """Another question for the one being played: of its type, approved, in force, unused where possible, of its topic
    and difficulty. None when the banks have none."""
    old, now, day = state.playing.body(), now_us(db), today()
    host_id = db.scalar(select(Show.host_member_id).where(Show.id == show_id))
    asked = (
        select(ShowQuestion.question_id).join(Show, Show.id == ShowQuestion.show_id).where(Show.stakes != "rehearsal")
    )
    mine = select(ShowQuestion.question_id).where(ShowQuestion.show_id == show_id)
    query = (
        select(Question.id, Question.body)
        .join(Bank, Bank.id == Question.bank_id)
        .where(
            readable_in(db, host_id, SHOWERS),
            Question.type == old["type"],
            Question.state == "approved",
            or_(Question.valid_from.is_(None), Question.valid_from <= day),
            or_(Question.valid_to.is_(None), Question.valid_to >= day),
            Question.id.not_in(mine),
            Question.id.not_in(used_in_contests(now)),
        )
        .order_by(
            case((Question.id.in_(asked), 1), else_=0),
            case((Question.topic == old.get("topic", ""), 0), else_=1),
            func.abs(Question.difficulty - int(old.get("difficulty") or 1)),
            Question.id,
        )
        .limit(LOOKED_AT)
    )
    for number, text in db.execute(query):
        body: dict[str, Any] = json.loads(text)
        if not any(state.format.problems(body)):
            use_in_show_in(db, show_id, [number])
            return body
    return None
