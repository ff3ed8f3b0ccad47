"""A file on its way in: what was read from it waits for somebody's yes, for a week at most, and is told once.

An area opens a job, adds rows of its own table to it, and takes the job when the sender confirms. Rows end with it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.staging import ImportJob
from app.services.audit import audit_in
from app.services.commit import writing
from quizzes.refusals import Rejected

CHUNK = 500
"""Rows written with one statement."""
SHOWN = 200  # rows of the preview
MOST_PROBLEMS = 2000
"""Problems kept of one file."""
KEPT_US = 7 * 24 * 3600 * 1_000_000
"""How long a file that nobody confirmed stays, microseconds."""


def open_job_in(
    db: Session, actor_id: int, kind: str, chapter_id: int | None, file_name: str, **more: Any
) -> ImportJob:
    """A job in state "reading"; older ones that nobody confirmed go, and the one this file had when it was sent just
    before."""
    _sweep(db)
    if more.get("data"):
        mine = (ImportJob.kind == kind, ImportJob.made_by == actor_id, ImportJob.chapter_id == chapter_id)
        same = (*mine, ImportJob.state == "ready", ImportJob.data == more["data"])
        rows = db.execute(select(ImportJob.id, ImportJob.said).where(*same)).all()
        db.execute(delete(ImportJob).where(ImportJob.id.in_([row.id for row in rows if row.said == more.get("said")])))
    about = {"state": "reading", "counts": {}, "problems": [], "file_name": file_name[:200]} | more
    job = ImportJob(kind=kind, made_by=actor_id, chapter_id=chapter_id, made_at=now_us(db), **about)
    db.add(job)
    db.flush()
    return job


def ready(job: ImportJob, counts: dict[str, int], problems: Iterable[dict[str, object]]) -> None:
    """Everything of the file is staged: it may be looked at."""
    job.state, job.counts, job.problems = "ready", counts, list(problems)[:MOST_PROBLEMS]


@writing
def read_through(
    db: Session,
    job_id: int,
    counts: dict[str, int],
    problems: list[dict[str, object]],
    found: dict[str, Any] | None = None,
) -> None:
    """A file was read to its end, with what was `found` of its layout. Rejected("not_now") where it is in force."""
    job = db.get_one(ImportJob, job_id)
    if job.state == "done":
        raise Rejected("not_now")
    if found is not None:
        job.found = found
    ready(job, counts, problems)


def waiting_in(db: Session, job_id: int, kinds: Container[str]) -> ImportJob:
    """The job whose yes has come, locked; Rejected("not_now") a second time."""
    job = db.scalar(select(ImportJob).where(ImportJob.id == job_id).with_for_update())
    if job is None or job.kind not in kinds or job.state != "ready":
        raise Rejected("not_now")
    return job


def done_in(db: Session, actor_id: int, job: ImportJob) -> tuple[int, int]:
    """It is in force: (new, changed) rows, as the audit log keeps them."""
    job.state, job.done_at = "done", now_us(db)
    new, change = job.counts["new"], job.counts["change"]
    audit_in(db, actor_id, "import.done", chapter_id=job.chapter_id, new=new, change=change, job=job.id)
    return new, change


def rows_of(job: ImportJob) -> int:
    """The number of rows in the file that are new or change something."""
    return job.counts["new"] + job.counts["change"]


def forget_in(db: Session, job_id: int, kinds: Iterable[str], state: str = "ready") -> None:
    """Drop a file that was not confirmed, and its rows. One statement: its yes may come at the same moment."""
    mine = ImportJob.id == job_id, ImportJob.kind.in_(kinds), ImportJob.state == state
    db.execute(delete(ImportJob).where(*mine))


def _sweep(db: Session) -> None:
    """Files nobody confirmed hold names: they go after a week."""
    db.execute(delete(ImportJob).where(ImportJob.made_at < now_us(db) - KEPT_US, ImportJob.state != "done"))
