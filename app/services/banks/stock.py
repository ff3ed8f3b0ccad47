"""The questions a host can draw from: banks by topic, type and difficulty."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.services.banks.rights import SHOWERS, readable_in
from app.services.commit import reading


@reading
def overview(db: Session, host_id: int | None = None) -> list[dict[str, Any]]:
    """The host's banks with their questions by topic, type and difficulty: what a show can be made of."""
    counts: dict[int, list[dict[str, Any]]] = {}
    query = (
        select(Question.bank_id, Question.topic, Question.type, Question.difficulty, func.count())
        .where(Question.state == "approved")
        .group_by(Question.bank_id, Question.topic, Question.type, Question.difficulty)
    )
    for bank_id, topic, kind, difficulty, count in db.execute(query):
        counts.setdefault(bank_id, []).append({"topic": topic, "type": kind, "difficulty": difficulty, "count": count})
    shown = select(Bank).where(readable_in(db, host_id, SHOWERS)).order_by(Bank.key)
    return [
        {
            "key": bank.key,
            "title": json.loads(bank.title),
            "public": bank.public,
            "parts": counts.get(bank.id, []),
            "count": sum(part["count"] for part in counts.get(bank.id, [])),
        }
        for bank in db.scalars(shown)
    ]
