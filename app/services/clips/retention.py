"""Erases clips that are kept only for a time: one that no question, script, show or contest names goes a month after it
came."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.bank import Question, QuestionVersion
from app.models.clips import Clip, ClipPart
from app.models.contests import Contest, ContestQuestion
from app.models.shows import JournalLine, OwnScript
from app.models.staging import ImportQuestion
from app.services.commit import breathe, in_turns, reading, reading_aside, writing
from quizzes.hours import DAY

KEPT = 30 * DAY
"""How long a clip may wait for its question, microseconds: a form may stand open for days."""
MEGABYTES = 8
"""The parts of a clip, a megabyte each, that one turn deletes."""
LINES = 5000
"""Parts erased in one transaction; lines of the journals looked through at once."""
NAMED_IN = (
    Question.body,
    QuestionVersion.body,
    ImportQuestion.body,
    OwnScript.body,
    ContestQuestion.body,
    Contest.rules,
)
"""All that may name a clip, but the journals: a script has its brand and its own questions in it."""
WITH_QUESTIONS = ("created", "replaced")
"""The events of a show that bring questions with them: how it began, and a question put in another's place."""
NAME = re.compile(r"[A-Za-z0-9_-]{8,64}\.mp[34]")


def erase_due(now: int) -> dict[str, int]:
    """Erase clips that are old enough and named nowhere; how many. The journals are read last, for what is left."""
    unused = _old(now)
    for column in NAMED_IN:
        unused -= _named(column) if unused else set()
    after = 0
    while unused and (last := _line_after(after)):
        unused -= _played(after, last)
        after = last
        breathe()
    for name in sorted(unused):
        while _parts(name):
            breathe()
        _forget(name)
    return {"clips": len(unused)}


@reading
def _old(db: Session, now: int) -> set[str]:
    return set(db.scalars(select(Clip.name).where(Clip.made_at < now - KEPT)))


@reading_aside
def _named(db: Session, column: InstrumentedAttribute[str]) -> set[str]:
    return _names(db, select(column).where(_has_one(column)))


@reading
def _line_after(db: Session, after: int) -> int:
    """The number of the last journal line of the next piece; 0 behind the end."""
    piece = select(JournalLine.id).where(JournalLine.id > after).order_by(JournalLine.id).limit(LINES).subquery()
    return db.scalar(select(func.max(piece.c.id))) or 0


@reading_aside
def _played(db: Session, after: int, last: int) -> set[str]:
    piece = (JournalLine.id > after, JournalLine.id <= last, JournalLine.name.in_(WITH_QUESTIONS))
    return _names(db, select(JournalLine.data).where(*piece, _has_one(JournalLine.data)))


def _has_one(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(column.contains(".mp3"), column.contains(".mp4"))


def _names(db: Session, texts: Select[str]) -> set[str]:
    return {name for text in in_turns(db.scalars(texts)) for name in NAME.findall(text)}


@writing
def _parts(db: Session, name: str) -> int:
    """From the first part erased it is there no more for who asks."""
    db.execute(update(Clip).where(Clip.name == name).values(size=0))
    numbers: Sequence[int] = db.scalars(select(ClipPart.number).where(ClipPart.name == name).limit(MEGABYTES)).all()
    db.execute(delete(ClipPart).where(ClipPart.name == name, ClipPart.number.in_(numbers)))
    return len(numbers)


@writing
def _forget(db: Session, name: str) -> None:
    db.execute(delete(Clip).where(Clip.name == name))
