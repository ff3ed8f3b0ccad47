"""A try begins: a group of people start in one transaction, each told the address of their try or why not.

Everybody comes in the last hour, so starts are committed in groups like answers. The contest is held while a
group starts: two devices of one person cannot both begin, and tries are numbered without gaps.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.engines import insert, lock
from app.services.commit import reading, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.taking import decks, entrants
from app.services.contests.taking.entrants import CONTEST_LOCK, Known
from app.services.tokens import new_address_id
from quizzes.contest.taking import attempts, paper
from quizzes.contest.taking.attempts import Past, Start
from quizzes.refusals import Rejected


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody wants to begin. The digests are of the device and the address, for the review queue; `agreed` and
    `groups` are what the form said (None: it did not ask). Whether the wave is open is a matter of `received_at`;
    the time of the try runs from `begins_at`, which is later where everybody comes at once (None: the same)."""

    contest_id: int
    member_id: int
    practice: bool
    received_at: int
    device_hash: bytes | None = None
    source_hash: bytes | None = None
    agreed: bool = False
    groups: tuple[str, ...] | None = None
    begins_at: int | None = None

    @property
    def about(self) -> dict[str, Any]:
        """The facts for the log."""
        return {"contest": self.contest_id, "practice": self.practice}


def start(entry: Entry) -> str:
    """One person begins: the public id of the try, or Rejected as quizzes.contest.taking.attempts says, `over` for
    a contest that was called off, rules_unread before the person said that they read the rules."""
    found = start_group([entry])[0]
    if isinstance(found, Rejected):
        raise found
    return found


@writing
def start_group(db: Session, entries: Sequence[Entry]) -> list[str | Rejected]:
    """For each entry, in its order, the public id of the new try or the refusal."""
    said: dict[int, str | Rejected] = {}
    order = sorted(range(len(entries)), key=lambda at: entries[at].contest_id)  # one order of locks for everybody
    for contest_id, places in groupby(order, key=lambda at: entries[at].contest_id):
        group = list(places)
        lock(db, CONTEST_LOCK, contest_id)
        said.update(zip(group, _start_in(db, contest_id, [entries[at] for at in group]), strict=True))
    return [said[at] for at in range(len(entries))]


def _start_in(db: Session, contest_id: int, entries: Sequence[Entry]) -> list[str | Rejected]:
    columns = (Contest.next_no, Contest.cancelled_at, Contest.revision)
    held = db.execute(select(*columns).where(Contest.id == contest_id)).one()
    contest = frozen(contest_id, held.revision)
    said: list[str | Rejected] = []
    rows: list[dict[str, Any]] = []
    number = held.next_no
    for entry in entries:
        try:
            if held.cancelled_at is not None:
                raise Rejected("over")
            row = _row(db, contest, entry, [one for one in rows if one["member_id"] == entry.member_id])
        except Rejected as refusal:
            said.append(refusal)
            continue
        if not entry.practice:
            row["no"], number = number, number + 1
        rows.append(row)
        said.append(row["public_id"])
    if rows:
        db.execute(insert(db, Attempt), rows)
    if number != held.next_no:
        db.execute(update(Contest).where(Contest.id == contest_id).values(next_no=number))
    return said


def _row(db: Session, contest: Frozen, entry: Entry, same_group: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The row of a new try: its division, its drawn paper, its deadline. Raises `Rejected` for a person who may not
    begin."""
    if entry.agreed or entry.groups is not None:
        entrants.enter_in(db, contest, entry.member_id, entry.groups)
    known = entrants.known_in(db, contest, entry.member_id)
    if not known.agreed:
        raise Rejected("rules_unread")
    past = _past(db, contest.contest_id, entry.member_id)
    past += [Past(row["wave"], row["closes_at"], None, practice=row["wave"] < 0) for row in same_group]
    begun = _allowed(contest, known, past, entry)
    practice = begun.wave == attempts.PRACTICE_WAVE
    drawn = paper.draw(
        decks.deck(contest, begun.division, practice=practice),
        contest.seed,
        begun.wave,
        entry.member_id,
        begun.try_no,
        "practice" if practice else "paper",
    )
    return {
        "public_id": new_address_id(12),
        "contest_id": contest.contest_id,
        "no": None,
        "member_id": entry.member_id,
        "wave": begun.wave,
        "try_no": begun.try_no,
        "division": begun.division,
        "chapter_id": known.chapter_id,
        "birth_year": known.person.birth_year,
        "started_at": entry.received_at if entry.begins_at is None else entry.begins_at,
        "closes_at": begun.closes_at,
        "extra_percent": known.extra_percent,
        "paper": json.dumps(paper.written(drawn), ensure_ascii=False, separators=(",", ":")),
        "device_hash": entry.device_hash,
        "source_hash": entry.source_hash,
    }


def _allowed(contest: Frozen, known: Known, past: Sequence[Past], entry: Entry) -> Start:
    """The try that may begin, or Rejected. A division may have papers of its own length."""
    rules, at, extra = contest.rules, entry.received_at, known.extra_percent
    asked = frozenset[str]() if entry.practice else contest.asked
    division = attempts.admitted(rules, known.person, asked)
    length = decks.length(contest, division.key, practice=entry.practice)
    if entry.practice:
        begun = attempts.practise(rules, known.person, past, at, length, extra)
    else:
        begun = attempts.start(rules, known.person, asked, past, at, length, extra)
    if entry.begins_at is None:
        return begun
    if entry.practice:
        return replace(begun, closes_at=entry.begins_at + attempts.allowed(rules, length, extra))
    return replace(
        begun, closes_at=attempts.deadline(rules, begun.wave, entry.begins_at, length, extra, known.person.chapters)
    )


def _past(db: Session, contest_id: int, member_id: int) -> list[Past]:
    query = select(Attempt.wave, Attempt.closes_at, Attempt.submitted_at, Attempt.cancelled).where(
        Attempt.member_id == member_id, Attempt.contest_id == contest_id
    )
    return [Past(row.wave, row.closes_at, row.submitted_at, row.wave < 0, row.cancelled) for row in db.execute(query)]


@reading
def past(db: Session, contest_id: int, member_id: int) -> list[Past]:
    """The person's tries so far, practice among them."""
    return _past(db, contest_id, member_id)


def refusal(contest_id: int, member_id: int, at: int, *, practice: bool = False) -> Rejected | None:
    """The reason why this person could not begin at `at`, None if they could. It is for pages: the start decides for
    itself."""
    contest = frozen(contest_id)
    try:
        known = entrants.known(contest_id, member_id)
        _allowed(contest, known, past(contest_id, member_id), Entry(contest_id, member_id, practice, at))
        decks.deck(contest, attempts.admitted(contest.rules, known.person, frozenset()).key, practice=practice)
    except Rejected as found:
        return found
    return None
