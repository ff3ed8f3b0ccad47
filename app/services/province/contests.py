"""The province's contests: one that is over with all its tries, one that runs, one in the making."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.bank import Bank
from app.models.contests import Attempt, AttemptAnswer, Contest
from app.models.pouring import pour
from app.services.commit import reading, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.setup import drafts, opening
from app.services.province.people import DAY, HEAD
from quizzes.contest.results.boards import rank_bytes
from quizzes.contest.results.grading import Line
from quizzes.contest.taking.paper import Paper, deck, draw, written
from quizzes.engine import SECOND
from quizzes.questions import of

PAPER = ("digital-day", "cyber-safety", "strategy")
PRACTICE = ("cashless",)
SEED = "province"
OVER, RUNNING, DRAFT = "province-over", "province-running", "province-draft"
PAPERS = 1000
"""How many papers are drawn. Drawing one takes a millisecond, so they are given out again and again."""
SETTINGS: dict[str, Any] = {
    "blueprint": {"cells": [{"difficulty": [1, 2], "count": 4}, {"difficulty": [3, 5], "count": 2}]},
    "marking": {"points": 1},
    "timing": {"kind": "whole", "seconds": 600},
    "attempts": {"most": 1, "per": "wave", "practice": 2},
    "showing": {"score": "at_once", "standings": "live"},
    "complaints": {"results_days": 0, "window_days": 0},
    "prizes": [{"key": "first", "title": {"vi": "giải Nhất", "en": "first prize"}, "count": 10, "points": 50}],
}


def plant(tries: int, homes: Sequence[int], at: int) -> dict[str, int]:
    """Tries of the first members; `homes`: their chapters. How many rows of each kind were written."""
    over = _made(OVER, "Tuổi trẻ với chuyển đổi số", at - 9 * DAY, at - 2 * DAY)
    running = _made(RUNNING, "Tuần này cùng số", at - DAY // 24, at + 6 * DAY)
    _made(DRAFT, "Cuộc thi mùa sau", at + 30 * DAY, at + 37 * DAY)
    for one in (over, running):
        opening.open_unchecked(None, one, 1)
    return _sit(over, homes[:tries])


def _made(public_id: str, title: str, opens_at: int, closes_at: int) -> int:
    banks = _banks()
    number = drafts.create(
        None,
        HEAD,
        SETTINGS
        | {
            "title": {"vi": title, "en": title},
            "waves": [{"opens_at": opens_at, "closes_at": closes_at}],
            "banks": [banks[key] for key in PAPER],
            "practice_banks": [banks[key] for key in PRACTICE],
        },
    )
    _name(number, public_id)
    return number


@reading
def _banks(db: Session) -> dict[str, int]:
    return {row.key: row.id for row in db.execute(select(Bank.key, Bank.id))}


@writing
def _name(db: Session, number: int, public_id: str) -> None:
    """Gives a contest its public id and seeds made of it, so that every planting draws the same."""
    seeds = {"seed": f"{SEED} {public_id}", "lots_seed": f"{SEED} lots {public_id}"}
    db.execute(update(Contest).where(Contest.id == number).values(public_id=public_id, **seeds))


@dataclass(frozen=True)
class _Sheet:
    """A drawn paper as it is stored, and for each place what it is worth, a right and a wrong choice."""

    text: str
    places: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class _Try:
    """One finished try, and what was answered at each place of its paper."""

    row: dict[str, Any]
    choices: Sequence[str]


@writing
def _sit(db: Session, contest_id: int, homes: Sequence[int]) -> dict[str, int]:
    contest = frozen(contest_id)
    cards = deck(contest.rules.blueprint, contest.paper)
    sheets = [_sheet(contest, draw(cards, contest.seed, 0, one, 1)) for one in range(1, min(PAPERS, len(homes)) + 1)]

    def sat() -> Iterator[_Try]:
        return (_try(contest, number, home, sheets[number % len(sheets)]) for number, home in enumerate(homes, 1))

    counts = {
        "tries": pour(db, _of(Attempt), (one.row for one in sat())),
        "answers": pour(db, _of(AttemptAnswer), (row for one in sat() for row in _answers(one))),
    }
    db.execute(update(Contest).where(Contest.id == contest_id).values(next_no=len(homes) + 1))
    return counts


def _of(model: Any) -> Any:
    return model.__table__


def _sheet(contest: Frozen, paper: Paper) -> _Sheet:
    places = []
    for asked in paper.asked:
        question = contest.paper[asked.question]
        possible = of(question).possible(question, asked.shown)
        *_, right = by_grade = sorted(possible, key=partial(of(question).grade, question, asked.shown))
        worth = contest.rules.marking.points[question["difficulty"] - 1]
        places.append((worth, json.dumps(right), json.dumps(by_grade[0])))
    return _Sheet(json.dumps(written(paper), separators=(",", ":")), tuple(places))


def _try(contest: Frozen, number: int, home: int, sheet: _Sheet) -> _Try:
    """The first so many places right, the others wrong."""
    began = contest.rules.waves[0].opens_at + number * 7919 % (6 * 24 * 3600) * SECOND
    ended = began + (30 + number * 31 % 500) * SECOND
    right, of_all = number * 5 % (len(sheet.places) + 1), len(sheet.places)
    score, most = (sum(one[0] for one in sheet.places[:count]) for count in (right, of_all))
    line = Line(number, number, 0, 1, began, ended, ended - began, score, most, right, of_all, chapter=home)
    choices = [place[1] if at < right else place[2] for at, place in enumerate(sheet.places)]
    return _Try(_row(contest, line, sheet.text), choices)


def _row(contest: Frozen, line: Line, paper: str) -> dict[str, Any]:
    return {
        "id": line.no,
        "public_id": f"province-{line.no}",
        "contest_id": contest.contest_id,
        "no": line.no,
        "member_id": line.member,
        "wave": 0,
        "try_no": 1,
        "division": "",
        "chapter_id": line.chapter,
        "birth_year": None,
        "started_at": line.started_at,
        "closes_at": line.started_at + 600 * SECOND,
        "submitted_at": line.ended_at,
        "paper": paper,
        "graded": 0,
        "counted": True,
        "ended_at": line.ended_at,
        "score": line.score,
        "most": line.most,
        "correct": line.correct,
        "of": line.of,
        "rank_key": rank_bytes(contest.rules, line),
    }


def _answers(one: _Try) -> Iterator[dict[str, Any]]:
    for place, choice in enumerate(one.choices):
        at = one.row["started_at"] + (place + 1) * 4 * SECOND
        yield {
            "attempt_id": one.row["id"],
            "place": place,
            "revision": 1,
            "device": "d",
            "count": 1,
            "choice": choice,
            "first_at": at,
            "at": at,
        }
