"""Scores: a chapter's own with evidence, the verified ones of its parent, and the ranking made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Chapter
from app.models.scorecards import Score, Scorecard
from app.services.audit import audit_in
from app.services.commit import TURN, breathe, in_turns, reading, writing
from app.services.people.roles import ORGANISER, require_in
from app.services.rows import row_in
from app.services.scorecards.cards import CLOSED, OPEN, Card, compared
from app.services.scorecards.entries import Entry, entries_in
from app.services.standings import opened, standings
from app.services.standings.opened import Snapshot
from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import Criterion, filled, total, witnessed, worth
from quizzes.standing.figures import Candidate, Figures
from quizzes.standing.placing import Placed, placed
from quizzes.standing.rules import TOTAL, Rules

FEW = 50
"""Chapters summed up between two breaths."""
LONGEST = 500
"""Characters of evidence or of a note."""
UNSEEN: Mapping[str, Any] = {"verified": None, "note": "", "verified_by": None, "verified_at": None}


Scores = Mapping[int, tuple[int | None, str]]
"""Criterion -> value and words; None where there shall be none any more."""


@writing
def claim(db: Session, actor_id: int, card: Card, chapter_id: int, said: Scores) -> None:
    """A chapter scores itself: value and evidence of each criterion. What was verified and is changed waits to be
    verified again. Rejected: scorecard_over, evidence_needed, score_value."""
    row = row_in(db, Scorecard, card.public_id)
    require_in(db, actor_id, ORGANISER, _path(db, card, chapter_id))
    now = now_us(db)
    if row.state != OPEN or now > row.until:
        raise Rejected("scorecard_over")
    known = entries_in(db, card.id, chapter_id)
    for place, (value, words) in said.items():
        one, before = card.criteria[place], known.get(place, Entry())
        evidence = words.strip()[:LONGEST] if value is not None else ""
        if one.fills or (value, evidence) == (before.claimed, before.evidence):
            continue
        if value is not None and _worth(one, value, f"claimed_{place}") and not evidence:
            raise Rejected("evidence_needed", field=f"evidence_{place}")
        claimed = {"claimed": value, "evidence": evidence, "claimed_by": actor_id, "claimed_at": now}
        _store_in(db, card, chapter_id, place, {**claimed, **UNSEEN})
    audit_in(db, actor_id, "scorecard.scored", chapter_id=chapter_id, card=card.id)


@writing
def verify(
    db: Session,
    actor_id: int,
    card: Card,
    chapter_id: int,
    seen: Scores,
    frozen: Snapshot | None = None,
    shown: Mapping[int, str] = MappingProxyType({}),
) -> None:
    """The parent verifies: criterion -> (value, note). What differs from the claim, or from what a frozen figure fills
    in, needs a note. `shown`: the marks of the claims that were read.

    Rejected: scorecard_over once it is closed, second_person where one verifies what one claimed, reason_needed,
    score_value, claim_changed where the claim is another than the one that was read.
    """
    row = row_in(db, Scorecard, card.public_id)
    require_in(db, actor_id, ORGANISER, card.path)
    _path(db, card, chapter_id)
    if row.state == CLOSED:
        raise Rejected("scorecard_over")
    known = entries_in(db, card.id, chapter_id)
    now = now_us(db)
    given = fills(card, frozen, chapter_id)
    for place, (value, words) in seen.items():
        one, before = card.criteria[place], known.get(place, Entry())
        if value is None and before.verified is None:
            continue
        _may_judge(actor_id, before, shown.get(place, before.mark), place)
        if value is None:
            _store_in(db, card, chapter_id, place, UNSEEN)
            continue
        _worth(one, value, f"verified_{place}")
        note = words.strip()[:LONGEST]
        if value != given.get(place, before.claimed or 0) and len(note) < 3:
            raise Rejected("reason_needed", field=f"note_{place}")
        _store_in(
            db, card, chapter_id, place, {"verified": value, "note": note, "verified_by": actor_id, "verified_at": now}
        )
    audit_in(db, actor_id, "scorecard.verified", chapter_id=chapter_id, card=card.id)


def _may_judge(actor_id: int, claim: Entry, shown: str, place: int) -> None:
    if claim.claimed_by == actor_id:
        raise Rejected("second_person")
    if shown != claim.mark:
        raise Rejected("claim_changed", field=f"verified_{place}")


def _worth(one: Criterion, value: int, field: str) -> int:
    try:
        return worth(one, value)
    except Rejected as refusal:
        raise Rejected(refusal.code, field=field) from None


def _store_in(db: Session, card: Card, chapter_id: int, place: int, values: Mapping[str, Any]) -> None:
    new = insert(db, Score).values(
        **{"scorecard_id": card.id, "chapter_id": chapter_id, "place": place, "evidence": "", "note": "", **values}
    )
    db.execute(new.on_conflict_do_update(index_elements=["scorecard_id", "chapter_id", "place"], set_=values))


def _path(db: Session, card: Card, chapter_id: int) -> str:
    """The path of a scored chapter; Rejected("not_found") for one the card is not for."""
    found = db.get(Chapter, chapter_id)
    if found is None or found.kind != card.kind or not found.path.startswith(card.path):
        raise Rejected("not_found")
    return found.path


@dataclass(frozen=True)
class Line:
    """A chapter on the card: its rank in its group (0: nothing verified yet), half-points claimed and verified."""

    rank: int
    group: str
    chapter_id: int
    path: str
    name: str
    parent: str
    claimed: int
    verified: int
    waiting: int
    """Criteria that nobody has verified yet."""


def snapshot_of(card: Card) -> Snapshot | None:
    """The frozen snapshot that fills the card; None without one."""
    public_id, _, no = card.source.partition(":")
    return opened.snapshot(standings.standing(public_id).id, int(no)) if no.isdecimal() else None


def fills(card: Card, frozen: Snapshot | None, chapter_id: int) -> dict[int, int]:
    """The figures that frozen standings give for a chapter, by criterion: nobody types them, the parent may differ with
    a word."""
    about = frozen.candidates.get(chapter_id) if frozen else None
    if about is None:
        return {}
    return {place: filled(one, about.figures) for place, one in enumerate(card.criteria) if one.fills}


def witnessed_of(card: Card, frozen: Snapshot | None, chapter_id: int) -> dict[int, int]:
    """Those of the people behind such a figure whom a witness saw, by criterion."""
    about = frozen.candidates.get(chapter_id) if frozen else None
    counts = {place: witnessed(one, about.figures) for place, one in enumerate(card.criteria)} if about else {}
    return {place: count for place, count in counts.items() if count}


def table(card: Card, frozen: Snapshot | None) -> list[Line]:
    """Every chapter in its cụm, the best verified first; equals share a rank. Frozen figures count by themselves."""
    chapters = _chapters(card)
    breathe()
    claimed, seen = _values(card.id)
    groups = {row.number: row.group for row in frozen.rows} if frozen else {}
    given = {one: fills(card, frozen, one) for one in chapters}
    verified = {one: given[one] | seen.get(one, {}) for one in chapters}
    rows = placed(
        Rules(formula=TOTAL, least=1),
        [
            Candidate(one, Figures(people=1, points=total(card.criteria, values)), group=groups.get(one, ""))
            for one, values in verified.items()
        ],
    )
    by_hand = any(not one.fills for one in card.criteria)
    return [
        _line(
            card,
            row if row.number in seen or not by_hand else row._replace(rank=0),
            chapters[row.number],
            given[row.number] | claimed.get(row.number, {}),
            verified[row.number],
        )
        for row in in_turns(rows, FEW)
    ]


def _line(
    card: Card, row: Placed, names: tuple[str, str, str], claims: Mapping[int, int], seen: Mapping[int, int]
) -> Line:
    return Line(
        row.rank, row.group, row.number, *names, total(card.criteria, claims), row.score, len(card.criteria) - len(seen)
    )


@reading
def _chapters(db: Session, card: Card) -> dict[int, tuple[str, str, str]]:
    """Those the card is for, in the order of lists: number -> (path, name, name of the parent)."""
    rows = db.execute(
        select(Chapter.id, Chapter.path, Chapter.name, Chapter.parent_id)
        .where(*compared(card.path, card.kind, card.closed_at or now_us(db)))
        .order_by(Chapter.sort_key, Chapter.id)
    ).all()
    above = {row.parent_id for row in rows}
    names = {row[0]: row[1] for row in db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_(above)))}
    return {row.id: (row.path, row.name, names.get(row.parent_id, "")) for row in rows}


Values = dict[int, dict[int, int]]
"""chapter -> criterion -> value."""


@reading
def _values(db: Session, card_id: int) -> tuple[Values, Values]:
    """The claimed values of a card and the verified ones, without their words: there may be tens of thousands."""
    query = select(Score.chapter_id, Score.place, Score.claimed, Score.verified).where(Score.scorecard_id == card_id)
    found: tuple[Values, Values] = ({}, {})
    for chapter, place, *both in in_turns(db.execute(query.execution_options(yield_per=TURN))):
        for values, value in zip(found, both, strict=True):
            if value is not None:
                values.setdefault(chapter, {})[place] = value
    return found
