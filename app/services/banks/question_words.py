"""The words of questions, and questions found by them: without marks or with, those with the marks typed first."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.bank import Question, QuestionWords
from app.models.engines import insert
from app.models.searching import MARK, Places, by_index, numbers_with, places
from app.services.commit import breathe, reading, writing
from quizzes.text import fold

MOST = 1000
"""Questions looked at for one search. A search that finds more needs more words."""
CHUNK = 500
"""The questions whose words are kept at once."""
LONGEST_WORD = 60
"""The longest word that is kept, letters: what follows is cut off."""
NOT_USED = places(state="retired")[0]
"""The place of questions that lists leave out."""
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text with their marks, small, in one form of Unicode."""
    return [one[:LONGEST_WORD] for one in WORD.findall(unicodedata.normalize("NFC", text).lower())]


def folded_words(text: str) -> list[str]:
    """The words of a text without marks, đ as d."""
    return [bare for one in words_of(text) for bare in _bare(one)]


@lru_cache(maxsize=50_000)
def _bare(word: str) -> list[str]:
    """A language has few words: many questions are folded quickly."""
    return WORD.findall(fold(word))


def note_words_in(db: Session, bank_id: int, keys: Iterable[str]) -> None:
    """Keep the words of these questions of a bank as they are now. Every writer of a question calls this."""
    wanted = list(keys)
    for at in range(0, len(wanted), CHUNK):
        _keep(db, Question.bank_id == bank_id, Question.key.in_(wanted[at : at + CHUNK]))


def fill() -> int:
    """Keep the words of questions that have none yet: those of an older version. Returns how many."""
    filled = 0
    while some := _without():
        filled += _fill(some)
        breathe()
    return filled


@reading
def _without(db: Session) -> list[int]:
    query = select(Question.id).outerjoin(QuestionWords, QuestionWords.question_id == Question.id)
    return list(db.scalars(query.where(QuestionWords.question_id.is_(None)).limit(CHUNK)))


@writing
def _fill(db: Session, numbers: Collection[int]) -> int:
    return _keep(db, Question.id.in_(numbers))


def _keep(db: Session, *which: ColumnElement[bool]) -> int:
    columns = (Question.id, Question.body, Question.bank_id, Question.state, Question.topic, Question.difficulty)
    lines = [
        _line(number, json.loads(body), *place) for number, body, *place in db.execute(select(*columns).where(*which))
    ]
    if lines:
        query = insert(db, QuestionWords)
        renewed = {name: getattr(query.excluded, name) for name in ("place", "folded", "marked")}
        db.execute(query.on_conflict_do_update(index_elements=["question_id"], set_=renewed), lines)
    return len(lines)


def _line(number: int, body: Mapping[str, Any], *place: Any) -> dict[str, Any]:
    said = _searched_text(body)
    marked, where = " ".join(MARK + one for one in words_of(said)), " ".join(places(*place))
    return {"question_id": number, "place": where, "folded": " ".join(folded_words(said)), "marked": marked}


def _searched_text(body: Mapping[str, Any]) -> str:
    """All of a question that people look for: its text, options, source, tags and id."""
    texts = [body["text"], *(one.get("text") or {} for one in body.get("options") or [])]
    return " ".join(
        [
            *(text.get(lang, "") for text in texts for lang in ("vi", "en")),
            str(body.get("source") or ""),
            str(body.get("id", "")),
            *body.get("tags", []),
        ]
    )


def find_in(
    db: Session, words: str, where: Places = (), conditions: Iterable[ColumnElement[bool]] = (), *, without: str = ""
) -> list[int]:
    """Questions with all these words, best first, at most MOST: with the marks typed and side by side, with them
    anywhere, then the same without marks; those written first before others. `where`: `places` they stand in,
    `without`: one they do not; `conditions` about `Question` beside, for what places cannot say."""
    folded, marked = folded_words(words), words_of(words)
    if not folded:
        return []
    ways = [("folded", folded, True), ("folded", folded, False)]
    if marked != folded:
        ways = [("marked", marked, True), ("marked", marked, False), *ways]
    by_index(db)
    found = dict[int, None]()
    for column, said, together in ways:
        if len(found) < MOST and (len(said) > 1 or not together):
            more = numbers_with(db, column, said, where, without, together=together, most=MOST)
            found |= dict.fromkeys(sorted(more))
    return _fitting(db, found, list(conditions))[:MOST]


def find_in_bank(db: Session, words: str, bank_id: int, topic: str, difficulty: int, state: str) -> list[int]:
    """The questions of a bank's list that have these words, best first. Topics are asked for once more: their places
    leave signs out."""
    topics = [Question.topic == topic] if topic else []
    there = places(bank_id, state, topic, difficulty)
    return find_in(db, words, there, topics, without="" if state else NOT_USED)


def _fitting(db: Session, found: Collection[int], conditions: Sequence[ColumnElement[bool]]) -> list[int]:
    """Those that fit the conditions, in their order; without conditions no question is read."""
    if not conditions or not found:
        return list(found)
    fit = set(db.scalars(select(Question.id).where(Question.id.in_(found), *conditions)))
    return [one for one in found if one in fit]
