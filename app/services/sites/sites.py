"""Sites: made, marked criterion by criterion with evidence, recognised by the organiser of the chapter above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Chapter, under
from app.models.sites import Site, SiteCriteria, SiteMark
from app.services.audit import audit_in
from app.services.banks.media import forget_in, keep_in
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of, open_in
from app.services.people.roles import ORGANISER, may, path_of_in, power_in, require_in
from app.services.rows import OfChapter
from app.services.tokens import new_address_id
from quizzes.refusals import Rejected
from quizzes.sites.criteria import KINDS, OURS, Criterion
from quizzes.text import fold, visible

Marks = dict[str, tuple[str, str]]
"""criterion -> (evidence, picture)."""
Picture = tuple[str, bytes]
NONE: Picture = ("", b"")


@dataclass(frozen=True)
class Seen(OfChapter):
    """A site as pages show it. `criteria` with `marks` of those that are met."""

    kind: str
    name: str
    place: str
    text: str
    recognised_at: int | None
    decision: str
    criteria: tuple[Criterion, ...]
    marks: Marks

    @property
    def met(self) -> int:
        return sum(one.key in self.marks for one in self.criteria)

    @property
    def recognised(self) -> bool:
        """True for a site that was recognised and meets all criteria of today."""
        return self.recognised_at is not None and self.met == len(self.criteria)

    @property
    def groups(self) -> list[tuple[str, list[Criterion]]]:
        """The criteria by group, in the order they are written."""
        found: dict[str, list[Criterion]] = {}
        for one in self.criteria:
            found.setdefault(one.group, []).append(one)
        return list(found.items())

    @property
    def above(self) -> str:
        """The path of the chapter above, whose organisers recognise it; of a root everything."""
        ids = ids_of(self.path)[:-1]
        return "/" + "".join(f"{one}/" for one in ids)


@writing
def make(db: Session, actor_id: int, chapter_id: int, kind: str, name: str, place: str, text: str) -> str:
    """One more; its public number. Rejected: activity_kind, activity_title, site_known."""
    require_in(db, actor_id, ORGANISER, open_in(db, chapter_id).path)
    name = visible(name)
    if kind not in KINDS:
        raise Rejected("activity_kind", field="kind")
    if not 2 <= len(name) <= 160:
        raise Rejected("activity_title", field="name")
    row = {
        "public_id": new_address_id(9),
        "chapter_id": chapter_id,
        "kind": kind,
        "name": name,
        "fold": fold(name)[:200],
        "place": visible(place)[:200],
        "text": text.strip()[:5000],
        "made_by": actor_id,
        "made_at": now_us(db),
    }
    if db.scalar(insert(db, Site).values(**row).on_conflict_do_nothing().returning(Site.id)) is None:
        raise Rejected("site_known", field="name")
    audit_in(db, actor_id, "site.made", chapter_id=chapter_id)
    return str(row["public_id"])


@writing
def mark(
    db: Session, actor_id: int, public_id: str, criterion: str, met: bool, evidence: str, picture: Picture = NONE
) -> None:
    """A criterion is met, with its evidence, or is not. Not met any more, the site is recognised no more.

    A picture goes with what it showed.
    """
    one = _site(db, public_id)
    path = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    if criterion not in {known.key for known in criteria_in(db, path, one.kind)[0]}:
        raise Rejected("not_found")
    this = (SiteMark.site_id == one.id, SiteMark.criterion == criterion)
    if not met:
        forget_in(db, db.scalar(delete(SiteMark).where(*this).returning(SiteMark.picture)) or "")
        if one.recognised_at is not None:
            one.recognised_at = None
            audit_in(db, actor_id, "site.withdrawn", chapter_id=one.chapter_id, site=one.id)
        return
    evidence = visible(evidence)[:500]
    if len(evidence) < 2:
        raise Rejected("site_evidence", field=f"evidence-{criterion}")
    known = db.scalar(select(SiteMark).where(*this).with_for_update())
    if known is not None and known.evidence == evidence and picture[0] in ("", known.picture):
        return
    if picture[0]:
        forget_in(db, known.picture if known is not None else "")
        keep_in(db, *picture)
    row = {"site_id": one.id, "criterion": criterion, "evidence": evidence, "picture": picture[0]}
    query = insert(db, SiteMark).values(**row, made_by=actor_id, made_at=now_us(db))
    kept = ("evidence", "made_by", "made_at", *(("picture",) if picture[0] else ()))
    change = {key: query.excluded[key] for key in kept}
    db.execute(query.on_conflict_do_update(index_elements=["site_id", "criterion"], set_=change))


@writing
def recognise(db: Session, actor_id: int, public_id: str, yes: bool, decision: str) -> None:
    """The organiser of the chapter above agrees, or takes it back with a reason. Rejected: site_not_ready,
    reason_needed."""
    seen, one = _seen(db, [_site(db, public_id)])[0], _site(db, public_id)
    if not may(power_in(db, actor_id), ORGANISER, seen.above):
        raise Rejected("forbidden")
    decision = visible(decision)[:200]
    if not decision:
        raise Rejected("reason_needed", field="decision")
    if yes and seen.met < len(seen.criteria):
        raise Rejected("site_not_ready", field="decision", missing=len(seen.criteria) - seen.met)
    if yes == (one.recognised_at is not None) and one.decision == decision:
        return
    one.recognised_at, one.decision = now_us(db) if yes else None, decision
    said = "site.recognised" if yes else "site.withdrawn"
    audit_in(db, actor_id, said, chapter_id=one.chapter_id, reason=decision, site=one.id)


@writing
def set_criteria(
    db: Session, actor_id: int, chapter_id: int, kind: str, criteria: Sequence[Criterion], source: str
) -> None:
    """The criteria of this locality. What is met of a criterion in other words has to be looked at again."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    if kind not in KINDS:
        raise Rejected("activity_kind", field="kind")
    said, source = [[one.group, one.text] for one in criteria], visible(source)[:200]
    this = (SiteCriteria.chapter_id == chapter_id, SiteCriteria.kind == kind)
    known = db.scalar(select(SiteCriteria).where(*this))
    if known is not None and (known.criteria, known.source) == (said, source):
        return
    row = {
        "chapter_id": chapter_id,
        "kind": kind,
        "criteria": said,
        "source": source,
        "made_by": actor_id,
        "made_at": now_us(db),
    }
    query = insert(db, SiteCriteria).values(**row)
    change = {key: query.excluded[key] for key in ("criteria", "source", "made_by", "made_at")}
    db.execute(query.on_conflict_do_update(index_elements=["chapter_id", "kind"], set_=change))
    audit_in(db, actor_id, "site.criteria", chapter_id=chapter_id)


def criteria_in(db: Session, path: str, kind: str) -> tuple[tuple[Criterion, ...], str]:
    here = (SiteCriteria.chapter_id.in_(ids_of(path)), SiteCriteria.kind == kind)
    said = {one.chapter_id: one for one in db.scalars(select(SiteCriteria).where(*here))}
    for number in reversed(ids_of(path)):
        if number in said:
            return tuple(Criterion(*one) for one in said[number].criteria), said[number].source
    return OURS[kind], ""


@reading
def criteria(db: Session, path: str, kind: str) -> tuple[tuple[Criterion, ...], str]:
    """(criteria, their source) in force at a path; ours, without a source, where no chapter has written its own."""
    return criteria_in(db, path, kind)


def _site(db: Session, public_id: str) -> Site:
    found = db.scalar(select(Site).where(Site.public_id == public_id))
    if found is None:
        raise Rejected("not_found")
    return found


@reading
def site(db: Session, public_id: str) -> Seen:
    """One site, or Rejected("not_found")."""
    return _seen(db, [_site(db, public_id)])[0]


@reading
def of_chapter(db: Session, path: str, limit: int = 200) -> list[Seen]:
    """The sites of a chapter and below, in Vietnamese order of name."""
    here = select(Site).join(Chapter, Chapter.id == Site.chapter_id).where(under(Chapter.path, path))
    return _seen(db, list(db.scalars(here.order_by(Site.fold, Site.id).limit(limit))))


def _seen(db: Session, rows: Sequence[Site]) -> list[Seen]:
    chapters = {
        one.id: one for one in db.scalars(select(Chapter).where(Chapter.id.in_({row.chapter_id for row in rows})))
    }
    marks: dict[int, Marks] = defaultdict(dict)
    for one in db.scalars(select(SiteMark).where(SiteMark.site_id.in_([row.id for row in rows]))):
        marks[one.site_id][one.criterion] = (one.evidence, one.picture)
    asked = {(chapters[row.chapter_id].path, row.kind) for row in rows}
    known = {about: criteria_in(db, *about)[0] for about in asked}
    return [
        Seen(
            row.public_id,
            row.chapter_id,
            chapters[row.chapter_id].name,
            chapters[row.chapter_id].path,
            row.kind,
            row.name,
            row.place,
            row.text,
            row.recognised_at,
            row.decision,
            known[chapters[row.chapter_id].path, row.kind],
            marks[row.id],
        )
        for row in rows
    ]
