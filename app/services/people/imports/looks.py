"""A list on its way in, as its maker looks at it: what would change, who may be known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Chapter, Member
from app.models.staging import ImportJob, ImportRow
from app.services.commit import reading
from app.services.people.imports.columns import RowProblem
from app.services.people.imports.namesakes import NAMED, Namesake, alike_in, may_be
from app.services.staging import SHOWN
from quizzes.text import spelling

KINDS = ("members", "chapters")


@dataclass(frozen=True)
class Job:
    """A file on its way, as its sender sees it. `counts`: new, change, same, wrong."""

    id: int
    kind: str
    state: str
    chapter_id: int
    chapter: str
    path: str
    file_name: str
    counts: dict[str, int]
    problems: list[RowProblem]
    titles: list[tuple[str, str]]
    """Each column of the file: its title and the key it is read as, "" for none."""
    whole: bool
    """True when every needed column was found."""
    notes: list[tuple[str, dict[str, str]]]
    sample: list[list[str]]


@dataclass(frozen=True)
class StagedRow:
    """One good row before it is switched in. `twin`: a member, or a row, of that name and year under another code;
    `others`: all the members it may be."""

    row: int
    action: str
    code: str
    name: str
    birth_year: int | None
    chapter: str
    kind: str
    id: int = 0
    twin: str = ""
    twin_row: int | None = None
    others: Sequence[Namesake] = ()
    is_named: bool = False
    """Its person is known by name; the code is theirs, or made for somebody new."""


@reading
def job(db: Session, job_id: int, kinds: Iterable[str] = KINDS) -> Job | None:
    """One import of these kinds, or None."""
    row = db.execute(
        select(ImportJob, Chapter.name, Chapter.path)
        .join(Chapter, Chapter.id == ImportJob.chapter_id)
        .where(ImportJob.id == job_id, ImportJob.kind.in_(kinds))
    ).first()
    if row is None:
        return None
    return seen(*row)


def seen(one: ImportJob, chapter: str, path: str) -> Job:
    """The file of this row, with its chapter's name and path."""
    problems = [RowProblem(**problem) for problem in one.problems]  # type: ignore[arg-type]
    found = one.found or {}
    return Job(
        one.id,
        one.kind,
        one.state,
        one.chapter_id,
        chapter,
        path,
        one.file_name,
        one.counts,
        problems,
        [(title, key) for title, key in found.get("titles", [])],
        found.get("whole", True),
        [(sentence, about) for sentence, about in found.get("notes", [])],
        found.get("sample", []),
    )


@reading
def staged(db: Session, job_id: int, limit: int = SHOWN) -> list[StagedRow]:
    """The first good rows that change something."""
    rows = _with_chapter(job_id).where(ImportRow.action != "same").order_by(ImportRow.row, ImportRow.id)
    return [_staged(*one) for one in db.execute(rows.limit(limit))]


@reading
def twins(db: Session, job_id: int) -> list[StagedRow]:
    """New rows that may be somebody known under another code; each is decided before the list is taken."""
    scope = db.scalar(select(Chapter.path).join(ImportJob).where(ImportJob.id == job_id)) or "/"
    rows = db.execute(_with_chapter(job_id).where(twinned()).order_by(ImportRow.row, ImportRow.id)).all()
    known = namesakes_in(db, scope, job_id, [one[0] for one in rows])
    return [replace(_staged(*one), others=known[one[0].id]) for one in rows]


def namesakes_in(db: Session, scope: str, job_id: int, rows: Sequence[ImportRow]) -> dict[int, list[Namesake]]:
    """Number of a staged row -> the members it may be, whom no other row of the list means by a code."""
    meant = select(ImportRow.code).where(ImportRow.job_id == job_id)
    found = alike_in(db, scope, (one.name for one in rows), meant) if rows else {}
    return {
        one.id: [each for each in found.get(spelling(one.name), []) if may_be(each.birth_year, one.birth_year)]
        for one in rows
    }


def twinned() -> ColumnElement[bool]:
    return and_(ImportRow.action == "new", or_(ImportRow.twin_id.is_not(None), ImportRow.twin_row.is_not(None)))


def _with_chapter(job_id: int) -> Select[ImportRow, str | None, str | None]:
    twin = aliased(Member)
    return (
        select(ImportRow, Chapter.name, twin.code)
        .outerjoin(Chapter, Chapter.id == ImportRow.chapter_id)
        .outerjoin(twin, twin.id == ImportRow.twin_id)
        .where(ImportRow.job_id == job_id)
    )


def _staged(one: ImportRow, chapter: str | None, twin: str | None) -> StagedRow:
    place = chapter or one.parent_code
    more = one.id, twin or "", one.twin_row, (), one.kind == NAMED
    return StagedRow(one.row, one.action, one.code, one.name, one.birth_year, place, one.kind, *more)
