"""The data for a contest under load, put straight into the tables of an own instance: an open contest, people who are
signed in, and tries that were finished before. No command makes these by the hundred thousand."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.contests import Attempt, AttemptAnswer, Contest, ContestQuestion
from app.models.people import Account, Chapter, Member
from app.models.signing_in import SignIn
from app.services.commit import reading, writing
from app.services.people.tree import Draft, add_chapter
from app.services.tokens import digest, new_token
from quizzes.contest.setup.rules import plain, read_rules
from quizzes.hours import DAY, HOUR

QUESTIONS = 20  # questions of a paper
ANSWERS_BEFORE = 10  # answers of a try that was begun before
CHUNK = 2_000  # rows of one statement
GONE = 10**9
"""From here on are the numbers of people whose tries were finished before."""
FORM = "0" * 40
RULES: dict[str, Any] = {
    "title": {"vi": "Thử tải", "en": "Load"},
    "blueprint": {"cells": [{"count": QUESTIONS}]},
    "timing": {"kind": "whole", "seconds": 3600},
}


@dataclass(frozen=True)
class Signed:
    """A person who is signed in: the cookie of the browser, the token its forms carry."""

    cookie: str
    form: str


def prepare(count: int, finished: int, instance: Path) -> tuple[str, list[Signed]]:
    """An open contest's address and so many people, after so many finished tries."""
    chapter_id = add_chapter(None, None, Draft("Thử tải", "tinh", "LOAD"))
    contest_id, public_id = _hold(chapter_id)
    members = people(chapter_id, count)
    for start in range(0, finished, CHUNK):
        _finished(contest_id, chapter_id, start + 1, min(CHUNK, finished - start))
    _count(contest_id, finished)
    return public_id, list(signed(members, (instance / "secret_key").read_text().strip()))


@writing
def _hold(db: Session, chapter_id: int) -> tuple[int, str]:
    """Stores an open contest with every question of the banks; its number and public id."""
    now = time.time_ns() // 1000
    waves = [{"opens_at": now - HOUR, "closes_at": now + DAY}]
    rules, problems = read_rules(RULES | {"waves": waves})
    assert not problems  # noqa: S101
    contest = Contest(
        public_id="load",
        chapter_id=chapter_id,
        title=json.dumps(RULES["title"]),
        rules=json.dumps(plain(rules)),
        seed=secrets.token_hex(16),
        lots_seed=secrets.token_hex(16),
        created_at=now,
        opened_at=now,
        first_at=waves[0]["opens_at"],
        last_at=waves[0]["closes_at"],
    )
    db.add(contest)
    db.flush()
    for bank, question in db.execute(select(Bank.key, Question).join(Bank, Bank.id == Question.bank_id)).all():
        key = f"{bank}/{question.key}"
        db.add(
            ContestQuestion(
                contest_id=contest.id,
                pool="paper",
                key=key,
                question_id=question.id,
                body=json.dumps(json.loads(question.body) | {"id": key}, ensure_ascii=False),
            )
        )
    return contest.id, contest.public_id


@writing
def people(db: Session, chapter_id: int, count: int) -> list[str]:
    """Members with accounts and sessions; their tokens."""
    now, tokens = time.time_ns() // 1000, [new_token() for _ in range(count)]
    path = db.get_one(Chapter, chapter_id).path
    first = (db.scalar(select(Member.id).order_by(Member.id.desc()).limit(1)) or 0) + 1
    db.execute(
        insert(Member),
        [
            {
                "id": first + number,
                "code": f"LOAD-{number}",
                "name": f"Bạn {number}",
                "nickname": "",
                "public_name": f"B. {number}",
                "birth_year": 2004,
                "chapter_id": chapter_id,
                "path": path,
                "sort_key": f"{number:06}",
                "search": "",
                "created_at": now,
            }
            for number in range(count)
        ],
    )
    _sign_in(db, first, tokens, now)
    return tokens


def _sign_in(db: Session, first: int, tokens: list[str], now: int) -> None:
    """An account and a session for each."""
    accounts = [{"member_id": first + n, "status": "active", "created_at": now} for n in range(len(tokens))]
    db.execute(insert(Account), accounts)
    db.execute(
        insert(SignIn),
        [
            {
                "token_hash": digest(token),
                "member_id": first + number,
                "began_at": now,
                "seen_at": now,
                "ends_at": now + DAY,
                "device": "",
                "renew": False,
            }
            for number, token in enumerate(tokens)
        ],
    )


@writing
def _finished(db: Session, contest_id: int, chapter_id: int, first: int, count: int) -> None:
    """Graded tries of people who are not there any more, with their answers."""
    now, base = time.time_ns() // 1000, GONE + first
    paper = json.dumps([[f"bank/question-{n}", [[f"abcd{m}", m] for m in range(4)]] for n in range(QUESTIONS)])
    db.execute(
        insert(Attempt),
        [
            {
                "id": base + n,
                "public_id": secrets.token_urlsafe(12),
                "contest_id": contest_id,
                "no": first + n,
                "member_id": base + n,
                "wave": 0,
                "try_no": 1,
                "division": "",
                "chapter_id": chapter_id,
                "started_at": now - HOUR,
                "closes_at": now,
                "submitted_at": now - HOUR // 2,
                "paper": paper,
                "graded": 0,
                "counted": True,
                "ended_at": now - HOUR // 2,
                "score": n % 40,
                "most": 40,
                "correct": n % 20,
                "of": QUESTIONS,
                "rank_key": os.urandom(24),
            }
            for n in range(count)
        ],
    )
    _answered(db, base, count, now)


def _answered(db: Session, base: int, count: int, now: int) -> None:
    """Stores the answers of these tries."""
    db.execute(
        insert(AttemptAnswer),
        [
            {
                "attempt_id": base + n,
                "place": place,
                "revision": 1,
                "device": "abcdef",
                "count": place,
                "choice": '"abcd1"',
                "first_at": now - HOUR,
                "at": now - HOUR,
            }
            for n in range(count)
            for place in range(ANSWERS_BEFORE)
        ],
    )


@writing
def _count(db: Session, contest_id: int, finished: int) -> None:
    db.get_one(Contest, contest_id).next_no = finished + 1


def signed(tokens: list[str], secret: str) -> Iterator[Signed]:
    """The browsers that hold these sessions."""
    app = Flask("load")
    app.secret_key = secret
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing  # noqa: S101
    form = URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(FORM)
    for token in tokens:
        yield Signed(signing.dumps({"_permanent": True, "sign_in": token, "csrf_token": FORM}), form)


@reading
def stored(db: Session) -> dict[tuple[str, int], tuple[int, Any]]:
    """(try, place) -> (revision, choice), of the tries that are not handed in by the preparation."""
    query = (
        select(Attempt.public_id, AttemptAnswer.place, AttemptAnswer.revision, AttemptAnswer.choice)
        .join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
        .where(Attempt.member_id < GONE)
    )
    return {(row.public_id, row.place): (row.revision, json.loads(row.choice)) for row in db.execute(query)}


@reading
def handed_in(db: Session) -> int:
    """The number of begun tries that are handed in."""
    query = select(Attempt.id).where(Attempt.member_id < GONE, Attempt.submitted_at.is_not(None))
    return len(list(db.scalars(query)))
