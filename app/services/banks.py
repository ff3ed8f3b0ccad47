"""Question banks in the database: the shipped files are loaded at start, questions are drawn for shows."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.engines import insert
from app.services import containers
from app.services.commit import reading, writing
from quizzes.importers import IMPORTERS
from quizzes.importers.contract import Imported

SHIPPED = Path(__file__).resolve().parents[2] / "quizzes" / "banks"
COLUMNS = ("type", "topic", "difficulty", "state", "valid_from", "valid_to", "body", "updated_at")


class BadBank(ValueError):
    """A bank file with errors; the message names the file and every line."""


def load_shipped(folder: Path = SHIPPED) -> int:
    """Load every bank file that is new or has changed; returns how many were loaded. Raises BadBank."""
    loaded = 0
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_bytes()
        digest = hashlib.sha256(text).hexdigest()
        if digest_of(path.stem) != digest:
            replace_bank(path.stem, read_file(path.name, text), digest)
            loaded += 1
    return loaded


def load_file(key: str, name: str, text: bytes) -> int:
    """Load one bank file under `key`; how many questions it has. Raises BadBank, and then nothing is changed."""
    found = read_file(name, text)
    replace_bank(key, found, hashlib.sha256(text).hexdigest())
    return len(found.drafts)


def read_file(name: str, text: bytes) -> Imported:
    """What a bank file says. Raises BadBank with every error and its line."""
    found = IMPORTERS["bank_yaml"].read(containers.read_tree(text))
    if found.errors:
        lines = (f"{name}:{problem.line}: {problem.sentence % dict(problem.about)}" for problem in found.errors)
        raise BadBank("\n".join(lines))
    return found


@reading
def digest_of(db: Session, key: str) -> str | None:
    """The digest of the file a bank was last loaded from."""
    return db.scalar(select(Bank.digest).where(Bank.key == key))


@writing
def replace_bank(db: Session, key: str, bank: Imported, digest: str) -> int:
    """Make the bank `key` hold exactly these approved questions; returns its id."""
    now = time.time_ns() // 1000
    values = {"title": json.dumps(dict(bank.title), ensure_ascii=False), "public": bank.public,
              "digest": digest, "updated_at": now}
    query = insert(db, Bank).values(key=key, **values)
    db.execute(query.on_conflict_do_update(index_elements=["key"], set_=values))
    bank_id = db.scalars(select(Bank.id).where(Bank.key == key)).one()
    rows = [_row(bank_id, question, now) for question in bank.drafts]
    db.execute(delete(Question).where(Question.bank_id == bank_id, Question.key.not_in([r["key"] for r in rows])))
    query = insert(db, Question)
    renewed = {name: getattr(query.excluded, name) for name in COLUMNS}
    db.execute(query.on_conflict_do_update(index_elements=["bank_id", "key"], set_=renewed), rows)
    return bank_id


def _row(bank_id: int, question: Mapping[str, Any], now: int) -> dict[str, Any]:
    return {
        "bank_id": bank_id, "key": question["id"], "type": question["type"], "topic": question["topic"],
        "difficulty": question["difficulty"], "state": "approved", "updated_at": now,
        "valid_from": _day(question.get("valid_from")), "valid_to": _day(question.get("valid_to")),
        "body": json.dumps(question, ensure_ascii=False, default=str),
    }


def _day(value: Any) -> date | None:
    if isinstance(value, date) or value is None:
        return value
    return date.fromisoformat(str(value))


def today(zone: str = "Asia/Ho_Chi_Minh") -> date:
    """The date in Việt Nam, which decides whether a fact is still in force."""
    return datetime.now(ZoneInfo(zone)).date()


@reading
def candidates(db: Session, *, banks: Sequence[str] = (), topics: Sequence[str] = (), types: Sequence[str] = (),
               difficulty: Sequence[int] = (), day: date | None = None) -> list[dict[str, Any]]:
    """Approved questions in force on `day` (default today), in a stable order; empty filters take all."""
    day = day or today()
    query = select(Question.body).join(Bank, Bank.id == Question.bank_id).where(
        Question.state == "approved",
        or_(Question.valid_from.is_(None), Question.valid_from <= day),
        or_(Question.valid_to.is_(None), Question.valid_to >= day),
    ).order_by(Bank.key, Question.key)
    for column, wanted in ((Bank.key, banks), (Question.topic, topics), (Question.type, types),
                           (Question.difficulty, difficulty)):
        if wanted:
            query = query.where(column.in_(wanted))
    return [json.loads(body) for body in db.scalars(query)]


@reading
def by_keys(db: Session, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The questions with these ids, in this order; a missing one is left out."""
    found = {row.key: json.loads(row.body)
             for row in db.execute(select(Question.key, Question.body).where(Question.key.in_(keys)))}
    return [found[key] for key in keys if key in found]


@reading
def overview(db: Session) -> list[dict[str, Any]]:
    """Every bank with its questions by topic, type and difficulty: what a show can be made of."""
    counts: dict[int, list[dict[str, Any]]] = {}
    query = select(Question.bank_id, Question.topic, Question.type, Question.difficulty, func.count()).where(
        Question.state == "approved").group_by(Question.bank_id, Question.topic, Question.type, Question.difficulty)
    for bank_id, topic, kind, difficulty, count in db.execute(query):
        counts.setdefault(bank_id, []).append(
            {"topic": topic, "type": kind, "difficulty": difficulty, "count": count})
    return [{"key": bank.key, "title": json.loads(bank.title), "public": bank.public,
             "parts": counts.get(bank.id, []), "count": sum(part["count"] for part in counts.get(bank.id, []))}
            for bank in db.scalars(select(Bank).order_by(Bank.key))]
