"""Imports of people and chapters: read in a child process, staged, looked at, then switched in at once.

job_id = start(actor, chapter_id, "members", "ds.xlsx", data)   # nothing of it is in force yet
confirm(actor, job_id)                                          # everything of it is, or nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.models.staging import ImportJob, ImportRow
from app.services import staging
from app.services.commit import breathe, reading, writing
from app.services.files.containers import open_tables
from app.services.people import chapter_import, member_import
from app.services.people.import_columns import Row, RowProblem, read_rows
from app.services.people.roles import ORGANISER, _path_of, _power, _require, may
from app.services.staging import CHUNK, SHOWN
from quizzes.refusals import Rejected

KINDS: dict[str, ModuleType] = {"members": member_import, "chapters": chapter_import}
SLICE = 100
"""Rows read between two breaths: reading 100 takes about 10 ms, and others wait for us meanwhile."""


@dataclass(frozen=True)
class Job:
    """An import on its way, as its maker sees it. `counts`: new, change, same, wrong."""

    id: int
    kind: str
    state: str
    chapter_id: int
    chapter: str
    path: str
    file_name: str
    counts: dict[str, int]
    problems: list[RowProblem]


@dataclass(frozen=True)
class StagedRow:
    """One good row before it is switched in."""

    row: int
    action: str
    code: str
    name: str
    birth_year: int | None
    chapter: str
    kind: str


def start(actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes) -> int:
    """Read a file and stage its good rows; returns the job to look at and confirm."""
    part = KINDS[kind]
    sheets = open_tables(data)
    job_id, scope = _open_job(actor_id, chapter_id, kind, file_name)
    problems: list[RowProblem] = []
    try:
        counts = {"new": 0, "change": 0, "same": 0}
        drafts = list(_drafts(part, read_rows(sheets, part.COLUMNS, problems)))
        size = CHUNK if kind == "members" else len(drafts) or 1  # a tree is compared as a whole
        for at in range(0, len(drafts), size):
            kept = part.compared(actor_id, scope, chapter_id, drafts[at : at + size])
            for draft in kept:
                counts[draft["action"]] += 1
            for part_of in range(0, len(kept), CHUNK):
                _stage(job_id, kept[part_of : part_of + CHUNK])
    except Exception:
        _give_up(job_id)
        raise
    wrong = len({problem.row for problem in problems})
    _ready(job_id, counts | {"wrong": wrong}, [asdict(one) for one in problems])
    return job_id


def _drafts(part: ModuleType, rows: Iterator[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        draft = part.clean(row, seen)
        if draft is not None:
            yield row, draft
        if number % SLICE == 0:
            breathe()


@writing
def _open_job(db: Session, actor_id: int, chapter_id: int, kind: str, file_name: str) -> tuple[int, str]:
    scope = _path_of(db, chapter_id)
    _require(db, actor_id, ORGANISER, scope)
    return staging._open_job(db, actor_id, kind, chapter_id, file_name).id, scope


@writing
def _stage(db: Session, job_id: int, drafts: list[dict[str, Any]]) -> None:
    empty = {"chapter_id": None, "birth_year": None, "public_name": "", "kind": "", "parent_code": "", "level": 0}
    empty |= {"valid_from": None, "valid_to": None, "job_id": job_id}
    db.execute(insert(ImportRow), [empty | draft for draft in drafts])


@writing
def _ready(db: Session, job_id: int, counts: dict[str, int], problems: list[dict[str, object]]) -> None:
    staging._ready(db.get_one(ImportJob, job_id), counts, problems)


@reading
def job(db: Session, job_id: int) -> Job | None:
    """One import, or None."""
    row = db.execute(
        select(ImportJob, Chapter.name, Chapter.path)
        .join(Chapter, Chapter.id == ImportJob.chapter_id)
        .where(ImportJob.id == job_id, ImportJob.kind.in_(KINDS))
    ).first()
    if row is None:
        return None
    one, name, path = row
    problems = [RowProblem(**problem) for problem in one.problems]  # type: ignore[arg-type]
    return Job(one.id, one.kind, one.state, one.chapter_id, name, path, one.file_name, one.counts, problems)


@reading
def staged(db: Session, job_id: int, limit: int = SHOWN) -> list[StagedRow]:
    """The first good rows that change something."""
    rows = db.execute(
        select(ImportRow, Chapter.name)
        .outerjoin(Chapter, Chapter.id == ImportRow.chapter_id)
        .where(ImportRow.job_id == job_id, ImportRow.action != "same")
        .order_by(ImportRow.row)
        .limit(limit)
    )
    return [
        StagedRow(one.row, one.action, one.code, one.name, one.birth_year, chapter or one.parent_code, one.kind)
        for one, chapter in rows
    ]


def confirm(actor_id: int, job_id: int) -> None:
    """Switch the staged rows in, all at once; the staging is cleared afterwards."""
    _switch(actor_id, job_id)
    _clear(job_id)


@writing
def _switch(db: Session, actor_id: int, job_id: int) -> None:
    job = staging._waiting(db, job_id, KINDS)
    scope = _path_of(db, job.chapter_id)
    _require(db, actor_id, ORGANISER, scope)
    if not may(_power(db, job.made_by), ORGANISER, scope):
        raise Rejected("import_moved")  # whoever read the file may not do this any more
    staging._done(db, actor_id, job)
    db.flush()
    KINDS[job.kind]._switch(db, job, scope, {actor_id, job.made_by})


@writing
def _clear(db: Session, job_id: int) -> None:
    db.execute(delete(ImportRow).where(ImportRow.job_id == job_id))
    db.get_one(ImportJob, job_id).problems = []


@writing
def _give_up(db: Session, job_id: int) -> None:
    staging._forget(db, job_id, KINDS, "reading")


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    waits = (ImportJob.id == job_id, ImportJob.state == "ready")
    chapter_id = db.scalar(select(ImportJob.chapter_id).where(*waits))
    if chapter_id is not None:
        _require(db, actor_id, ORGANISER, _path_of(db, chapter_id))
    staging._forget(db, job_id, KINDS)
