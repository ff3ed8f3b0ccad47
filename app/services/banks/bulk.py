"""One change for many questions: topic, difficulty, last day, tags, siblings. Each gets a version to be reviewed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.models.bank import Question
from app.services.banks.own_banks import may_write, own_path
from app.services.banks.question_writing import name_topics, store_in
from app.services.commit import writing
from quizzes import bank as rules
from quizzes.importers.table import slug
from quizzes.refusals import Rejected

FIELDS = ("topic", "difficulty", "valid_to", "tags", "siblings")
MOST = 200  # questions changed at once


@writing
def change(db: Session, actor_id: int, bank_id: int, seen: Mapping[int, int], given: Mapping[str, str]) -> int:
    """Change questions of a bank; returns how many differ now. Rejected: old_revision where one was changed since it
    was read (`seen`), bulk_value where the result would be no question; then none is changed."""
    may_write(db, actor_id, own_path(db, bank_id))
    query = select(Question).where(Question.bank_id == bank_id, Question.id.in_(sorted(seen)[:MOST]))
    drafts = []
    for one in db.scalars(query.order_by(Question.id).with_for_update()):
        if one.updated_at != seen[one.id]:
            raise Rejected("old_revision")
        before = json.loads(one.body)
        after = rules.normal(before | _values(given))
        if rules.errors(rules.check_question(after)):
            raise Rejected("bulk_value")
        if after != rules.normal(before):
            drafts.append(after)
    if drafts and not store_in(db, actor_id, bank_id, drafts, true()):
        raise Rejected("old_revision")
    if drafts and "topic" in given:
        name_topics(db, bank_id, {slug(given["topic"]): {"vi": given["topic"][:200]}})
    return len(drafts)


def _values(given: Mapping[str, str]) -> dict[str, Any]:
    """The values that were typed, in the shape a question keeps."""
    values: dict[str, Any] = {name: given[name] for name in ("valid_to", "siblings") if name in given}
    if "topic" in given:
        values["topic"] = slug(given["topic"])
    if "difficulty" in given:
        values["difficulty"] = int(given["difficulty"]) if given["difficulty"].isdecimal() else 0
    if "tags" in given:
        values["tags"] = [one.strip() for one in given["tags"].split(",") if one.strip()]
    return values
