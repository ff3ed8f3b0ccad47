"""The planted province is what the program itself would have written: chained, replayable, graded, and always the
same."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.engines import Database
from app.services import points
from app.services.commit import reading
from app.services.contests.contests import by_public_id, frozen
from app.services.contests.results import grading, standings
from app.services.contests.results.stored_attempts import Attempts, rulings
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.tree import Draft, add_chapter
from app.services.province.contests import OVER
from app.services.province.plan import Plan, plant
from app.services.shows import results, shows
from quizzes import show as rules
from quizzes.contest.results.grading import marks
from quizzes.refusals import Rejected

NOON = 1_764_400_000_000_000
SMALL = Plan(part=500)


def test_it_holds_what_was_asked_for_and_everything_of_it_can_be_recomputed(bound: Database) -> None:
    told: list[str] = []
    done = plant(SMALL, NOON, lambda what, rows: told.append(what))
    assert list(done) == told
    assert {name: done[name] for name in ("chapters", "members", "entries", "shows", "tries")} == {
        "chapters": 10,
        "members": 200,
        "entries": 2000,
        "shows": 1,
        "tries": 200,
    }
    assert points.verify() == []
    state, problems = results.replay(results.record(1))
    assert (problems, state.phase, len(rules.results(state))) == ([], "over", 40)
    assert results.post_due() == 0, "its points stand in the ledger already"
    assert points.sums("show", 1)
    shows.forget(1)
    contest = by_public_id(OVER)
    assert grading.grade_contest(contest.id, NOON) == 0, "every try is graded already"
    board = standings.board(contest.id, 0, top=1000)
    found, lines = frozen(contest.id), {one.member: one for one in board.lines}
    for one in Attempts(contest.id, [0], years=False):
        again = marks(one, found.paper, rulings(contest.id), found.rules.marking)
        assert (again.score, again.correct) == (lines[one.member].score, lines[one.member].correct)
    add_chapter(None, 1, Draft("Đoàn phường Mới", "xa_phuong", "MOI"))  # numbers go on behind those planted


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_same_plan_gives_the_same_rows(bound: Database, database_url: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    plant(SMALL, NOON)
    first = digest()
    other = tmp_path / "other.db"
    from tests.databases import make_schema

    make_schema(f"sqlite:///{other}")
    bound.bind(f"sqlite:///{other}")
    plant(replace(SMALL), NOON)
    assert digest() == first


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_instance_that_has_somebody_in_it_is_left_alone(bound: Database) -> None:
    add_member(None, add_chapter(None, None, Draft("Tỉnh đoàn Thử", "tinh", "T")), Person("Nguyễn Thị An", 2004))
    with pytest.raises(Rejected, match="not_empty"):
        plant(SMALL, NOON)


NOW = {"updated_at", "opened_at", "created_at", "first_at"}
"""Columns that tell when the planting itself happened."""


@reading
def digest(db: Session) -> dict[str, str]:
    """Of every row of every table."""
    found: dict[str, str] = {}
    for table in (one for one in Base.metadata.sorted_tables if one.name != "program_version"):
        names = [column.name for column in table.columns if column.name not in NOW or table.name == "attempt"]
        if table.name == "audit":
            names.remove("at")
        rows = db.execute(text(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY 1, 2"))
        found[table.name] = hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()
    return found
