"""Lists from files: read in a child process, staged in chunks, looked at, switched in when their sender says yes.

An area offers its lists in its `listed.py` as LISTS, by kind. Reading breathes between its slices, so that nobody else
waits; what is staged is written with one statement for each 500 rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.lists import ImportLine
from app.models.people import Chapter
from app.models.staging import ImportJob
from app.services import staging
from app.services.commit import breathe, reading, writing
from app.services.files.containers import open_tables
from app.services.offered import offered
from app.services.people.import_columns import Column, Row, RowProblem, read_rows
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.staging import CHUNK
from quizzes.refusals import Rejected

SLICE = 100
SHOWN = 50

Draft = dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """A kind of list. `clean` says what one row means, None where something is wrong with it. `placed` looks a chunk
    of them up in the database: it adds `chapter_id` and the like, notes what is wrong and returns what is good.
    `switch` puts all of them in force, in the confirming transaction, and returns how many were new."""

    title: str
    columns: Sequence[Column]
    examples: Sequence[Sequence[Any]]
    guide: Sequence[str]
    clean: Callable[[Row], Draft | None]
    placed: Callable[[Session, str, int, list[tuple[Row, Draft]]], list[Draft]]
    switch: Callable[[Session, int, int, list[Draft]], int]
    shown: Callable[[Draft], list[str]]
    """One row of the preview."""
    heads: Sequence[str]
    page: str
    """Where its rows are seen afterwards: an endpoint that takes `chapter_id`."""


@dataclass(frozen=True)
class Job:
    """A file on its way, as its sender sees it."""

    id: int
    kind: str
    state: str
    chapter_id: int
    path: str
    file_name: str
    counts: Mapping[str, int]
    problems: Sequence[RowProblem]


def lists() -> dict[str, Listed]:
    """All there are, by kind."""
    return {kind: one for area in offered("listed") for kind, one in area.LISTS.items()}


def start(actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes) -> int:
    """Read a file and stage its good rows; the job to look at. Rejected: forbidden, no_titles, file_too_big."""
    part, problems = lists()[kind], list[RowProblem]()
    scope = _scope(actor_id, chapter_id)
    rows = read_rows(open_tables(data), part.columns, problems)
    job_id = _open(actor_id, chapter_id, kind, file_name)
    good, chunk = 0, list[tuple[Row, Draft]]()
    for number, row in enumerate(rows, 1):
        draft = part.clean(row)
        if draft is not None and row.good:
            chunk.append((row, draft))
        if len(chunk) == CHUNK:
            good += _stage(job_id, _placed(part, scope, chapter_id, chunk))
            chunk = []
        if number % SLICE == 0:
            breathe()
    good += _stage(job_id, _placed(part, scope, chapter_id, chunk)) if chunk else 0
    wrong = len({(one.sheet, one.row) for one in problems})
    _ready(job_id, {"new": good, "change": 0, "same": 0, "wrong": wrong}, [asdict(one) for one in problems])
    return job_id


@reading
def _scope(db: Session, actor_id: int, chapter_id: int) -> str:
    scope = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    return scope


@writing
def _open(db: Session, actor_id: int, chapter_id: int, kind: str, file_name: str) -> int:
    return staging._open_job(db, actor_id, kind, chapter_id, file_name).id


@reading
def _placed(db: Session, part: Listed, scope: str, chapter_id: int, chunk: list[tuple[Row, Draft]]) -> list[Draft]:
    return part.placed(db, scope, chapter_id, chunk)


@writing
def _stage(db: Session, job_id: int, drafts: list[Draft]) -> int:
    if drafts:
        rows = [{"job_id": job_id, "row": draft["row"], "about": draft} for draft in drafts]
        db.execute(insert(ImportLine), rows)
    return len(drafts)


@writing
def _ready(db: Session, job_id: int, counts: dict[str, int], problems: list[dict[str, object]]) -> None:
    staging._ready(db.get_one(ImportJob, job_id), counts, problems)


@writing
def confirm(db: Session, actor_id: int, job_id: int) -> int:
    """Put everything of the file in force, or nothing; how many rows were new. A second yes is Rejected("not_now")."""
    job = staging._waiting(db, job_id, lists())
    scope = path_of_in(db, job.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    require_in(db, job.made_by, ORGANISER, scope)
    rows = list(db.scalars(select(ImportLine.about).where(ImportLine.job_id == job_id).order_by(ImportLine.row)))
    new = lists()[job.kind].switch(db, actor_id, job.chapter_id, rows)
    job.counts = {**job.counts, "new": new, "same": len(rows) - new}
    staging._done(db, actor_id, job)
    db.execute(ImportLine.__table__.delete().where(ImportLine.job_id == job_id))  # type: ignore[attr-defined]
    return new


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    job = db.get(ImportJob, job_id)
    if job is not None:
        require_in(db, actor_id, ORGANISER, path_of_in(db, job.chapter_id))
        staging._forget(db, job_id, lists())


@reading
def job(db: Session, job_id: int) -> Job:
    """One file of ours, or Rejected("not_found")."""
    one = db.get(ImportJob, job_id)
    if one is None or one.kind not in lists() or one.state == "reading":
        raise Rejected("not_found")
    path = db.scalar(select(Chapter.path).where(Chapter.id == one.chapter_id)) or "/"
    found: Any = [RowProblem(**about) for about in one.problems]  # type: ignore[arg-type]
    return Job(one.id, one.kind, one.state, one.chapter_id, path, one.file_name, one.counts, found)


@reading
def staged(db: Session, job_id: int) -> list[Draft]:
    """The first rows, for the preview."""
    rows = select(ImportLine.about).where(ImportLine.job_id == job_id).order_by(ImportLine.row).limit(SHOWN)
    return list(db.scalars(rows))
