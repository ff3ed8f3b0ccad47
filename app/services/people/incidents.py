"""Breaches of personal data: written down at once, reported within 72 hours (form 08 of decree 356/2025)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter, under
from app.models.rights import Incident
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import chapter_in as _chapter
from app.services.people.roles import ORGANISER, require_in
from quizzes.refusals import Rejected
from quizzes.rights import HOUR, REPORT_HOURS

LEAST, MOST = 5, 4000  # characters of a text


@dataclass(frozen=True)
class Draft:
    """The content of an incident's form. No person is named in it; `people` is how many are concerned, as far as is
    known."""

    found_at: int
    what: str
    data_kinds: str
    people: int
    harm: str
    measures: str
    contact: str


@dataclass(frozen=True)
class Held:
    """One incident. `report_by`: until when the authority has to be told; `late`: it was not told in time."""

    id: int
    chapter: str
    draft: Draft
    made_at: int
    reported_at: int | None
    report_by: int
    late: bool


@writing
def write_down(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> int:
    """Keep an incident; its number."""
    require_in(db, actor_id, ORGANISER, _chapter(db, chapter_id).path)
    now = now_us(db)
    if not 0 < draft.found_at <= now:
        raise Rejected("bad_dates", field="found_at")
    if draft.people < 0:
        raise Rejected("bad_request", field="people")
    for field in ("what", "data_kinds", "harm", "measures", "contact"):
        if not LEAST <= len(getattr(draft, field).strip()) <= (200 if field == "contact" else MOST):
            raise Rejected("incident_words", field=field)
    new = Incident(chapter_id=chapter_id, made_at=now, reported_at=None, **asdict(draft))
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "incident.written", chapter_id=chapter_id, incident=new.id)
    return new.id


@writing
def reported(db: Session, actor_id: int, number: int) -> None:
    """The authority has been told."""
    one = db.scalar(select(Incident).where(Incident.id == number).with_for_update())
    if one is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, one.chapter_id).path)
    if one.reported_at is not None:
        raise Rejected("already_decided")
    one.reported_at = now_us(db)
    audit_in(db, actor_id, "incident.reported", chapter_id=one.chapter_id, incident=number)


@reading
def listed(db: Session, paths: list[str], limit: int = 100) -> list[Held]:
    """Incidents of these subtrees, those not reported yet first."""
    now, found = now_us(db), dict[int, Held]()
    for path in paths:
        rows = db.execute(
            select(Incident, Chapter.name)
            .join(Chapter, Chapter.id == Incident.chapter_id)
            .where(under(Chapter.path, path))
            .order_by(Incident.id.desc())
            .limit(limit)
        )
        for one, name in rows:
            draft = Draft(one.found_at, one.what, one.data_kinds, one.people, one.harm, one.measures, one.contact)
            by = one.found_at + REPORT_HOURS * HOUR
            found[one.id] = Held(one.id, name, draft, one.made_at, one.reported_at, by, (one.reported_at or now) > by)
    return sorted(found.values(), key=lambda one: (one.reported_at is not None, -one.id))
