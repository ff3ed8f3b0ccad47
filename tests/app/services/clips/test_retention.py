"""A clip that nothing names goes a month after it came; one named anywhere stays."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question, QuestionVersion
from app.models.clips import Clip, ClipPart
from app.models.contests import Contest, ContestQuestion
from app.models.engines import Database, now_us
from app.models.people import Chapter
from app.models.shows import JournalLine, OwnScript
from app.models.staging import ImportJob, ImportQuestion
from app.services.clips import retention
from app.services.commit import reading, writing
from app.services.shows import scripts
from tests.app.services.shows.test_seats import SCRIPT
from tests.organisation import plant

WITH_CLIP = "{:_<22}.mp4"
USES = ("question", "version", "import", "script", "contest", "rules", "replaced", "created")


def name_of(use: str) -> str:
    return WITH_CLIP.format(use)


def body(use: str) -> str:
    return json.dumps({"text": {"vi": "Nghe gì?"}, "media": {"name": name_of(use), "alt": {"vi": "Bài hát"}}})


@writing
def clip(db: Session, name: str, at: int, parts: int = 1) -> None:
    db.add(Clip(name=name, seconds=1, size=parts, made_at=at))
    db.flush()
    db.add_all(ClipPart(name=name, number=number, data=b"x") for number in range(parts))


@writing
def named(db: Session, member: int, show_id: int) -> None:
    """In each place but the beginning of a show."""
    chapter, known = db.scalars(select(Chapter.id).limit(1)).one(), {"public_id": "k" * 20, "created_at": 1}
    bank = Bank(key="rieng", title="{}", public=False, updated_at=1)
    contest = Contest(**known, chapter_id=chapter, title="{}", rules=body("rules"), seed="s", lots_seed="l")
    job = ImportJob(
        kind="questions",
        state="ready",
        made_by=member,
        chapter_id=chapter,
        file_name="a.csv",
        made_at=1,
        counts={},
        problems=[],
    )
    db.add_all([bank, contest, job, OwnScript(public_id="k", member_id=member, body=body("script"), updated_at=1)])
    db.flush()
    question = Question(
        bank_id=bank.id,
        key="q",
        type="single",
        topic="t",
        difficulty=1,
        state="draft",
        body=body("question"),
        updated_at=1,
    )
    db.add(question)
    db.flush()
    db.add(QuestionVersion(question_id=question.id, no=1, body=body("version"), at=1))
    db.add(ImportQuestion(job_id=job.id, key="q", row=1, action="new", topic="{}", body=body("import")))
    db.add(ContestQuestion(contest_id=contest.id, pool="paper", key="a/q", question_id=1, body=body("contest")))
    db.add(JournalLine(show_id=show_id, seq=900, at=1, actor="clock", name="replaced", data=body("replaced")))


def begun_with_a_clip() -> int:
    script: dict[str, Any] = copy.deepcopy(SCRIPT)
    script["rounds"][0]["questions"][0]["media"] = {"name": name_of("created"), "alt": {"vi": "Bài hát"}}
    return scripts.create("thử", script=script).show_id


@reading
def left(db: Session) -> tuple[list[str], list[str]]:
    """Of clips, of parts."""
    clips = sorted(db.scalars(select(Clip.name)))
    return clips, sorted(set(db.scalars(select(ClipPart.name))))


def test_only_an_old_clip_that_nothing_names_is_erased(bound: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "LINES", 1)
    at = reading(now_us)()
    later = at + retention.KEPT + 1
    member = next(iter(plant().members.values()))
    named(member, begun_with_a_clip())
    for use in USES:
        clip(name_of(use), at)
    clip(name_of("nobody"), at, parts=retention.MEGABYTES + 1)
    clip(name_of("young"), later)
    assert retention.erase_due(later - 1) == {"clips": 0}
    assert retention.erase_due(later) == {"clips": 1}
    stay = sorted(name_of(use) for use in (*USES, "young"))
    assert left() == (stay, stay)
    assert retention.erase_due(later) == {"clips": 0}
