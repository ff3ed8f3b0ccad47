"""Lists from files: read in a child process, staged in chunks, looked at, switched in when their sender says yes.

Reading breathes between its slices, so that nobody else waits; what is staged is written with one statement for each
500 rows.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models.lists import ImportLine
from app.models.staging import ImportJob
from app.services import staging
from app.services.commit import breathe, reading, writing
from app.services.files.containers import open_tables
from app.services.lists.kinds import Draft, Listed, lists
from app.services.lists.looks import Job, job, staged
from app.services.people.imports.columns import Row, RowProblem, rows_of_layouts
from app.services.people.imports.meanings import about, chosen_keys, known_in, remember_in
from app.services.people.imports.titles import layouts_of
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.staging import CHUNK
from quizzes.importers import Sheet
from quizzes.refusals import Rejected

__all__ = ["Draft", "Job", "Listed", "confirm", "drop", "job", "lists", "read_as", "staged", "start"]

SLICE = 100  # rows staged in one transaction


def start(actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes, of: str = "") -> int:
    """Read a file and stage its good rows; the job to look at. `of`: what in the chapter the list is about, where that
    is said by its page and not by its rows. Rejected: forbidden, no_titles, file_too_big."""
    sheets = open_tables(data)
    scope = _scope(actor_id, chapter_id)
    if (check := lists()[kind].check) is not None:
        check(scope, of)
    job_id, chosen = _open(actor_id, chapter_id, kind, file_name, data, of)
    try:
        _take(_File(job_id, chapter_id, scope, kind, of, data), sheets, chosen)
    except Exception:
        _give_up(job_id)
        raise
    return job_id


def read_as(actor_id: int, job_id: int, chosen: Mapping[str, str]) -> None:
    """Read the file again with the columns its sender chose (title -> key, "" for none); the chapter remembers them."""
    file = _kept(actor_id, job_id)
    said = chosen_keys(lists()[file.kind].columns, chosen)
    _take(file, open_tables(file.data), _remembered(file.chapter_id, file.kind, said))


@dataclass(frozen=True)
class _File:
    job_id: int
    chapter_id: int
    scope: str
    kind: str
    of: str
    data: bytes


def _take(file: _File, sheets: Sequence[Sheet], chosen: Mapping[str, str]) -> None:
    """Stage what the sheets say, in place of what was staged before."""
    part, problems = lists()[file.kind], list[RowProblem]()
    layouts, likely = layouts_of(sheets, part.columns, chosen)
    if not layouts and likely is None:
        raise Rejected("no_titles", titles=", ".join(one.title for one in part.columns if one.needed))
    _clear(file.job_id)
    whose = {"of": file.of, "file": sha256(file.data).hexdigest()[:24]}
    good, chunk, seen = 0, list[tuple[Row, Draft]](), dict[Hashable, int]()
    for number, row in enumerate(rows_of_layouts(layouts, part.columns, problems), 1):
        draft = part.clean(row)
        if draft is not None and row.good:
            chunk.append((row, draft | whose | {"sheet": row.sheet}))
        if len(chunk) == CHUNK:
            good += _stage(file.job_id, _looked_up(part, file, chunk, seen))
            chunk = []
        if number % SLICE == 0:
            breathe()
    good += _stage(file.job_id, _looked_up(part, file, chunk, seen)) if chunk else 0
    wrong = len({(one.sheet, one.row) for one in problems})
    counts = {"new": good, "change": 0, "same": 0, "wrong": wrong}
    staging.read_through(file.job_id, counts, [asdict(one) for one in problems], about(sheets, layouts, likely))


@reading
def _scope(db: Session, actor_id: int, chapter_id: int) -> str:
    scope = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    return scope


@writing
def _open(
    db: Session, actor_id: int, chapter_id: int, kind: str, file_name: str, data: bytes, of: str
) -> tuple[int, dict[str, str]]:
    job = staging.open_job_in(db, actor_id, kind, chapter_id, file_name, data=data, said={"of": of})
    return job.id, known_in(db, chapter_id, kind)


@writing
def _remembered(db: Session, chapter_id: int, kind: str, said: Mapping[str, str]) -> dict[str, str]:
    return remember_in(db, chapter_id, kind, said)


@reading
def _kept(db: Session, actor_id: int, job_id: int) -> _File:
    one = db.get(ImportJob, job_id)
    if one is None or one.kind not in lists() or one.state != "ready" or one.data is None:
        raise Rejected("not_now")
    scope = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    return _File(job_id, one.chapter_id, scope, one.kind, (one.said or {}).get("of", ""), one.data)


@writing
def _clear(db: Session, job_id: int) -> None:
    db.execute(delete(ImportLine).where(ImportLine.job_id == job_id))


@writing
def _give_up(db: Session, job_id: int) -> None:
    staging.forget_in(db, job_id, lists(), "reading")


@reading
def _looked_up(
    db: Session, part: Listed, file: _File, chunk: list[tuple[Row, Draft]], seen: dict[Hashable, int]
) -> list[Draft]:
    drafts = part.looked_up(db, file.scope, file.chapter_id, chunk)
    return _once(part, {(row.sheet, row.number): row for row, _ in chunk}, drafts, seen)


def _once(
    part: Listed, rows: Mapping[tuple[str, int], Row], drafts: list[Draft], seen: dict[Hashable, int]
) -> list[Draft]:
    """Leave out a row that means what an earlier one did: its problem says which."""
    if part.once is None:
        return drafts
    (column, code, meaning), kept = part.once, list[Draft]()
    for draft in drafts:
        said = meaning(draft)
        if said is not None and said in seen:
            rows[draft["sheet"], draft["row"]].wrong(column, code, first=seen[said])
            continue
        seen[said] = draft["row"]
        kept.append(draft)
    return kept


@writing
def _stage(db: Session, job_id: int, drafts: list[Draft]) -> int:
    if drafts:
        rows = [{"job_id": job_id, "row": draft["row"], "about": draft} for draft in drafts]
        db.execute(insert(ImportLine), rows)
    return len(drafts)


@writing
def confirm(db: Session, actor_id: int, job_id: int) -> int:
    """Put everything of the file in force, or nothing; how many rows were new. A second yes is Rejected("not_now")."""
    job = staging.waiting_in(db, job_id, lists())
    scope = path_of_in(db, job.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    require_in(db, job.made_by, ORGANISER, scope)
    rows = list(db.scalars(select(ImportLine.about).where(ImportLine.job_id == job_id).order_by(ImportLine.row)))
    new = lists()[job.kind].switch(db, actor_id, job.chapter_id, rows)
    job.counts = {**job.counts, "new": new, "same": len(rows) - new}
    staging.done_in(db, actor_id, job)
    db.execute(delete(ImportLine).where(ImportLine.job_id == job_id))
    job.data, job.found = None, {}  # they hold names too
    return new


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    job = db.get(ImportJob, job_id)
    if job is not None:
        require_in(db, actor_id, ORGANISER, path_of_in(db, job.chapter_id))
        staging.forget_in(db, job_id, lists())
