"""A file on its way in, as its sender looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.lists import ImportLine
from app.models.people import Chapter
from app.models.staging import ImportJob
from app.services.commit import reading
from app.services.lists.kinds import Draft, lists
from app.services.people.imports import looks as import_looks
from quizzes.refusals import Rejected

SHOWN = 50  # rows of the preview


@dataclass(frozen=True)
class Job(import_looks.Job):
    """A file on its way, as its sender sees it. `of`: the public id of the thing the list belongs to, or ""."""

    of: str


@reading
def job(db: Session, job_id: int) -> Job:
    """One file of ours, or Rejected("not_found")."""
    one = db.get(ImportJob, job_id)
    if one is None or one.kind not in lists() or one.state == "reading":
        raise Rejected("not_found")
    chapter = db.get_one(Chapter, one.chapter_id)
    return Job(**vars(import_looks.seen(one, chapter.name, chapter.path)), of=(one.said or {}).get("of", ""))


@reading
def staged(db: Session, job_id: int) -> list[Draft]:
    """The first rows, for the preview."""
    rows = select(ImportLine.about).where(ImportLine.job_id == job_id).order_by(ImportLine.row).limit(SHOWN)
    return list(db.scalars(rows))
