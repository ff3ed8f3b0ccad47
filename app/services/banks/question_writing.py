"""Writing the questions of a chapter's bank: one by hand, or those of a file in one go."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question, QuestionReview, QuestionVersion
from app.models.engines import insert, now_us
from app.models.people import Member
from app.services.banks.banks import day_of
from app.services.banks.own_banks import may_write, own_path
from app.services.banks.question_words import note_words_in
from app.services.commit import reading, writing
from quizzes.bank import content_hash
from quizzes.refusals import Rejected

DRAFT, CHANGED = "draft", "changed"


@writing
def store(
    db: Session, actor_id: int, bank_id: int, draft: Mapping[str, Any], topic: str = "", seen: int | None = None
) -> int:
    """Write one checked question: a new one, or under its id a new text that has to be reviewed again.

    `topic`: its name, where it is new. `seen`: the revision the writer saw, None for a new question. Rejected:
    old_revision, or same_question where the bank has this one already."""
    may_write(db, actor_id, own_path(db, bank_id))
    draft = draft if seen is not None else {**draft, "id": _new_id(db, bank_id, draft)}
    if not store_in(db, actor_id, bank_id, [draft], false() if seen is None else Question.updated_at == seen):
        raise Rejected("same_question", field="text") if seen is None else Rejected("old_revision")
    name_topics(db, bank_id, {draft["topic"]: {"vi": topic[:200]}} if topic else {})
    return db.scalars(select(Question.id).where(Question.bank_id == bank_id, Question.key == draft["id"])).one()


def _new_id(db: Session, bank_id: int, draft: Mapping[str, Any]) -> str:
    """The id of a question, made from its text. A rewritten question keeps the id of its former text."""
    digest = content_hash(draft)
    key = f"x-{digest[:16]}"
    body = db.scalar(select(Question.body).where(Question.bank_id == bank_id, Question.key == key))
    if body is None or content_hash(json.loads(body)) == digest:
        return key
    return f"{key}-{secrets.token_hex(2)}"


def store_in(
    db: Session, actor_id: int, bank_id: int, drafts: Sequence[Mapping[str, Any]], fits: ColumnElement[bool]
) -> bool:
    """Write drafts over what is there, where it `fits`; False if any does not: then nothing may stay written."""
    now = now_us(db)
    rows = [
        {
            "bank_id": bank_id,
            "key": one["id"],
            "type": one["type"],
            "topic": one["topic"],
            "difficulty": one["difficulty"],
            "state": DRAFT,
            "valid_from": day_of(one.get("valid_from")),
            "valid_to": day_of(one.get("valid_to")),
            "body": json.dumps(one, ensure_ascii=False),
            "author_id": actor_id,
            "updated_at": now,
        }
        for one in sorted(drafts, key=lambda one: str(one["id"]))  # two files at once lock in one order
    ]
    keys = [row["key"] for row in rows]
    known = set(db.scalars(select(Question.key).where(Question.bank_id == bank_id, Question.key.in_(keys))))
    query = insert(db, Question)
    kept = ("bank_id", "key", "author_id")
    renewed = {name: getattr(query.excluded, name) for name in rows[0] if name not in kept}
    renewed["version"] = Question.version + 1
    query = query.on_conflict_do_update(index_elements=["bank_id", "key"], set_=renewed, where=fits)
    if len(db.scalars(query.returning(Question.id), rows).all()) < len(rows):
        return False
    note_words_in(db, bank_id, keys)
    written = select(Question.id, Question.key, Question.version, Question.body)
    _keep_versions(db, actor_id, db.execute(written.where(Question.bank_id == bank_id, Question.key.in_(keys))), known)
    return True


def _keep_versions(db: Session, actor_id: int, written: Iterable[Any], known: Collection[str]) -> None:
    """Each text as a version of its own, and the step in the question's history."""
    now, rows = now_us(db), list(written)
    db.execute(
        insert(db, QuestionVersion),
        [
            {"question_id": number, "no": version, "body": body, "author_id": actor_id, "at": now}
            for number, _, version, body in rows
        ],
    )
    db.execute(
        insert(db, QuestionReview),
        [
            {
                "question_id": number,
                "state": CHANGED if key in known else DRAFT,
                "member_id": actor_id,
                "at": now,
                "version": version,
                "note": "",
                "checked": "",
            }
            for number, key, version, _ in rows
        ],
    )


@dataclass(frozen=True)
class Version:
    """A text of a question as somebody wrote it."""

    no: int
    body: Mapping[str, Any]
    who: str | None
    at: int


@reading
def versions(db: Session, question_id: int) -> list[Version]:
    """Every text of a question, newest first."""
    query = select(QuestionVersion, Member.name).outerjoin(Member, Member.id == QuestionVersion.author_id)
    rows = db.execute(query.where(QuestionVersion.question_id == question_id).order_by(QuestionVersion.no.desc()))
    return [Version(one.no, json.loads(one.body), who, one.at) for one, who in rows]


def name_topics(db: Session, bank_id: int, topics: Mapping[str, Mapping[str, str]]) -> None:
    """A topic keeps the name it has; new ones get these."""
    held = db.get_one(Bank, bank_id)
    named = {key: dict(words) for key, words in topics.items() if words} | json.loads(held.topics)
    held.topics = json.dumps(named, ensure_ascii=False)
