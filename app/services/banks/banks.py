"""Question banks in the database: the shipped files are loaded at start, questions are drawn for shows."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.engines import insert, now_us
from app.models.searching import places
from app.services.banks.question_results import level, measured_in, real_difficulty
from app.services.banks.question_use import used_in_contests
from app.services.banks.question_words import NOT_USED, fill, find_in, note_words_in
from app.services.banks.rights import SHOWERS, of_chapter, readable_in, readable_places_in
from app.services.commit import in_turns, reading, writing
from app.services.files import containers
from quizzes.importers import IMPORTERS
from quizzes.importers.contract import Imported

SHIPPED = Path(__file__).resolve().parents[3] / "quizzes" / "banks"
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
    fill()
    return loaded


def load_file(key: str, name: str, text: bytes) -> int:
    """Load one bank file under `key`; how many questions it has. Raises BadBank, and then nothing is changed.

    The bank of a chapter is not overwritten: its questions have authors, reviewers and a history.
    """
    found = read_file(name, text)
    if of_chapter(key):
        raise BadBank(f"{key}: this bank belongs to a chapter; upload the file on its page, or rename the file")
    replace_bank(key, found, hashlib.sha256(text).hexdigest())
    return len(found.drafts)


def read_file(name: str, text: bytes) -> Imported:
    """Reads a bank file. Raises BadBank with every error and its line."""
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
    values = {
        "title": json.dumps(dict(bank.title), ensure_ascii=False),
        "public": bank.public,
        "topics": json.dumps({key: dict(words) for key, words in bank.topics.items()}, ensure_ascii=False),
        "digest": digest,
        "updated_at": now,
    }
    query = insert(db, Bank).values(key=key, **values)
    db.execute(query.on_conflict_do_update(index_elements=["key"], set_=values))
    bank_id = db.scalars(select(Bank.id).where(Bank.key == key)).one()
    rows = [_row(bank_id, question, now) for question in bank.drafts]
    db.execute(delete(Question).where(Question.bank_id == bank_id, Question.key.not_in([r["key"] for r in rows])))
    query = insert(db, Question)
    renewed = {name: getattr(query.excluded, name) for name in COLUMNS} | {"approved_version": Question.version}
    db.execute(query.on_conflict_do_update(index_elements=["bank_id", "key"], set_=renewed), rows)
    note_words_in(db, bank_id, [row["key"] for row in rows])
    return bank_id


def _row(bank_id: int, question: Mapping[str, Any], now: int) -> dict[str, Any]:
    return {
        "bank_id": bank_id,
        "key": question["id"],
        "type": question["type"],
        "topic": question["topic"],
        "difficulty": question["difficulty"],
        "state": "approved",
        "approved_version": 1,
        "updated_at": now,
        "valid_from": day_of(question.get("valid_from")),
        "valid_to": day_of(question.get("valid_to")),
        "body": json.dumps(question, ensure_ascii=False, default=str),
    }


def day_of(value: Any) -> date | None:
    if isinstance(value, date) or value is None:
        return value
    return date.fromisoformat(str(value))


def today(zone: str = "Asia/Ho_Chi_Minh") -> date:
    """The date in Việt Nam, which decides whether a fact is still in force."""
    return datetime.now(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Drawable:
    """A question a show may take: its number, itself with the key, and whether an open contest asks it.

    `settled`: approved, and in force today. `bank` is the title of its bank, `chapter_id` whose bank it is.
    """

    id: int
    question: dict[str, Any]
    in_contest: bool
    settled: bool = True
    bank: str = ""
    chapter_id: int | None = None
    changed: bool = False
    """Its text is another one than was approved."""


@reading
def candidates(
    db: Session,
    *,
    banks: Sequence[str] = (),
    topics: Sequence[str] = (),
    types: Sequence[str] = (),
    difficulty: Sequence[int] = (),
    day: date | None = None,
    host_id: int | None = None,
) -> list[Drawable]:
    """Approved questions in force on `day` (default today), in a stable order; empty filters take all.

    Only of banks the host may take from; the program itself (None) may from all.
    """
    day = day or today()
    query = (
        _drawable()
        .where(
            readable_in(db, host_id, SHOWERS),
            Question.state == "approved",
            or_(Question.valid_from.is_(None), Question.valid_from <= day),
            or_(Question.valid_to.is_(None), Question.valid_to >= day),
        )
        .order_by(Bank.key, Question.key)
    )
    for column, wanted in (
        (Bank.key, banks),
        (Question.topic, topics),
        (Question.type, types),
        (real_difficulty(), difficulty),
    ):
        if wanted:
            query = query.where(column.in_(wanted))
    return _with_real_difficulty(db, _found(db, query))


def _with_real_difficulty(db: Session, found: list[Drawable]) -> list[Drawable]:
    """The same with the difficulty that real answers show, where there are enough; rounds that rise go by it."""
    measured = measured_in(db, [one.id for one in found])
    return [
        replace(one, question=one.question | {"difficulty": level(measured[one.id])}) if one.id in measured else one
        for one in found
    ]


@reading
def by_keys(db: Session, keys: Sequence[str], host_id: int | None = None) -> dict[str, Drawable]:
    """The questions with these ids that the host may take; of two banks with the same id the public one."""
    query = _drawable().where(Question.key.in_(keys), readable_in(db, host_id, SHOWERS))
    return {one.question["id"]: one for one in _found(db, query.order_by(Bank.public, Bank.key.desc()))}


@reading
def pickable(
    db: Session,
    host_id: int,
    fits: Callable[[Mapping[str, Any]], bool],
    *,
    words: str = "",
    bank: str = "",
    difficulty: int = 0,
    unsettled: bool = False,
    most: int = 50,
) -> list[Drawable]:
    """Questions a host may look at and choose one by one: at most `most`, those of chapters first.

    `words` are sought without marks and case; `unsettled` takes those nobody has approved yet, too. What an open
    contest asks is not shown to anybody here.
    """
    query = _drawable().where(readable_in(db, host_id, SHOWERS), Question.state != "retired")
    query = query.where(Bank.key == bank) if bank else query
    query = query.where(*(hard := [real_difficulty() == difficulty] if difficulty else []))
    query = query if unsettled else query.where(Question.state == "approved")
    query = query.where(Question.id.not_in(used_in_contests(now_us(db))))
    if words.strip():
        state = [] if unsettled else places(state="approved")
        there = [*readable_places_in(db, host_id, SHOWERS), *state]
        query = query.where(Question.id.in_(find_in(db, words, there, hard, without=NOT_USED)))
    found = list[Drawable]()
    for one in map(_one, in_turns(db.execute(query.order_by(Bank.public, Bank.key, Question.key)), 100)):
        if (unsettled or one.settled) and fits(one.question):
            found.append(one)
            if len(found) == most:
                break
    return _with_real_difficulty(db, found)


def _drawable() -> Any:
    columns = (Question.id, Question.body, Question.state, Question.valid_from, Question.valid_to)
    changed = and_(Question.approved_version.is_not(None), Question.approved_version != Question.version)
    return select(*columns, Bank.title, Bank.chapter_id, changed).join(Bank, Bank.id == Question.bank_id)


def _one(row: Any, asked: Collection[int] = ()) -> Drawable:
    number, body, state, since, until, title, chapter_id, changed = row
    settled = state == "approved" and (since or date.min) <= today() <= (until or date.max)
    name = json.loads(title).get("vi", "")
    return Drawable(number, json.loads(body), number in asked, settled, name, chapter_id, bool(changed))


def _found(db: Session, query: Any) -> list[Drawable]:
    asked = set(db.scalars(used_in_contests(now_us(db))))
    return [_one(row, asked) for row in db.execute(query)]
