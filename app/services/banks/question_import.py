"""Questions from a file: read in a child process, staged, looked at, then stored as drafts, all at once.

The code of a question decides which it is; without one, all that it says. So the same file twice changes nothing, and
a corrected one changes what was corrected. What a file does not say is asked once for all of it (`say`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.engines import insert, now_us
from app.models.staging import ImportJob, ImportQuestion
from app.services import staging
from app.services.banks.imported_pictures import with_pictures
from app.services.banks.known_questions import matches
from app.services.banks.own_banks import may_write, own_path
from app.services.banks.question_writing import name_topics, store_in
from app.services.commit import reading, writing
from app.services.files.containers import open_questions
from app.services.staging import CHUNK, SHOWN
from quizzes.importers import Imported
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected

KIND = "questions"
SAID = ("type", "topic", "source", "difficulty")


@dataclass(frozen=True)
class QuestionJob:
    """A file on its way. `counts`: new, change, same, wrong, warned; `problems` with rows and cells or lines."""

    id: int
    bank_id: int
    file_name: str
    state: str
    counts: Mapping[str, int]
    problems: list[Problem]
    importer: str = ""
    asked: list[str] = field(default_factory=list)
    """The fields that the file lacks and nobody has given yet."""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StagedQuestion:
    """One good question of the file. `row`: its row or line there; `old`: what it changes; `rule`: whence its key."""

    row: int
    action: str
    body: Mapping[str, Any]
    key: str = ""
    old: Mapping[str, Any] | None = None
    rule: str = ""
    guessed: bool = False
    """It is the old one only by its stem, and may be taken as another question."""


def start(actor_id: int, bank_id: int, file_name: str, data: bytes, importer: str = "") -> int:
    """Read a file and stage its good questions; returns the job to look at and confirm. Raises Unreadable."""
    key, found = open_questions(data, file_name, importer)
    job_id = _open(actor_id, bank_id, file_name, data, {"importer": importer})
    _stage(actor_id, job_id, key, with_pictures(found))
    return job_id


def read_as(actor_id: int, job_id: int, said: Mapping[str, str]) -> None:
    """Read the file again with what its sender says for all its questions. Raises Unreadable; Rejected("not_now")."""
    data, name, importer = _kept_file(actor_id, job_id)
    given = {key: said[key].strip()[:200] for key in SAID if said.get(key, "").strip()}
    key, found = open_questions(data, name, importer, given)
    _stage(actor_id, job_id, key, with_pictures(found), given)


@writing
def _open(db: Session, actor_id: int, bank_id: int, file_name: str, data: bytes, said: Mapping[str, str]) -> int:
    may_write(db, actor_id, own_path(db, bank_id))
    home = db.get_one(Bank, bank_id).chapter_id
    about = {"bank_id": bank_id, "data": data, "said": dict(said)}
    return staging.open_job_in(db, actor_id, KIND, home or 0, file_name, **about).id


@reading
def _kept_file(db: Session, actor_id: int, job_id: int) -> tuple[bytes, str, str]:
    job = db.get(ImportJob, job_id)
    if job is None or job.kind != KIND or job.state != "ready" or job.data is None:
        raise Rejected("not_now")
    may_write(db, actor_id, own_path(db, job.bank_id or 0))
    return job.data, job.file_name, (job.said or {}).get("importer", "")


@writing
def _stage(
    db: Session, actor_id: int, job_id: int, importer: str, found: Imported, given: Mapping[str, str] | None = None
) -> None:
    job = db.scalars(select(ImportJob).where(ImportJob.id == job_id).with_for_update()).one()
    if job.state not in ("reading", "ready"):
        raise Rejected("not_now")
    may_write(db, actor_id, own_path(db, job.bank_id or 0))
    rows, problems = _compared(_known(db, job.bank_id or 0), found)
    wrong = len({one.row or one.line for one in problems if not one.warning})
    warned = len({one.row or one.line for one in problems if one.warning})
    counts = {name: sum(row["action"] == name for row in rows) for name in ("new", "change", "same")}
    counts |= {"wrong": wrong, "warned": warned}
    staging.ready(job, counts, map(_kept, sorted(problems, key=_order)))
    job.made_at = now_us(db)  # it is compared with the bank as it is now
    job.said = (job.said or {}) | dict(given or {})
    job.found = {"importer": importer, "asked": found.asked}
    db.execute(delete(ImportQuestion).where(ImportQuestion.job_id == job_id))
    for at in range(0, len(rows), CHUNK):
        db.execute(insert(db, ImportQuestion), [{"job_id": job_id} | row for row in rows[at : at + CHUNK]])


def _known(db: Session, bank_id: int) -> dict[str, dict[str, Any]]:
    rows = db.execute(select(Question.key, Question.body).where(Question.bank_id == bank_id))
    return {key: json.loads(body) for key, body in rows}


def _compared(known: Mapping[str, Mapping[str, Any]], found: Imported) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The drafts as rows to stage, and all problems; two rows that are the same question are one problem."""
    rows: dict[str, dict[str, Any]] = {}
    problems = list(found.problems)
    rules = found.rules + [""] * (len(found.drafts) - len(found.rules))
    for draft, place, rule, one in zip(found.drafts, found.places, rules, matches(known, found.drafts), strict=True):
        if one.key in rows:
            sentence = N_("Câu này đã có ở dòng %(other)s.")
            problems.append(Problem(("id",), "id_twice", sentence, {"other": rows[one.key]["row"]}, row=place))
            continue
        topic = json.dumps(dict(found.topics.get(draft["topic"], {})), ensure_ascii=False)
        about: dict[str, Any] = {"rule": rule, "old": one.old, "guessed": one.guessed, "own": draft["id"]}
        rows[one.key] = {
            "key": one.key,
            "row": place,
            "action": one.action,
            "topic": topic,
            "body": json.dumps(draft | {"id": one.key}, ensure_ascii=False),
            "about": json.dumps({name: value for name, value in about.items() if value}, ensure_ascii=False),
        }
    return list(rows.values()), problems


def _order(one: Problem) -> tuple[bool, int]:
    return one.warning, one.row or one.line or 0


def _kept(one: Problem) -> dict[str, object]:
    return asdict(one) | {"path": list(one.path), "about": dict(one.about)}


@reading
def job(db: Session, job_id: int) -> QuestionJob | None:
    """One file that waits for its yes or has had it, or None."""
    one = db.get(ImportJob, job_id)
    if one is None or one.kind != KIND or one.state == "reading" or one.bank_id is None:
        return None
    problems = [Problem(**problem | {"path": tuple(problem["path"])}) for problem in one.problems]  # type: ignore[arg-type]
    found, said = one.found or {}, one.said or {}
    return QuestionJob(
        one.id,
        one.bank_id,
        one.file_name,
        one.state,
        one.counts,
        problems,
        found.get("importer", ""),
        found.get("asked", []),
        {key: said[key] for key in SAID if key in said},
    )


@reading
def staged(db: Session, job_id: int, limit: int = SHOWN) -> list[StagedQuestion]:
    """The first questions that are new or change something, changes first: they are to be looked at."""
    query = select(ImportQuestion).where(ImportQuestion.job_id == job_id, ImportQuestion.action != "same")
    found = []
    for one in db.scalars(query.order_by(ImportQuestion.action, ImportQuestion.row).limit(limit)):
        about = json.loads(one.about)
        more = about.get("old"), about.get("rule", ""), about.get("guessed", False)
        found.append(StagedQuestion(one.row, one.action, json.loads(one.body), one.key, *more))
    return found


@writing
def confirm(db: Session, actor_id: int, job_id: int, others: Collection[str] = ()) -> tuple[int, int]:
    """Store the staged questions as drafts: (new, changed). Rejected("not_now") a second time.

    `others`: keys of changes known by their stem alone that are questions of their own. Rejected("import_moved")
    where a question was written or reviewed after the file was read.
    """
    job = staging.waiting_in(db, job_id, [KIND])
    bank_id = db.get_one(Bank, job.bank_id).id
    may_write(db, actor_id, own_path(db, bank_id))
    _require_maker(db, job.made_by, bank_id)
    _set_apart(db, job, others)
    query = select(ImportQuestion.body).where(ImportQuestion.job_id == job_id, ImportQuestion.action != "same")
    drafts = [json.loads(body) for body in db.scalars(query.order_by(ImportQuestion.row))]
    for at in range(0, len(drafts), CHUNK):
        if not store_in(db, actor_id, bank_id, drafts[at : at + CHUNK], Question.updated_at <= job.made_at):
            raise Rejected("import_moved")
    name_topics(db, bank_id, _topics(db, job_id))
    db.execute(delete(ImportQuestion).where(ImportQuestion.job_id == job_id))
    job.problems, job.data = [], None
    return staging.done_in(db, actor_id, job)


def _set_apart(db: Session, job: ImportJob, others: Collection[str]) -> None:
    """Make new questions of these changes: each gets the id that its content gives."""
    chosen = ImportQuestion.job_id == job.id, ImportQuestion.action == "change", ImportQuestion.key.in_(others)
    for one in db.scalars(select(ImportQuestion).where(*chosen)).all() if others else ():
        about = json.loads(one.about)
        if about.get("guessed"):
            own = str(about["own"])
            one.action, one.body = "new", json.dumps(json.loads(one.body) | {"id": own}, ensure_ascii=False)
            job.counts = job.counts | {"new": job.counts["new"] + 1, "change": job.counts["change"] - 1}
    db.flush()


def _require_maker(db: Session, made_by: int, bank_id: int) -> None:
    """Require that whoever read the file may still write here; what they left behind counts for nothing after that."""
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
    staging.forget_in(db, job_id, [KIND])
