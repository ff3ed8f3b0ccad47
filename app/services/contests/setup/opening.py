"""The check before a contest opens, and the opening: rules, questions, chapters and hours are frozen.

The heavy part of the check (simulated papers) runs apart; what opening depends on is looked at again inside
the write, under the lock that shows take as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.contests import Contest, ContestQuestion
from app.models.engines import now_us
from app.services.apart import apart
from app.services.audit import audit_in
from app.services.banks.question_results import level, measured_in, real_difficulty
from app.services.banks.question_use import lock_use_in, used_in_shows
from app.services.banks.rights import usable_banks_in
from app.services.commit import breathe, reading, writing
from app.services.contests.contests import rules_of
from app.services.contests.setup.drafts import draft_in, foreign_in, hours_columns
from app.services.contests.setup.units import lock_units_in, units_in
from app.services.kept import Kept
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.checks.consistency import plans
from quizzes.contest.checks.opening import Candidate, Likeness, check, likeness, snapshot
from quizzes.contest.results.chapters import Unit
from quizzes.contest.setup.blueprint import shortages, size
from quizzes.contest.setup.rules import Rules
from quizzes.hours import day
from quizzes.problems import Path, Problem
from quizzes.refusals import Rejected

KEPT_S, MOST_KEPT = 10.0, 16
"""How long it is kept how alike the papers of a draft are, seconds, and of how many drafts."""
alike = Kept[tuple[dict[Path, Likeness], int]](KEPT_S, MOST_KEPT)


@dataclass(frozen=True)
class PlanFigures:
    """The findings about one blueprint. `evenness` is how far its papers differ, in thousandths of a question; `shared`
    is per mille."""

    path: Path
    size: int
    usable: int
    shared: int | None
    evenness: int | None


@dataclass(frozen=True)
class Findings:
    """Everything the page before opening shows."""

    problems: list[Problem]
    plans: list[PlanFigures]
    unusable: int

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if not one.warning]


@dataclass(frozen=True)
class _Material:
    """All the check looks at, read at one moment."""

    revision: int
    rules: Rules
    paper: list[Candidate]
    practice: list[Candidate]
    units: list[Unit]
    foreign: list[Problem]
    now: int

    def problems(self, papers: Mapping[Path, Likeness]) -> list[Problem]:
        return self.foreign + check(self.rules, self.paper, self.practice, self.now, self.units, papers)


@reading
def _material(db: Session, actor_id: int | None, contest_id: int) -> _Material:
    contest = draft_in(db, contest_id)
    rules = rules_of(contest.rules)
    units = units_in(db, contest_id, path_of_in(db, contest.chapter_id), rules)
    return _Material(
        contest.revision,
        rules,
        [one for _, one in _bank(db, rules.banks)],
        [one for _, one in _bank(db, rules.practice_banks)],
        [unit for unit, _ in units],
        foreign_in(db, actor_id, contest.chapter_id, rules),
        now_us(db),
    )


def _looked_at(rules: Rules, paper: Sequence[Candidate]) -> tuple[dict[Path, Likeness], int]:
    """How alike papers are, and how many questions serve: seconds for a big bank, so not on the loop."""
    return likeness(rules, paper), len(snapshot(rules, paper))


def findings(actor_id: int | None, contest_id: int) -> Findings:
    """The obstacles to opening this contest now, and the figures behind them."""
    found = _material(actor_id, contest_id)
    of_draft = contest_id, found.revision, len(found.paper)
    papers, usable = alike.of(of_draft, lambda: apart(_looked_at, found.rules, found.paper))
    figures = [
        PlanFigures(path, size(plan), usable, one.shared.share if one else None, one.evenness.widest if one else None)
        for path, plan in plans(found.rules)
        for one in [papers.get(path)]
    ]
    breathe()
    return Findings(found.problems(papers), figures, len(found.paper) - usable)


def open_contest(actor_id: int | None, contest_id: int, revision: int) -> list[Problem]:
    """Open the contest for its hours, or say which errors forbid it. Warnings forbid nothing.

    Rejected: old_revision, not_now (open or cancelled already), too_few_questions where the banks have
    changed since the check.
    """
    errors = [one for one in _material(actor_id, contest_id).problems({}) if not one.warning]
    if not errors:
        open_unchecked(actor_id, contest_id, revision)
    return errors


@writing
def open_unchecked(db: Session, actor_id: int | None, contest_id: int, revision: int) -> None:
    """Open a contest whose material was checked, or is known to be right. Rejected as `open_contest`."""
    lock_use_in(db)
    contest = db.scalars(select(Contest).where(Contest.id == contest_id).with_for_update()).one()
    require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    if contest.opened_at is not None or contest.cancelled_at is not None:
        raise Rejected("not_now")
    if contest.revision != revision:
        raise Rejected("old_revision")
    rules = rules_of(contest.rules)
    if {*rules.banks, *rules.practice_banks} - usable_banks_in(db, actor_id, {*rules.banks, *rules.practice_banks}):
        raise Rejected("too_few_questions")
    _freeze_questions(db, contest_id, rules)
    lock_units_in(db, contest_id, units_in(db, contest_id, path_of_in(db, contest.chapter_id), rules))
    contest.opened_at = now_us(db)
    for name, value in hours_columns(rules).items():
        setattr(contest, name, value)
    audit_in(db, actor_id, "contest.opened", chapter_id=contest.chapter_id, contest=contest_id)


def _freeze_questions(db: Session, contest_id: int, rules: Rules) -> None:
    for pool, banks in (("paper", rules.banks), ("practice", rules.practice_banks)):
        found = _bank(db, banks)
        numbers = {str(one.question["id"]): number for number, one in found}
        usable = snapshot(rules, [one for _, one in found])
        if pool == "paper":
            _enough(rules, usable)
        rows = [
            {
                "contest_id": contest_id,
                "pool": pool,
                "key": key,
                "question_id": numbers[key],
                "body": json.dumps(question, ensure_ascii=False, separators=(",", ":")),
            }
            for key, question in usable.items()
        ]
        if rows:
            db.execute(ContestQuestion.__table__.insert(), rows)  # type: ignore[attr-defined]


def _enough(rules: Rules, usable: Mapping[str, Any]) -> None:
    for _, plan in plans(rules):
        if shortages(plan, usable.values()) or not set(plan.fixed) <= set(usable):
            raise Rejected("too_few_questions")


def _bank(db: Session, banks: Sequence[int]) -> list[tuple[int, Candidate]]:
    """The questions of these banks by their names "<bank>/<key>", each with its number."""
    if not banks:
        return []
    live = set(db.scalars(used_in_shows(now_us(db))))
    query = select(Question, Bank.key, Bank.public).join(Bank, Bank.id == Question.bank_id)
    wanted = (Question.bank_id.in_(banks), Question.state != "retired")
    rows = db.execute(query.where(*wanted).order_by(Bank.key, Question.key)).all()
    measured = measured_in(db, [one.id for one, _, _ in rows])
    return [
        (
            one.id,
            Candidate(
                json.loads(one.body) | {"id": f"{bank}/{one.key}"} | _facility(measured.get(one.id)),
                one.state == "approved",
                public,
                one.id in live,
            ),
        )
        for one, bank, public in rows
    ]


def _facility(share: int | None) -> dict[str, int]:
    """The real difficulty, by which papers are drawn and balanced; without real answers the author's estimate stays."""
    return {} if share is None else {"facility": share, "difficulty": level(share)}


@reading
def candidates(db: Session, banks: Sequence[int]) -> list[Candidate]:
    """Every question of these banks that is not retired, with what is known of it."""
    return [one for _, one in _bank(db, banks)]


@reading
def stock(db: Session, rules: Rules, banks: Sequence[int]) -> list[tuple[int, str, int, int]]:
    """(bank, topic, difficulty, questions usable in the contest's hours): what a blueprint can draw from."""
    hours = hours_columns(rules)
    first, last = (date.fromisoformat(day(hours[name] or now_us(db))) for name in ("first_at", "last_at"))
    usable = (
        Question.bank_id.in_(banks),
        Question.state == "approved",
        or_(Question.valid_from.is_(None), Question.valid_from <= first),
        or_(Question.valid_to.is_(None), Question.valid_to >= last),
        Question.id.not_in(used_in_shows(now_us(db))),
    )
    columns: Any = select(Question.bank_id, Question.topic, real_difficulty().label("hard")).where(*usable).subquery().c
    query: Any = select(*columns, func.count()).group_by(*columns).order_by(*columns)
    return [(bank, topic, hard, count) for bank, topic, hard, count in db.execute(query)]
