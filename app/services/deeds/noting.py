"""A member notes deeds: one by hand, or a whole day's queue of a phone that had no network.

Each entry carries the phone's own id. What is stored is answered from what is stored, so the same queue sent twice,
half a queue, or both phones of one person at once never double a deed, and everything acknowledged is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.models.engines import insert
from app.models.people import Member
from app.services.commit import writing
from app.services.deeds import sums
from app.services.deeds.kinds import kinds_in
from app.services.deeds.partners import partner_in
from app.services.deeds.sums import WAITING
from app.services.movement.clock import now_us
from app.services.people.chapters import open_in
from app.services.teams.leading import led_in
from quizzes.deeds.entries import LATE, MANY, MOST_SENT, SAME_WORDS, Entry, checked
from quizzes.deeds.kinds import Kind
from quizzes.refusals import Rejected

REJECTED, BACK = "rejected", "back"
VIETNAM = timedelta(hours=7)
OK = "ok"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one entry: `ok` (it is stored, now or before) or the code of a refusal with its subject."""

    client_id: str
    code: str
    about: dict[str, Any]


def day_at(at: int) -> date:
    """The day of a moment in Việt Nam."""
    return (datetime.fromtimestamp(at / 1_000_000, UTC) + VIETNAM).date()


@writing
def note(db: Session, member_id: int, entries: Sequence[Entry]) -> list[Outcome]:
    """Store a queue. Good entries are stored whatever is wrong with others, and each one is answered."""
    if len(entries) > MOST_SENT:
        raise Rejected("too_many", most=MOST_SENT)
    member, now = db.get_one(Member, member_id), now_us(db)
    if member.left_at is not None or member.confirmed_at is None:
        raise Rejected("forbidden")
    open_in(db, member.chapter_id)
    kinds, rows, outcomes = kinds_in(db, member.path), list[dict[str, Any]](), list[Outcome]()
    known = _known(db, member_id, [one.client_id for one in entries])
    for one in entries:
        if one.client_id in known:
            outcomes.append(Outcome(one.client_id, OK, {}))
            continue
        try:
            rows.append(_row(db, member, one, kinds, now))
            outcomes.append(Outcome(one.client_id, OK, {}))
        except Rejected as refusal:
            outcomes.append(Outcome(one.client_id, refusal.code, dict(refusal.about)))
    if rows:
        _sign(db, member_id, rows)
        told = (Deed.chapter_id, Deed.kind, Deed.step, Deed.state, Deed.count)
        new = db.execute(insert(db, Deed).on_conflict_do_nothing().returning(*told), rows)
        sums.arrived_in(db, [tuple(row) for row in new])
    return outcomes


def _known(db: Session, member_id: int, ids: Sequence[str]) -> set[str]:
    """Those that are stored already."""
    mine = (Deed.member_id == member_id, Deed.client_id.in_(ids))
    return set(db.scalars(select(Deed.client_id).where(*mine)))


def _row(db: Session, member: Member, one: Entry, kinds: dict[str, Kind], now: int) -> dict[str, Any]:
    entry = checked(one, kinds, day_at(now))
    paired, signs, partner = kinds[entry.kind].paired, list[str](), ""
    if entry.partner and paired:
        found = partner_in(db, entry.partner, member, entry.day, now)
        partner, signs = found.who, list(found.signs)
    team = led_in(db, member.id, entry.team) if entry.team else None
    if day_at(now) - entry.day > LATE:
        signs.append("late")
    return {
        "member_id": member.id,
        "client_id": entry.client_id,
        "team_id": team.id if team else None,
        "chapter_id": team.chapter_id if team else member.chapter_id,
        "kind": entry.kind,
        "step": entry.step,
        "count": entry.count,
        "day": entry.day,
        "at": now,
        "note": entry.note,
        "place": entry.place,
        "paired": paired,
        "partner": partner,
        "signs": ",".join(signs),
        "state": WAITING,
        "review": WAITING if signs else "",
    }


def _sign(db: Session, member_id: int, rows: list[dict[str, Any]]) -> None:
    """Reasons to look that only show beside the others of the day."""
    days = {row["day"] for row in rows}
    mine = (Deed.member_id == member_id, Deed.day.in_(days), Deed.state != BACK)
    counts = dict(db.execute(select(Deed.day, func.count()).where(*mine).group_by(Deed.day)).all())
    words = _times_noted(db, member_id, {row["note"] for row in rows} - {""})
    for row in rows:
        counts[row["day"]] = counts.get(row["day"], 0) + 1
        words[row["note"]] = words.get(row["note"], 0) + 1
        signs = [sign for sign in row["signs"].split(",") if sign]
        if counts[row["day"]] > MANY:
            signs.append("many")
        if row["note"] and words[row["note"]] >= SAME_WORDS:
            signs.append("same_words")
        row["signs"], row["review"] = ",".join(signs), WAITING if signs else ""


def _times_noted(db: Session, member_id: int, notes: set[str]) -> dict[str, int]:
    """How often the member has said the same words already."""
    mine = (Deed.member_id == member_id, Deed.note.in_(notes), Deed.state != BACK)
    return dict(db.execute(select(Deed.note, func.count()).where(*mine).group_by(Deed.note)).all()) if notes else {}


@writing
def take_back(db: Session, member_id: int, deed_id: int) -> None:
    """The member made a mistake; while nobody has verified it, it is as if it had not been noted."""
    one = db.scalar(select(Deed).where(Deed.id == deed_id, Deed.member_id == member_id).with_for_update())
    if one is None:
        raise Rejected("not_found")
    if one.state != WAITING or one.list_id is not None:
        raise Rejected("not_now")
    sums.turn_in(db, [one], lambda _one: BACK)
    one.note, one.place = "", ""
