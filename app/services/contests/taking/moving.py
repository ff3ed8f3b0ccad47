"""Moving a wave of a contest that is open: later, for everybody or for one chapter, with a reason everybody reads.

A wave never ends earlier than was promised, and one whose hours are over stays over: its keys may be known. Papers that
are being written get the new end. What was moved stands on the contest's page for good.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest, ContestUnit, Entrant
from app.models.engines import lock, now_us
from app.models.people import Chapter, Member, under
from app.models.publications import WaveMove
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.contests.contests import frozen, refresh, rules_of
from app.services.contests.setup.drafts import as_json, hours_columns
from app.services.contests.taking.entrants import CONTEST_LOCK
from app.services.people.notices import tell_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.checks.opening import LONGEST_WAVE
from quizzes.contest.setup.rules import Rules, plain
from quizzes.contest.setup.waves import hours_of, moved
from quizzes.contest.taking.attempts import allowed, grace, settled_at
from quizzes.hours import local
from quizzes.refusals import Rejected

SHORTEST, LONGEST = 10, 1000
"""The shortest and the longest reason for moving a wave, letters."""
MOST_TOLD = 20_000
"""People with an open paper or a declared group who get a notice; everybody else reads it on the contest's page."""


@dataclass(frozen=True)
class Move:
    """The new hours of a wave, Unix microseconds. `chapter_id` 0: for everybody."""

    wave: int
    opens_at: int
    closes_at: int
    reason: str
    chapter_id: int = 0


@dataclass(frozen=True)
class Moved:
    """A move as everybody may read it. `chapter` is empty where it was for everybody."""

    no: int
    wave: int
    chapter: str
    was: tuple[int, int]
    hours: tuple[int, int]
    reason: str
    at: int


def move(actor_id: int, contest_id: int, asked: Move) -> int:
    """Move a wave; how many papers that are being written get a later end.

    Rejected: not_now (a draft, or cancelled), wave_over, only_later, hours_overlap, wave_too_long, no_such_chapter,
    reason_needed.
    """
    later = _move(actor_id, contest_id, asked)
    refresh()
    return later


@writing
def _move(db: Session, actor_id: int, contest_id: int, asked: Move) -> int:
    """Moves the hours of a wave, for everybody or for a chapter, and extends the tries that run; how many tries were
    extended."""
    lock(db, CONTEST_LOCK, contest_id)
    contest = db.get(Contest, contest_id)
    if contest is None or contest.opened_at is None or contest.cancelled_at is not None:
        raise Rejected("not_now")
    require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    rules, now = rules_of(contest.rules), now_us(db)
    was = _checked(db, contest, rules, asked, now)
    waves = moved(rules.waves, asked.wave, asked.chapter_id, asked.opens_at, asked.closes_at)
    rules = rules_of(json.dumps(plain(rules) | {"waves": [plain(one) for one in waves]}))
    contest.rules, contest.revision = as_json(plain(rules)), contest.revision + 1
    for name, value in hours_columns(rules).items():
        setattr(contest, name, value)
    last = db.scalar(select(func.max(WaveMove.no)).where(WaveMove.contest_id == contest_id)) or 0
    db.add(
        WaveMove(
            contest_id=contest_id,
            no=last + 1,
            wave=asked.wave,
            chapter_id=asked.chapter_id,
            opened_at=was[0],
            closed_at=was[1],
            opens_at=asked.opens_at,
            closes_at=asked.closes_at,
            reason=asked.reason.strip(),
            at=now,
        )
    )
    audit_in(db, actor_id, "contest.moved", chapter_id=contest.chapter_id, contest=contest_id, wave=asked.wave)
    _tell_entrants(db, contest, asked, actor_id)
    return _extend(db, contest_id, rules, asked, now)


def _checked(db: Session, contest: Contest, rules: Rules, asked: Move, now: int) -> tuple[int, int]:
    """The hours so far, where the move may be made."""
    if not SHORTEST <= len(asked.reason.strip()) <= LONGEST:
        raise Rejected("reason_needed", field="reason")
    if not 0 <= asked.wave < len(rules.waves):
        raise Rejected("bad_request", field="wave")
    if now >= settled_at(rules, asked.wave):
        raise Rejected("wave_over", field="wave")
    was = hours_of(rules.waves[asked.wave], _chapters(db, contest.id, asked.chapter_id))
    begun = was[0] <= now
    hours = (asked.opens_at, asked.closes_at)
    if hours == was or asked.opens_at < was[0] or asked.closes_at < max(was[1], now + 1):
        raise Rejected("only_later", field="closes_at")
    if begun and asked.opens_at != was[0]:
        raise Rejected("wave_begun", field="opens_at")
    if asked.closes_at <= asked.opens_at:
        raise Rejected("only_later", field="closes_at")
    if asked.closes_at - asked.opens_at > LONGEST_WAVE:
        raise Rejected("wave_too_long", field="closes_at")
    if asked.wave + 1 < len(rules.waves) and asked.closes_at > rules.waves[asked.wave + 1].opens_at:
        raise Rejected("hours_overlap", field="closes_at")
    return was


def _chapters(db: Session, contest_id: int, chapter_id: int) -> tuple[int, ...]:
    """From the root to the chapter; Rejected("no_such_chapter") where it has no part in the contest."""
    if not chapter_id:
        return ()
    if db.get(ContestUnit, (contest_id, chapter_id)) is None:
        raise Rejected("no_such_chapter", field="chapter")
    return tuple(int(part) for part in path_of_in(db, chapter_id).strip("/").split("/") if part)


def _extend(db: Session, contest_id: int, rules: Rules, asked: Move, now: int) -> int:
    """Give papers that are being written the new end, where the wave's end cuts them."""
    if not rules.timing.cut:
        return 0
    running = (
        Attempt.contest_id == contest_id,
        Attempt.wave == asked.wave,
        Attempt.submitted_at.is_(None),
        Attempt.cancelled.is_(False),
        Attempt.closes_at >= now - grace(rules),
    )
    query = select(Attempt.id, Attempt.started_at, Attempt.closes_at, Attempt.extra_percent, Attempt.paper, Member.path)
    count = 0
    for row in db.execute(query.join(Member, Member.id == Attempt.member_id).where(*running)).all():
        chapters = tuple(int(part) for part in row.path.strip("/").split("/") if part)
        end = hours_of(rules.waves[asked.wave], chapters)[1]
        closes_at = min(row.started_at + allowed(rules, len(json.loads(row.paper)), row.extra_percent), end)
        if closes_at > row.closes_at:
            db.execute(update(Attempt).where(Attempt.id == row.id).values(closes_at=closes_at))
            count += 1
    return count


def _tell_entrants(db: Session, contest: Contest, asked: Move, actor_id: int) -> None:
    """Everybody who began or announced to take part, and has not handed in the paper of this wave."""
    known = select(Entrant.member_id).where(Entrant.contest_id == contest.id)
    began = select(Attempt.member_id).where(Attempt.contest_id == contest.id)
    done = select(Attempt.member_id).where(
        Attempt.contest_id == contest.id, Attempt.wave == asked.wave, Attempt.submitted_at.is_not(None)
    )
    query = select(Member.id).where(or_(Member.id.in_(known), Member.id.in_(began)), Member.id.not_in(done))
    if asked.chapter_id:
        query = query.join(Chapter, Chapter.id == Member.chapter_id)
        query = query.where(under(Chapter.path, path_of_in(db, asked.chapter_id)))
    until = local(asked.closes_at).strftime("%H:%M %d/%m/%Y")
    title = json.loads(contest.title).get("vi", "")
    for member_id in db.scalars(query.limit(MOST_TOLD)):
        tell_in(db, member_id, "hours_moved", by=actor_id, title=title, until=until, contest=contest.public_id)


@reading
def moves(db: Session, contest_id: int) -> Sequence[Moved]:
    """Everything that was moved, in order."""
    names = frozen(contest_id).unit_told if db.get_one(Contest, contest_id).opened_at else {}
    rows = db.scalars(select(WaveMove).where(WaveMove.contest_id == contest_id).order_by(WaveMove.no))
    return [
        Moved(
            one.no,
            one.wave,
            names.get(one.chapter_id, "") if one.chapter_id else "",
            (one.opened_at, one.closed_at),
            (one.opens_at, one.closes_at),
            one.reason,
            one.at,
        )
        for one in rows
    ]
