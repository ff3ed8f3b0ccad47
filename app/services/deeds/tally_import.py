"""Old figures of deeds from a file: read and staged with problems by cell, looked at, then switched in at once.

A row is a chapter, a kind, a day, a number and its source; the same row again is the same figure, with a new number
if the number differs. Old figures count for sums and targets and earn no points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy import insert as bulk
from sqlalchemy.orm import Session

from app.models.deeds import ImportTally, Tally
from app.models.engines import insert, now_us
from app.models.staging import ImportJob
from app.services import staging
from app.services.commit import breathe, reading, writing
from app.services.deeds.cells import number_in
from app.services.deeds.kinds import kinds_in
from app.services.files.containers import open_tables
from app.services.people.chapters import clean_code
from app.services.people.imports.chapter_names import Subtree
from app.services.people.imports.chapters import day_of_row
from app.services.people.imports.columns import Column, Row, RowProblem, rows_of_layouts
from app.services.people.imports.meanings import about, chosen_keys, known_in, remember_in
from app.services.people.imports.titles import Layout, layouts_of
from app.services.people.roles import ORGANISER, may, path_of_in, power_in, require_in
from app.services.staging import CHUNK
from quizzes.deeds.kinds import Kind, countable, counted, of_counted
from quizzes.importers import Sheet
from quizzes.refusals import N_, Rejected
from quizzes.text import fold

KIND = "tallies"
MOST_COUNT = 10_000_000  # the largest figure in a file
COLUMNS = (
    Column("chapter", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code", "code")),
    Column("chapter_name", N_("Tên cơ sở"), ("ten co so", "ten don vi", "co so", "don vi", "chapter name", "chapter")),
    Column("kind", N_("Việc"), ("viec", "viec lam", "loai viec", "noi dung", "kind"), needed=True),
    Column("day", N_("Ngày"), ("ngay", "ngay bao cao", "day", "date"), needed=True, is_day=True),
    Column("count", N_("Số lượng"), ("so luong", "so", "ket qua", "count", "number"), needed=True),
    Column("source", N_("Nguồn"), ("nguon", "van ban", "minh chung", "source")),
)
TITLES = {column.key: column.title for column in COLUMNS}
Draft = dict[str, Any]


def start(actor_id: int, chapter_id: int, file_name: str, data: bytes, words: dict[str, str]) -> int:
    """Read a file and stage its good rows; the job to look at. `words`: what kinds are called -> counted name."""
    sheets = open_tables(data)
    job, chosen = _open_job(actor_id, chapter_id, file_name, data)
    try:
        _take(job, sheets, words, chosen)
    except Exception:
        _give_up(job.id)
        raise
    return job.id


def read_as(actor_id: int, job_id: int, words: dict[str, str], chosen: Mapping[str, str]) -> None:
    """Read the file again with the columns its sender chose (title -> key, "" for none); the chapter remembers them."""
    job, data = _kept_file(actor_id, job_id)
    _take(job, open_tables(data), words, _remembered(job.home, chosen_keys(COLUMNS, chosen)))


@dataclass(frozen=True)
class _Job:
    """The file of a chapter (`home`) and all below it (`scope`)."""

    id: int
    home: int
    scope: str


def _take(job: _Job, sheets: Sequence[Sheet], words: dict[str, str], chosen: Mapping[str, str]) -> None:
    """Stage what the sheets say, in place of what was staged before."""
    layouts, likely = layouts_of(sheets, COLUMNS, chosen)
    if not layouts and likely is None:
        raise Rejected("no_titles", titles=", ".join(one.title for one in COLUMNS if one.needed))
    problems = list[RowProblem]()
    drafts = _read(layouts, job, words, problems)
    counts = {"new": 0, "change": 0, "same": 0}
    _clear_rows(job.id)
    for at in range(0, len(drafts), CHUNK):
        for draft in _stage(job.id, drafts[at : at + CHUNK]):
            counts[draft] += 1
        breathe()
    counts["wrong"] = len({(problem.sheet, problem.row) for problem in problems})
    staging.read_through(job.id, counts, [asdict(one) for one in problems], about(sheets, layouts, likely))


@writing
def _open_job(db: Session, actor_id: int, chapter_id: int, file_name: str, data: bytes) -> tuple[_Job, dict[str, str]]:
    scope = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    job = staging.open_job_in(db, actor_id, KIND, chapter_id, file_name, data=data)
    return _Job(job.id, chapter_id, scope), known_in(db, chapter_id, KIND)


@reading
def _kept_file(db: Session, actor_id: int, job_id: int) -> tuple[_Job, bytes]:
    one = db.get(ImportJob, job_id)
    if one is None or one.kind != KIND or one.state != "ready" or one.data is None:
        raise Rejected("not_now")
    scope = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    return _Job(job_id, one.chapter_id, scope), one.data


@writing
def _remembered(db: Session, chapter_id: int, said: Mapping[str, str]) -> dict[str, str]:
    return remember_in(db, chapter_id, KIND, said)


@writing
def _clear_rows(db: Session, job_id: int) -> None:
    db.execute(delete(ImportTally).where(ImportTally.job_id == job_id))


@reading
def _read(
    db: Session, layouts: Sequence[Layout], job: _Job, words: dict[str, str], problems: list[RowProblem]
) -> list[Draft]:
    named, subtree = _named(kinds_in(db, job.scope, ended=True), words), Subtree(db, job.scope)
    drafts, first = list[Draft](), dict[tuple[Any, ...], int]()
    for number, row in enumerate(rows_of_layouts(layouts, COLUMNS, problems), 1):
        draft = _draft(row, named, subtree, job.home)
        if draft is not None:
            key = tuple(draft[name] for name in ("chapter_id", "kind", "step", "day", "source"))
            if key in first:
                row.wrong("kind", "same_figure", first=first[key])
            else:
                first[key] = row.number
                drafts.append(draft | {"row": len(drafts) + 1})
        if number % 100 == 0:
            breathe()
    return drafts


def _named(kinds: dict[str, Kind], words: dict[str, str]) -> dict[str, str]:
    """The spellings allowed in the column of kinds, folded -> counted name."""
    found = {fold(said): name for said, name in words.items()}
    for name, kind, step in countable(kinds.values()):
        found |= {
            fold(name): name,
            fold(f"{kind.name} – {step.words}"): name,
            fold(f"{kind.name} - {step.words}"): name,
        }
        found.setdefault(fold(kind.name), name)
    return found


def _draft(row: Row, named: dict[str, str], subtree: Subtree, home: int) -> Draft | None:
    chapter = subtree.find(row, clean_code(row["chapter"]), row["chapter_name"])
    if not row["chapter"] and not row["chapter_name"]:
        chapter = home
    name = named.get(fold(row["kind"]), "")
    if not name:
        row.wrong("kind", "deed_kind" if row["kind"] else "needed")
    day, count = day_of_row(row, "day"), number_in(row, "count", MOST_COUNT)
    if day is None and not row["day"]:
        row.wrong("day", "needed")
    if not row.good or chapter is None or day is None:
        return None
    kind, step = of_counted(name)
    return {
        "chapter_id": chapter,
        "kind": kind,
        "step": step,
        "day": day,
        "source": row["source"][:120],
        "count": count,
    }


@writing
def _stage(db: Session, job_id: int, drafts: list[Draft]) -> list[str]:
    """Store a piece; what each row would do."""
    chapters = {one["chapter_id"] for one in drafts}
    known: dict[tuple[int, str, str, date, str], int] = {
        (one.chapter_id, one.kind, one.step, one.day, one.source): one.count
        for one in db.scalars(select(Tally).where(Tally.chapter_id.in_(chapters)))
    }
    rows = []
    for one in drafts:
        had = known.get((one["chapter_id"], one["kind"], one["step"], one["day"], one["source"]))
        action = "new" if had is None else "same" if had == one["count"] else "change"
        rows.append(one | {"job_id": job_id, "action": action})
    db.execute(bulk(ImportTally), rows)
    return [row["action"] for row in rows]


@writing
def _give_up(db: Session, job_id: int) -> None:
    staging.forget_in(db, job_id, [KIND], "reading")


@writing
def confirm(db: Session, actor_id: int, job_id: int) -> tuple[int, int]:
    """Switch the staged rows in, all at once; (new, changed)."""
    job = staging.waiting_in(db, job_id, [KIND])
    scope = path_of_in(db, job.chapter_id)
    require_in(db, actor_id, ORGANISER, scope)
    if not may(power_in(db, job.made_by), ORGANISER, scope):
        raise Rejected("import_moved")  # the uploader has lost the right meanwhile
    now, last = now_us(db), 0
    while rows := _next(db, job_id, last):
        last = rows[-1].row
        new = insert(db, Tally)
        same = {"count": new.excluded.count, "made_by": new.excluded.made_by, "made_at": new.excluded.made_at}
        keys = ["chapter_id", "kind", "step", "day", "source"]
        values = [
            {name: getattr(one, name) for name in [*keys, "count"]} | {"made_by": actor_id, "made_at": now}
            for one in rows
        ]
        db.execute(new.on_conflict_do_update(index_elements=keys, set_=same), values)
    done = staging.done_in(db, actor_id, job)
    job.problems, job.data = [], None
    db.execute(delete(ImportTally).where(ImportTally.job_id == job_id))
    return done


def _next(db: Session, job_id: int, after: int) -> list[ImportTally]:
    more = (ImportTally.job_id == job_id, ImportTally.row > after, ImportTally.action != "same")
    return list(db.scalars(select(ImportTally).where(*more).order_by(ImportTally.row).limit(CHUNK)))


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    chapter_id = db.scalar(select(ImportJob.chapter_id).where(ImportJob.id == job_id))
    if chapter_id is not None:
        require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    staging.forget_in(db, job_id, [KIND])


@reading
def sums(db: Session, job_id: int) -> list[tuple[str, int]]:
    """(counted kind key and step as "payment.first", how many) of the staged rows."""
    rows = select(ImportTally.kind, ImportTally.step, func.sum(ImportTally.count)).where(ImportTally.job_id == job_id)
    found = db.execute(rows.group_by(ImportTally.kind, ImportTally.step).order_by(ImportTally.kind, ImportTally.step))
    return [(counted(kind, step), int(count)) for kind, step, count in found]
