"""Boards of chapters: announcements until a day, polls with one vote for each account or browser and no names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.board import Announcement, BoardPoll, Vote
from app.models.engines import insert, now_us
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.same import same_in
from app.services.tokens import new_address_id
from quizzes.hours import DAY
from quizzes.refusals import Rejected

FEWEST, MOST = 2, 8
"""Answers of a poll."""
LONGEST = 366 * DAY
"""How long an announcement may stand, microseconds."""
SHOWN = 5
"""Announcements and polls on one page."""
CLOSED_SHOWN = 14 * DAY
"""How long a closed poll still shows its result, microseconds."""


@dataclass(frozen=True)
class Told:
    """An announcement as pages show it."""

    id: int
    chapter_id: int
    chapter: str
    title: str
    text: str
    at: int
    ends_at: int


@dataclass(frozen=True)
class Poll:
    """A poll with its answers and how many chose each. `mine`: the own answer, None before the vote."""

    public_id: str
    chapter_id: int
    chapter: str
    question: str
    options: tuple[tuple[str, int], ...]
    closes_at: int
    open: bool
    mine: int | None

    @property
    def votes(self) -> int:
        return sum(count for _, count in self.options)


@writing
def announce(db: Session, actor_id: int, chapter_id: int, title: str, text: str, ends_at: int) -> None:
    """Put something on the board. Rejected: forbidden, announcement_empty, bad_dates."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    title, text, now = " ".join(title.split()), text.strip(), now_us(db)
    if not 2 <= len(title) <= 120 or not 1 <= len(text) <= 2000:
        raise Rejected("announcement_empty", field="title" if not 2 <= len(title) <= 120 else "text")
    _in_time(now, ends_at)
    new = Announcement(chapter_id=chapter_id, title=title, text=text, made_by=actor_id, at=now, ends_at=ends_at)
    if same_in(db, new, "title", "text", "ends_at", removed_at=None) is not None:
        return
    db.add(new)
    audit_in(db, actor_id, "board.announced", chapter_id=chapter_id)


@writing
def ask(db: Session, actor_id: int, chapter_id: int, question: str, options: Sequence[str], closes_at: int) -> str:
    """Begin a poll; its public number. Rejected: forbidden, poll_options, bad_dates."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    question, now = " ".join(question.split()), now_us(db)
    wanted = list(dict.fromkeys(" ".join(one.split())[:120] for one in options if one.strip()))
    if not 2 <= len(question) <= 200 or not FEWEST <= len(wanted) <= MOST:
        raise Rejected("poll_options", field="options" if 2 <= len(question) <= 200 else "question", most=MOST)
    _in_time(now, closes_at)
    new = BoardPoll(
        public_id=new_address_id(12),
        chapter_id=chapter_id,
        question=question,
        made_by=actor_id,
        at=now,
        options=json.dumps(wanted, ensure_ascii=False),
        closes_at=closes_at,
    )
    known = same_in(db, new, "question", "options", "closes_at", removed_at=None)
    if known is not None:
        return known.public_id
    db.add(new)
    audit_in(db, actor_id, "board.asked", chapter_id=chapter_id)
    return new.public_id


def _in_time(now: int, until: int) -> None:
    if not now < until <= now + LONGEST:
        raise Rejected("bad_dates", field="until")


@writing
def vote(db: Session, public_id: str, who: str, choice: int) -> bool:
    """Count one vote; False where this voter has voted already: the first one stays. Rejected: not_found, poll_closed.

    `who` names the account or the browser; only a digest of it that is another one in every poll is kept.
    """
    poll = _poll(db, public_id)
    if poll.closes_at <= now_us(db):
        raise Rejected("poll_closed")
    if not 0 <= choice < len(json.loads(poll.options)):
        raise Rejected("bad_request")
    row = {"poll_id": poll.id, "voter": _voter(public_id, who), "choice": choice}
    query = insert(db, Vote).values(**row).on_conflict_do_nothing().returning(Vote.poll_id)
    return db.scalar(query) is not None


def _voter(public_id: str, who: str) -> str:
    return hashlib.sha256(f"{public_id} {who}".encode()).hexdigest()


def _poll(db: Session, public_id: str) -> BoardPoll:
    found = db.scalar(select(BoardPoll).where(BoardPoll.public_id == public_id, BoardPoll.removed_at.is_(None)))
    if found is None:
        raise Rejected("not_found")
    return found


@writing
def take_down(db: Session, actor_id: int, kind: str, number: str) -> int:
    """Take an announcement or a poll off the board; the chapter it hung in."""
    found: Announcement | BoardPoll | None
    if kind == "poll":
        found = _poll(db, number)
    else:
        found = db.get(Announcement, int(number)) if number.isdecimal() and len(number) < 16 else None
    if found is None or found.removed_at is not None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, path_of_in(db, found.chapter_id))
    found.removed_at = now_us(db)
    audit_in(db, actor_id, "board.taken_down", chapter_id=found.chapter_id)
    return found.chapter_id


@reading
def where(db: Session, public_id: str) -> int:
    """The chapter a poll hangs in, or Rejected("not_found")."""
    return _poll(db, public_id).chapter_id


@reading
def seen_from(db: Session, path: str | None) -> list[int]:
    """The chapters whose boards somebody at this path reads: the own one and those above; a stranger the topmost."""
    if path is not None:
        return ids_of(path)
    return list(db.scalars(select(Chapter.id).where(Chapter.parent_id.is_(None)).order_by(Chapter.id)))


@reading
def announcements(db: Session, chapter_ids: Sequence[int]) -> list[Told]:
    """The notices that hang on these boards now, the newest first."""
    query = select(Announcement, Chapter.name).join(Chapter, Chapter.id == Announcement.chapter_id)
    hangs = (Announcement.removed_at.is_(None), Announcement.ends_at > now_us(db))
    rows = db.execute(
        query.where(Announcement.chapter_id.in_(chapter_ids), *hangs).order_by(Announcement.id.desc()).limit(SHOWN)
    )
    return [Told(one.id, one.chapter_id, name, one.title, one.text, one.at, one.ends_at) for one, name in rows]


@reading
def announcement(db: Session, number: int) -> Told:
    """One that hangs now, or Rejected("not_found")."""
    query = select(Announcement, Chapter.name).join(Chapter, Chapter.id == Announcement.chapter_id)
    hangs = (Announcement.removed_at.is_(None), Announcement.ends_at > now_us(db))
    row = db.execute(query.where(Announcement.id == number, *hangs)).first()
    if row is None:
        raise Rejected("not_found")
    one, name = row
    return Told(one.id, one.chapter_id, name, one.title, one.text, one.at, one.ends_at)


@reading
def polls(db: Session, chapter_ids: Sequence[int], who: str | None) -> list[Poll]:
    """The polls on these boards: those that are open, and for two weeks what came of the others."""
    now = now_us(db)
    query = select(BoardPoll, Chapter.name).join(Chapter, Chapter.id == BoardPoll.chapter_id)
    hangs = (BoardPoll.removed_at.is_(None), BoardPoll.closes_at > now - CLOSED_SHOWN)
    query = query.where(BoardPoll.chapter_id.in_(chapter_ids), *hangs).order_by(BoardPoll.id.desc())
    rows = db.execute(query.limit(SHOWN))
    return [_counted(db, one, name, who, now) for one, name in rows]


def _counted(db: Session, one: BoardPoll, chapter: str, who: str | None, now: int) -> Poll:
    by_choice = select(Vote.choice, func.count()).where(Vote.poll_id == one.id).group_by(Vote.choice)
    counts = {row[0]: row[1] for row in db.execute(by_choice)}
    own = select(Vote.choice).where(Vote.poll_id == one.id, Vote.voter == _voter(one.public_id, who or ""))
    mine = db.scalar(own) if who else None
    options = tuple((text, counts.get(at, 0)) for at, text in enumerate(json.loads(one.options)))
    return Poll(one.public_id, one.chapter_id, chapter, one.question, options, one.closes_at, one.closes_at > now, mine)
