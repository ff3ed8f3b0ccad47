"""The banks of chapters: lists of questions, one question and its text. Written by question_writing."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.engines import now_us
from app.models.people import Chapter, Member
from app.services.banks.banks import today
from app.services.banks.question_words import find_in_bank
from app.services.banks.rights import WORKERS, readable_in
from app.services.commit import reading, writing
from app.services.people.chapters import open_in
from app.services.people.roles import AUTHOR, ORGANISER, may, power_in
from quizzes.importers.table import slug
from quizzes.refusals import Rejected

RETIRED = "retired"
PAGE = 50  # questions of a page


@dataclass(frozen=True)
class BankLine:
    """A bank as its list shows it. `counts`: state -> questions. Public banks have no chapter."""

    id: int
    key: str
    title: Mapping[str, str]
    topics: Mapping[str, Mapping[str, str]]
    public: bool
    chapter_id: int | None
    chapter: str | None
    path: str | None
    counts: Mapping[str, int]
    checklist: Sequence[str] = ()
    """The lines that a reviewer ticks before approving."""
    changed: int = 0
    """Questions in use whose text was changed since it was approved."""


@dataclass(frozen=True)
class QuestionLine:
    """A question as lists show it; `body` is the whole of it, with the key."""

    id: int
    bank_id: int
    key: str
    type: str
    topic: str
    difficulty: int
    state: str
    valid_from: date | None
    valid_to: date | None
    author_id: int | None
    author: str | None
    body: Mapping[str, Any]
    revision: int  # another one after every change of text or state: who saves says which one they saw
    version: int = 1  # of the text
    approved_version: int | None = None

    @property
    def expired(self) -> bool:
        return self.valid_to is not None and self.valid_to < today()

    @property
    def changed(self) -> bool:
        """True when it was changed since it was approved."""
        return self.approved_version is not None and self.approved_version != self.version


@reading
def banks_of(db: Session, member_id: int) -> list[BankLine]:
    """The banks this person may see, own ones first."""
    query = _lines().where(readable_in(db, member_id, WORKERS)).order_by(Bank.public, Bank.key)
    return _counted(db, query)


@reading
def banks_for_contests(db: Session, member_id: int) -> list[BankLine]:
    """The banks this person may draw papers from."""
    return _counted(db, _lines().where(readable_in(db, member_id, (ORGANISER,))).order_by(Bank.public, Bank.key))


@reading
def bank(db: Session, bank_id: int) -> BankLine:
    """One bank, or Rejected("not_found")."""
    found = _counted(db, _lines().where(Bank.id == bank_id))
    if not found:
        raise Rejected("not_found")
    return found[0]


@reading
def topics_of(db: Session, bank_ids: Sequence[int]) -> dict[str, Mapping[str, str]]:
    """The names of topics in these banks, by key."""
    found: dict[str, Mapping[str, str]] = {}
    for named in db.scalars(select(Bank.topics).where(Bank.id.in_(bank_ids)).order_by(Bank.id)):
        found |= json.loads(named)
    return found


@writing
def create_bank(db: Session, actor_id: int, chapter_id: int, title: str) -> int:
    """An empty bank of a chapter that has not ended; returns its number."""
    may_write(db, actor_id, open_in(db, chapter_id).path)
    words = _title(title, "title")
    key = f"{slug(words)[:60].strip('-')}-{secrets.token_hex(3)}"
    titled = json.dumps({"vi": words}, ensure_ascii=False)
    new = Bank(key=key, title=titled, public=False, chapter_id=chapter_id, updated_at=now_us(db))
    db.add(new)
    db.flush()
    return new.id


@writing
def rename_bank(db: Session, actor_id: int, bank_id: int, title: str, english: str = "") -> None:
    """Call a chapter's bank something else; its key and its questions stay. Rejected("bank_title")."""
    may_write(db, actor_id, own_path(db, bank_id))
    words = {"vi": _title(title, "title")} | ({"en": _title(english, "title_en")} if english.strip() else {})
    db.get_one(Bank, bank_id).title = json.dumps(words, ensure_ascii=False)


def _title(text: str, field: str) -> str:
    words = " ".join(text.split())
    if not 2 <= len(words) <= 200:
        raise Rejected("bank_title", field=field)
    return words


@reading
def questions(
    db: Session, bank_id: int, *, words: str = "", topic: str = "", difficulty: int = 0, state: str = "", page: int = 1
) -> tuple[list[QuestionLine], int]:
    """A page of a bank's questions and how many fit. With `words` the best come first, and no more than a thousand."""
    wanted = wanted_in_list(bank_id, topic, difficulty, state)
    if words.strip():
        numbers = find_in_bank(db, words, bank_id, topic, difficulty, state)
        return lines_in(db, numbers[(page - 1) * PAGE : page * PAGE]), len(numbers)
    total = db.scalar(select(func.count()).select_from(Question).where(and_(*wanted))) or 0
    query = _questions().where(and_(*wanted)).order_by(*ORDER)
    rows = db.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    return [_question(*row) for row in rows], total


@reading
def by_number(db: Session, numbers: Sequence[int]) -> dict[int, QuestionLine]:
    """These questions by their numbers."""
    return {one.id: one for one in lines_in(db, sorted(set(numbers)))}


def lines_in(db: Session, numbers: Sequence[int]) -> list[QuestionLine]:
    """These questions, in this order."""
    lines = {row[0].id: _question(*row) for row in db.execute(_questions().where(Question.id.in_(numbers)))}
    return [lines[one] for one in numbers if one in lines]


def wanted_in_list(bank_id: int, topic: str, difficulty: int, state: str) -> list[ColumnElement[bool]]:
    """The conditions of a bank's list. The caller leaves out the first one, that of the bank, where words are
    searched."""
    wanted: list[ColumnElement[bool]] = [Question.bank_id == bank_id]
    wanted += [Question.topic == topic] if topic else []
    wanted += [Question.difficulty == difficulty] if difficulty else []
    return wanted + ([Question.state == state] if state else [Question.state != RETIRED])


ORDER = (Question.topic, Question.difficulty, Question.key)


@reading
def question(db: Session, question_id: int) -> QuestionLine:
    """One question, or Rejected("not_found")."""
    found = db.execute(_questions().where(Question.id == question_id)).first()
    if found is None:
        raise Rejected("not_found")
    return _question(*found)


def may_write(db: Session, actor_id: int, path: str) -> None:
    """Rejected("forbidden") for who is neither author nor organiser there. Inside a transaction."""
    held = power_in(db, actor_id)
    if not (may(held, AUTHOR, path) or may(held, ORGANISER, path)):
        raise Rejected("forbidden")


def own_path(db: Session, bank_id: int) -> str:
    """The path of a chapter's bank; a public one comes with the program and cannot be changed here."""
    path = db.scalar(select(Chapter.path).join(Bank, Bank.chapter_id == Chapter.id).where(Bank.id == bank_id))
    if path is None:
        raise Rejected("not_found")
    return path


def _lines() -> Select[Bank, str | None, str | None]:
    return select(Bank, Chapter.name, Chapter.path).outerjoin(Chapter, Chapter.id == Bank.chapter_id)


def _counted(db: Session, query: Select[Bank, str | None, str | None]) -> list[BankLine]:
    rows = db.execute(query).all()
    counts: dict[int, dict[str, int]] = {}
    changed: dict[int, int] = {}
    other = func.sum(case((Question.approved_version != Question.version, 1), else_=0))
    by_state = select(Question.bank_id, Question.state, func.count(), other).group_by(Question.bank_id, Question.state)
    for bank_id, state, count, differ in db.execute(
        by_state.where(Question.bank_id.in_([one.id for one, _, _ in rows]))
    ):
        counts.setdefault(bank_id, {})[state] = count
        changed[bank_id] = changed.get(bank_id, 0) + (differ if state != RETIRED else 0)
    found = []
    for one, chapter, path in rows:
        about = one.id, one.key, json.loads(one.title), json.loads(one.topics), one.public, one.chapter_id
        numbers = counts.get(one.id, {}), json.loads(one.checklist), changed.get(one.id, 0)
        found.append(BankLine(*about, chapter, path, *numbers))
    return found


def _questions() -> Select[Question, str | None]:
    return select(Question, Member.name).outerjoin(Member, Member.id == Question.author_id)


def _question(one: Question, author: str | None) -> QuestionLine:
    return QuestionLine(
        one.id,
        one.bank_id,
        one.key,
        one.type,
        one.topic,
        one.difficulty,
        one.state,
        one.valid_from,
        one.valid_to,
        one.author_id,
        author,
        json.loads(one.body),
        one.updated_at,
        one.version,
        one.approved_version,
    )
