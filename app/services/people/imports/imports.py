"""Imports of people and chapters: read in a child process, staged, looked at, then switched in at once.

job_id = start(actor, chapter_id, "members", "ds.xlsx", data)   # nothing of it is in force yet
confirm(actor, job_id)                                          # everything of it is, or nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from types import ModuleType
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models.staging import ImportJob, ImportRow
from app.services import staging
from app.services.commit import breathe, reading, writing
from app.services.files.containers import open_tables
from app.services.people.imports import chapters as chapter_import
from app.services.people.imports import members as member_import
from app.services.people.imports.columns import Row, RowProblem, rows_of_layouts
from app.services.people.imports.deciding import decide_in
from app.services.people.imports.looks import Job, StagedRow, job, staged, twins
from app.services.people.imports.meanings import about, chosen_keys, known_in, remember_in
from app.services.people.imports.namesakes import codes_of, notes, together
from app.services.people.imports.titles import layouts_of
from app.services.people.roles import ORGANISER, may, path_of_in, power_in, require_in
from app.services.staging import CHUNK
from quizzes.importers import Sheet
from quizzes.refusals import Rejected

__all__ = ["KINDS", "Job", "StagedRow", "confirm", "drop", "job", "read_as", "staged", "start", "twins"]

KINDS: dict[str, ModuleType] = {"members": member_import, "chapters": chapter_import}
SLICE = 100
"""Rows read between two breaths: reading 100 takes about 10 ms, and others wait for us meanwhile."""


def start(actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes) -> int:
    """Read a file and stage its good rows; returns the job to look at and confirm."""
    sheets = open_tables(data)
    job_id, scope, chosen = _open_job(actor_id, chapter_id, kind, file_name, data)
    try:
        _take(actor_id, job_id, chapter_id, scope, kind, sheets, chosen)
    except Exception:
        _give_up(job_id)
        raise
    return job_id


def read_as(actor_id: int, job_id: int, chosen: Mapping[str, str]) -> None:
    """Read the file again with the columns its sender chose (title -> key, "" for none); the chapter remembers them."""
    kind, chapter_id, scope, data = _kept_file(actor_id, job_id)
    said = chosen_keys(KINDS[kind].COLUMNS, chosen)
    _take(actor_id, job_id, chapter_id, scope, kind, open_tables(data), _remembered(chapter_id, kind, said))


def _take(
    actor_id: int,
    job_id: int,
    chapter_id: int,
    scope: str,
    kind: str,
    sheets: Sequence[Sheet],
    chosen: Mapping[str, str],
) -> None:
    """Stage what the sheets say, in place of what was staged before."""
    part, problems = KINDS[kind], list[RowProblem]()
    layouts, likely = layouts_of(sheets, part.COLUMNS, chosen)
    if not layouts and likely is None:
        raise Rejected("no_titles", titles=", ".join(one.title for one in part.COLUMNS if one.needed))
    counts = {"new": 0, "change": 0, "same": 0}
    _clear_rows(job_id)
    drafts = list(_drafts(part, rows_of_layouts(layouts, part.COLUMNS, problems)))
    found, codes = about(sheets, layouts, likely), codes_of(drafts)
    if kind == "members":
        together(drafts)
        found["notes"] += map(list, notes(drafts))
    size = CHUNK if kind == "members" else len(drafts) or 1  # a tree is compared as a whole
    for at in range(0, len(drafts), size):
        kept = part.compared(actor_id, scope, chapter_id, drafts[at : at + size], codes)
        for draft in kept:
            counts[draft["action"]] += 1
        for part_of in range(0, len(kept), CHUNK):
            _stage(job_id, kept[part_of : part_of + CHUNK])
    counts["wrong"] = len({(problem.sheet, problem.row) for problem in problems})
    staging.read_through(job_id, counts, [asdict(one) for one in problems], found)


def _drafts(part: ModuleType, rows: Iterator[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        draft = part.clean(row, seen)
        if draft is not None:
            yield row, draft
        if number % SLICE == 0:
            breathe()


@writing
def _open_job(
    db: Session, actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes
) -> tuple[int, str, dict[str, str]]:
    scope = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    job = staging.open_job_in(db, actor_id, kind, chapter_id, file_name, data=data)
    return job.id, scope, known_in(db, chapter_id, kind)


@writing
def _remembered(db: Session, chapter_id: int, kind: str, said: Mapping[str, str]) -> dict[str, str]:
    return remember_in(db, chapter_id, kind, said)


@reading
def _kept_file(db: Session, actor_id: int, job_id: int) -> tuple[str, int, str, bytes]:
    one = db.get(ImportJob, job_id)
    if one is None or one.kind not in KINDS or one.state != "ready" or one.data is None:
        raise Rejected("not_now")
    scope = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    return one.kind, one.chapter_id, scope, one.data


@writing
def _stage(db: Session, job_id: int, drafts: list[dict[str, Any]]) -> None:
    empty = {"chapter_id": None, "birth_year": None, "public_name": "", "kind": "", "parent_code": "", "level": 0}
    empty |= {"valid_from": None, "valid_to": None, "twin_id": None, "twin_row": None, "job_id": job_id}
    db.execute(insert(ImportRow), [empty | draft for draft in drafts])


@writing
def _clear_rows(db: Session, job_id: int) -> None:
    db.execute(delete(ImportRow).where(ImportRow.job_id == job_id))


def confirm(actor_id: int, job_id: int, decisions: Mapping[int, str] | None = None) -> None:
    """Switch the staged rows in, all at once; the staging is cleared afterwards.

    `decisions`: number of a twin's row -> other (somebody else), same (the member it is compared with, who gets its
    code where it has one), same-NUMBER (that member of this name) or skip. Rejected("twins_open") where one is not
    decided, "twins_twice" where two are said to be one member.
    """
    _switch(actor_id, job_id, decisions or {})
    _clear(job_id)


@writing
def _switch(db: Session, actor_id: int, job_id: int, decisions: Mapping[int, str]) -> None:
    job = staging.waiting_in(db, job_id, KINDS)
    scope = path_of_in(db, job.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    if not may(power_in(db, job.made_by), ORGANISER, scope):
        raise Rejected("import_moved")  # the uploader has lost the right meanwhile
    hands = {actor_id, job.made_by}
    if job.kind == "members":
        decide_in(db, job, scope, decisions, hands)
    staging.done_in(db, actor_id, job)
    db.flush()
    KINDS[job.kind]._switch(db, job, scope, hands)


@writing
def _clear(db: Session, job_id: int) -> None:
    db.execute(delete(ImportRow).where(ImportRow.job_id == job_id))
    job = db.get_one(ImportJob, job_id)
    job.problems, job.data = [], None
    job.found = {}  # it holds names too


@writing
def _give_up(db: Session, job_id: int) -> None:
    staging.forget_in(db, job_id, KINDS, "reading")


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    waits = (ImportJob.id == job_id, ImportJob.state == "ready")
    chapter_id = db.scalar(select(ImportJob.chapter_id).where(*waits))
    if chapter_id is not None:
        require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    staging.forget_in(db, job_id, KINDS)
