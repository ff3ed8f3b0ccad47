"""Questions from a file: read in a child process, staged, looked at, then stored as drafts, all at once.

The id of a row decides which question it is; a row without one is known by its text. So the same file
twice changes nothing, and a corrected one changes what was corrected.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.engines import insert
from app.models.staging import ImportJob, ImportQuestion
from app.services import staging
from app.services.banks.own_banks import may_write, own_path
from app.services.banks.question_writing import name_topics, store_in
from app.services.commit import reading, writing
from app.services.files.containers import open_questions
from app.services.staging import CHUNK, SHOWN
from quizzes import bank
from quizzes.importers import Imported, for_file
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected
from quizzes.text import fold

KIND = "questions"


@dataclass(frozen=True)
class QuestionJob:
    """A file on its way. `counts`: new, change, same, wrong, warned; `problems` with rows and cells or lines."""

    id: int
    bank_id: int
    file_name: str
    counts: Mapping[str, int]
    problems: list[Problem]


@dataclass(frozen=True)
class StagedQuestion:
    """One good question of the file. `row`: its row or line there."""

    row: int
    action: str
    body: Mapping[str, Any]


def start(actor_id: int, bank_id: int, file_name: str, data: bytes) -> int:
    """Read a file and stage its good questions; returns the job to look at and confirm. Raises Unreadable."""
    found = open_questions(data, for_file(file_name).key)
    return _stage(actor_id, bank_id, file_name, found)


@writing
def _stage(db: Session, actor_id: int, bank_id: int, file_name: str, found: Imported) -> int:
    may_write(db, actor_id, own_path(db, bank_id))
    rows, problems = _compared(_known(db, bank_id), found)
    wrong = len({one.row or one.line for one in problems if not one.warning})
    warned = len({one.row or one.line for one in problems if one.warning})
    counts = {name: sum(row["action"] == name for row in rows) for name in ("new", "change", "same")}
    home = db.get_one(Bank, bank_id).chapter_id
    job = staging._open_job(db, actor_id, KIND, home, file_name, bank_id=bank_id)
    staging._ready(job, counts | {"wrong": wrong, "warned": warned}, map(_kept, sorted(problems, key=_order)))
    for at in range(0, len(rows), CHUNK):
        db.execute(insert(db, ImportQuestion), [{"job_id": job.id} | row for row in rows[at : at + CHUNK]])
    return job.id


def _known(db: Session, bank_id: int) -> dict[str, dict[str, Any]]:
    rows = db.execute(select(Question.key, Question.body).where(Question.bank_id == bank_id))
    return {key: json.loads(body) for key, body in rows}


def _compared(known: Mapping[str, Mapping[str, Any]], found: Imported) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The drafts as rows to stage, and all problems; two rows that are the same question are one problem."""
    by_text = {fold(one["text"]["vi"]): key for key, one in known.items()}
    rows: dict[str, dict[str, Any]] = {}
    problems = list(found.problems)
    for draft, place in zip(found.drafts, found.places, strict=True):
        key = draft["id"]
        if key not in known and key.startswith("x-"):
            key = by_text.get(fold(draft["text"]["vi"]), key)
        if key in rows:
            sentence = N_("Câu này đã có ở dòng %(other)s.")
            problems.append(Problem(("id",), "id_twice", sentence, {"other": rows[key]["row"]}, row=place))
            continue
        draft = draft | {"id": key}
        action = "new" if key not in known else "same" if bank.normal(known[key]) == bank.normal(draft) else "change"
        body = json.dumps(draft, ensure_ascii=False)
        topic = json.dumps(dict(found.topics.get(draft["topic"], {})), ensure_ascii=False)
        rows[key] = {"key": key, "row": place, "action": action, "topic": topic, "body": body}
    return list(rows.values()), problems


def _order(one: Problem) -> tuple[bool, int]:
    return one.warning, one.row or one.line or 0


def _kept(one: Problem) -> dict[str, object]:
    return asdict(one) | {"path": list(one.path), "about": dict(one.about)}


@reading
def job(db: Session, job_id: int) -> QuestionJob | None:
    """One file that waits for its yes, or None."""
    one = db.get(ImportJob, job_id)
    if one is None or one.kind != KIND or one.state != "ready" or one.bank_id is None:
        return None
    problems = [Problem(**problem | {"path": tuple(problem["path"])}) for problem in one.problems]  # type: ignore[arg-type]
    return QuestionJob(one.id, one.bank_id, one.file_name, one.counts, problems)


@reading
def staged(db: Session, job_id: int, limit: int = SHOWN) -> list[StagedQuestion]:
    """The first questions that are new or change something."""
    query = select(ImportQuestion).where(ImportQuestion.job_id == job_id, ImportQuestion.action != "same")
    rows = db.scalars(query.order_by(ImportQuestion.row).limit(limit))
    return [StagedQuestion(one.row, one.action, json.loads(one.body)) for one in rows]


@writing
def confirm(db: Session, actor_id: int, job_id: int) -> tuple[int, int]:
    """Store the staged questions as drafts: (new, changed). Rejected("not_now") a second time.

    Rejected("import_moved") where a question was written or reviewed after the file was read.
    """
    job = staging._waiting(db, job_id, [KIND])
    bank_id = db.get_one(Bank, job.bank_id).id
    may_write(db, actor_id, own_path(db, bank_id))
    _require_maker(db, job.made_by, bank_id)
    query = select(ImportQuestion.body).where(ImportQuestion.job_id == job_id, ImportQuestion.action != "same")
    drafts = [json.loads(body) for body in db.scalars(query.order_by(ImportQuestion.row))]
    for at in range(0, len(drafts), CHUNK):
        if not store_in(db, actor_id, bank_id, drafts[at : at + CHUNK], Question.updated_at <= job.made_at):
            raise Rejected("import_moved")
    name_topics(db, bank_id, _topics(db, job_id))
    db.execute(delete(ImportQuestion).where(ImportQuestion.job_id == job_id))
    job.problems = []
    return staging._done(db, actor_id, job)


def _require_maker(db: Session, made_by: int, bank_id: int) -> None:
    """Whoever read the file may still write here; what they left behind counts for nothing after that."""
    try:
        may_write(db, made_by, own_path(db, bank_id))
    except Rejected:
        raise Rejected("import_moved") from None


def _topics(db: Session, job_id: int) -> dict[str, Any]:
    rows = db.execute(select(ImportQuestion.body, ImportQuestion.topic).where(ImportQuestion.job_id == job_id))
    return {json.loads(body)["topic"]: json.loads(named) for body, named in rows}


@writing
def drop(db: Session, actor_id: int, job_id: int) -> None:
    """Forget a file that was not confirmed."""
    bank_id = db.scalar(select(ImportJob.bank_id).where(ImportJob.id == job_id))
    if bank_id is not None:
        may_write(db, actor_id, own_path(db, bank_id))
    staging._forget(db, job_id, [KIND])
