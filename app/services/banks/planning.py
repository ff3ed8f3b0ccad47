"""The distribution sheet of a bank: what its papers need, by topic, difficulty, type and writer, and what is short.

A plan is rows "so many of this topic, this difficulty, this type, written by whom", for one paper, and how many papers
there are to be without a question twice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.people import Member
from app.services.banks.banks import today
from app.services.banks.dealing import deal
from app.services.banks.own_banks import may_write, own_path
from app.services.banks.question_results import real_difficulty
from app.services.commit import reading, writing
from quizzes.refusals import Rejected

MOST_ROWS, MOST_COUNT, MOST_PAPERS = 30, 500, 50
"""The most rows of a plan, questions of one row and papers of one plan."""
ANY = ""


@dataclass(frozen=True)
class Row:
    """One line of a plan for one paper; an empty topic or type, difficulty 0 and writer 0 are any."""

    topic: str = ANY
    difficulty: int = 0
    type: str = ANY
    writer: int = 0
    count: int = 0

    def fits(self, cell: Cell) -> bool:
        wanted = (self.topic, self.difficulty, self.type, self.writer)
        return all(not want or want == has for want, has in zip(wanted, cell, strict=True))


Cell = tuple[str, int, str, int]
"""Topic, difficulty, type, writer (0: nobody known)."""
Related = tuple[str, Cell, bool]
"""A question with siblings: their name, its cell, whether it is approved."""
Kind = tuple[str, tuple[Cell, ...]]
"""Questions that stand for each other in a plan: those of one cell, or siblings by their name with all their cells."""
USABLE = ("approved", "reviewed", "draft")
"""The states of questions that a plan counts, as there or as waiting."""


@dataclass(frozen=True)
class Planned:
    """A row with what there is for it. `short`: how many are missing; `waiting`: how many fewer would be, were all
    approved that are written."""

    row: Row
    need: int
    have: int
    waiting: int

    @property
    def short(self) -> int:
        return max(0, self.need - self.have)


@dataclass(frozen=True)
class Sheet:
    """`ready` and `waiting`: questions by cell. `rows`: the plan. `writers`: names by number."""

    papers: int
    rows: list[Planned]
    ready: Counter[Cell] = field(default_factory=Counter)
    waiting: Counter[Cell] = field(default_factory=Counter)
    writers: Mapping[int, str] = field(default_factory=dict)

    @property
    def short(self) -> int:
        return sum(one.short for one in self.rows)

    def by(self, *places: int, waiting: bool = False) -> Counter[Any]:
        """Questions counted by some of topic 0, difficulty 1, type 2, writer 3."""
        found: Counter[Any] = Counter()
        for cell, count in (self.waiting if waiting else self.ready).items():
            found[cell[places[0]] if len(places) == 1 else tuple(cell[one] for one in places)] += count
        return found


@reading
def sheet(db: Session, bank_id: int, day: date | None = None) -> Sheet:
    """The plan of a bank beside its questions that can be asked on `day` (today)."""
    plan = json.loads(db.scalar(select(Bank.plan).where(Bank.id == bank_id)) or "{}")
    rows = [replace(row, writer=_kept(db, row.writer)) for row in (Row(**one) for one in plan.get("rows", []))]
    day = day or today()
    here = Question.bank_id == bank_id, or_(Question.valid_to.is_(None), Question.valid_to >= day)
    found = select(Question.topic, real_difficulty().label("hard"), Question.type, Question.author_id, Question.state)
    columns: Any = found.where(*here, Question.state.in_(USABLE)).subquery().c
    counted: Any = select(*columns, func.count()).group_by(*columns)
    ready, waiting = Counter[Cell](), Counter[Cell]()
    for topic, difficulty, kind, author, state, count in db.execute(counted):
        (ready if state == "approved" else waiting)[topic, difficulty, kind, author or 0] += count
    related = [
        (name, (topic, difficulty, kind, author or 0), state == "approved")
        for topic, difficulty, kind, author, state, body in db.execute(
            found.add_columns(Question.body).where(
                *here, Question.state.in_(USABLE), Question.body.contains("siblings")
            )
        )
        if (name := json.loads(body).get("siblings"))
    ]
    numbers = {cell[3] for cell in ready | waiting} | {row.writer for row in rows}
    named = select(Member.id, Member.name).where(Member.id.in_(numbers - {0}))
    names = {number: name or "" for number, name in db.execute(named)}
    papers = plan.get("papers", 1)
    return Sheet(papers, fill(rows, papers, ready, waiting, related), ready, waiting, names)


def _kept(db: Session, writer: int) -> int:
    """The member a writer of the plan is today: after a merge the one that was kept."""
    return db.scalar(select(Member.merged_into).where(Member.id == writer)) or writer


def fill(
    rows: Sequence[Row],
    papers: int,
    ready: Mapping[Cell, int],
    waiting: Mapping[Cell, int],
    related: Sequence[Related] = (),
) -> list[Planned]:
    """Counts the questions available for each row. No question counts twice, and of siblings a paper has one; where
    not all rows can be filled, the narrowest ones are."""
    order = sorted(range(len(rows)), key=lambda one: -_narrow(rows[one]))
    needs = [rows[place].count * papers for place in order]
    now = _kinds(ready, [(name, cell) for name, cell, approved in related if approved], papers)
    then = _kinds(Counter(ready) + Counter(waiting), [(name, cell) for name, cell, _ in related], papers)
    have, later = (_dealt([rows[place] for place in order], needs, one) for one in (now, then))
    found = {
        place: Planned(rows[place], need, here, max(0, there - here))
        for place, need, here, there in zip(order, needs, have, later, strict=True)
    }
    return [found[place] for place in range(len(rows))]


def _kinds(cells: Mapping[Cell, int], related: Sequence[tuple[str, Cell]], papers: int) -> Counter[Kind]:
    """The questions as they are dealt: each by its cell, siblings together, at most one for a paper."""
    kinds: Counter[Kind] = Counter({("", (cell,)): count for cell, count in cells.items()})
    groups: dict[str, list[Cell]] = {}
    for name, cell in related:
        kinds["", (cell,)] -= 1
        groups.setdefault(name, []).append(cell)
    for name, members in groups.items():
        kinds[name, tuple(sorted(set(members)))] = min(papers, len(members))
    return +kinds


def _dealt(rows: Sequence[Row], needs: Sequence[int], kinds: Mapping[Kind, int]) -> list[int]:
    return deal([[one for one in sorted(kinds) if any(map(row.fits, one[1]))] for row in rows], needs, kinds)


def _narrow(row: Row) -> int:
    return sum(bool(one) for one in (row.topic, row.difficulty, row.type, row.writer))


@writing
def set_plan(db: Session, actor_id: int, bank_id: int, papers: int, rows: Sequence[Row]) -> None:
    """Keep a plan. Rejected("plan_bounds") beyond 30 rows, 500 of a row or 50 papers."""
    may_write(db, actor_id, own_path(db, bank_id))
    kept = [one for one in rows if one.count]
    in_bounds = all(0 < one.count <= MOST_COUNT and 0 <= one.difficulty <= 5 for one in kept)
    if len(kept) > MOST_ROWS or not 1 <= papers <= MOST_PAPERS or not in_bounds:
        raise Rejected("plan_bounds", field="papers")
    plan = {"papers": papers, "rows": [vars(one) for one in kept]}
    db.get_one(Bank, bank_id).plan = json.dumps(plan, ensure_ascii=False)
