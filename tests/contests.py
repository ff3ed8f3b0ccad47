"""Contests as they stand after opening, put straight into the tables: settings, frozen questions, chapters.

contest = hold(organisation)                      one open wave from an hour ago for a day, 4 + 2 questions
contest = hold(organisation, preset="classic-doan", attempts={"most": 2})
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.contests import Contest, ContestQuestion, ContestUnit
from app.models.people import Chapter
from app.services.banks import banks
from app.services.commit import writing
from quizzes.contest.setup.rules import Rules, plain, read_rules, timetable
from quizzes.hours import DAY, HOUR, day
from tests.organisation import Organisation
from tests.quizzes.contest.bank import PRESETS

SHIPPED = ("digital-day", "cyber-safety", "strategy")
PRACTICE = ("basics",)
SHORT: dict[str, Any] = {
    "title": {"vi": "Cuộc thi thử nghiệm", "en": "A trial contest"},
    "blueprint": {"cells": [{"difficulty": [1, 2], "count": 4}, {"difficulty": [3, 5], "count": 2}]},
    "marking": {"points": 1},
    "timing": {"kind": "whole", "seconds": 600},
    "attempts": {"most": 1, "per": "wave", "practice": 2},
}
COUNTER = iter(range(1, 10_000))


@dataclass(frozen=True)
class Held:
    """A contest of the organisation's province."""

    id: int
    public_id: str
    rules: Rules


def now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def open_now(weeks: int = 1) -> list[dict[str, int]]:
    """Waves of a day each, the first open for an hour already."""
    first = now() - HOUR
    return [{"opens_at": first + week * 7 * DAY, "closes_at": first + week * 7 * DAY + DAY} for week in range(weeks)]


def rules_of(preset: str | None = None, **changes: Any) -> Rules:
    """Settings of a shipped preset (or a short contest) with `changes`, its first wave open already."""
    said = (
        yaml.load(next(path for path in PRESETS if path.stem == preset).read_text(), yaml.CSafeLoader)
        if preset
        else SHORT
    )
    found, problems = read_rules({**said, **({} if preset else {"waves": open_now()}), **changes})
    assert problems == []
    return found if found.waves else timetable(found, day(now() - DAY))


def hold(org: Organisation, preset: str | None = None, **changes: Any) -> Held:
    """An opened contest with the questions of the shipped banks, the practice pool from one of its own."""
    rules = rules_of(preset, **changes)
    for key in (*SHIPPED, *PRACTICE):
        if banks.digest_of(key) is None:
            banks.replace_bank(key, shipped(key), "test")
    return Held(*freeze(org.province, rules), rules)


@cache
def shipped(key: str) -> Any:
    """A shipped bank, read once in a test run."""
    return banks.read_file(f"{key}.yaml", (banks.SHIPPED / f"{key}.yaml").read_bytes())


@writing
def freeze(db: Session, chapter_id: int, rules: Rules) -> tuple[int, str]:
    """Makes the rows that an opening leaves behind, without any of its checks."""
    number, at = next(COUNTER), now()
    contest = Contest(
        public_id=f"thi-{number}",
        chapter_id=chapter_id,
        title=json.dumps(dict(rules.title)),
        rules=json.dumps(plain(rules)),
        seed="một hạt giống",
        lots_seed="một hạt khác",
        created_at=at,
        opened_at=at,
        first_at=rules.waves[0].opens_at,
        last_at=rules.waves[-1].closes_at,
    )
    db.add(contest)
    db.flush()
    for pool, keys in (("paper", SHIPPED), ("practice", PRACTICE)):
        found = db.execute(select(Bank.key, Question).join(Bank, Bank.id == Question.bank_id).where(Bank.key.in_(keys)))
        for bank, question in found.all():
            key = f"{bank}/{question.key}"
            body = json.dumps(json.loads(question.body) | {"id": key}, ensure_ascii=False)
            db.add(ContestQuestion(contest_id=contest.id, pool=pool, key=key, question_id=question.id, body=body))
    for one in db.scalars(select(Chapter)).all():
        db.add(
            ContestUnit(
                contest_id=contest.id,
                chapter_id=one.id,
                parent_id=one.parent_id,
                kind=one.kind,
                name=one.name,
                members=30,
            )
        )
    return contest.id, contest.public_id
