"""Every tagged version's data comes to this version whole: a running show goes on, people stay signed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from app.models import schema
from app.models.base import Base
from app.models.engines import Database, database
from app.services import points
from app.services.contests import contests
from app.services.contests.taking import starting
from app.services.contests.taking.starting import Entry
from app.services.shows import results
from tests.app.models.test_schema import OURS
from tests.app.services.shows.playing import Play
from tests.conftest import forget_shows
from tests.contests import now
from tests.databases import emptied
from tests.people import BINH
from tests.versions import plant
from tests.versions.opening import VERSIONS, counted, put, rows_of, schema_of

TABLES = {"member_balance": "balance"}
"""Table of a former version -> the one that holds its rows now."""
RENAMED: dict[tuple[str, str], str] = {("entry", "member_id"): "owner_id", ("member_balance", "member_id"): "owner_id"}
"""(table, column) of a former version -> the column that holds its values now."""
GONE: set[tuple[str, str]] = {
    ("chapter_balance", "members"),
    ("consent_text", "first_at"),
    ("contest_publication", "published_by"),
    ("integrity_signal", "reviewed_by"),
    ("ledger_key", "since"),
    ("picture", "made_at"),
    ("points_adjustment", "decided_at"),
    ("points_adjustment", "decided_by"),
    ("points_adjustment", "owner_kind"),
    ("rules_version", "made_at"),
    ("rules_version", "made_by"),
    ("seat_claim", "at"),
    ("wave_move", "moved_by"),
}
"""Columns whose values are dropped on purpose."""
REVISIONS = {"0.1.0": "c74e378aaa07"}


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told(version: str, database_url: str) -> Iterator[dict[str, Any]]:
    """What a version said of its data, which is now the bound database's, not upgraded yet."""
    said = put(version, database_url)
    database.bind(database_url)
    forget_shows()
    yield said
    database.dispose()


def test_every_row_is_still_there(told: dict[str, Any]) -> None:
    before = rows_of(database.engine)
    assert schema.upgrade(database.engine) is False
    after = rows_of(database.engine)
    del before["alembic_version"]
    for table, rows in before.items():
        kept = [column for column in (rows[0] if rows else {}) if (table, column) not in GONE]
        named_now = [RENAMED.get((table, column), column) for column in kept]
        assert counted(rows, kept) == counted(after[TABLES.get(table, table)], named_now), table
    with database.engine.connect() as connection:
        assert list(compare_metadata(MigrationContext.configure(connection, opts=OURS), Base.metadata)) == []


def test_it_says_the_same_as_its_own_version(told: dict[str, Any]) -> None:
    schema.upgrade(database.engine)
    said = plant.said(told)
    assert said == {name: told[name] for name in said}


def test_its_show_goes_on_and_is_posted(told: dict[str, Any]) -> None:
    schema.upgrade(database.engine)
    play = Play.going_on(told["running"])
    play.answer(2)
    play.until("over")
    assert results.post_due() == 1
    assert sum(points.sums("show", play.show_id).values()) > 0
    assert points.verify() == []


def test_its_open_contest_takes_another_person(told: dict[str, Any]) -> None:
    schema.upgrade(database.engine)
    assert contests.frozen(told["contest"]).asked
    assert starting.start(Entry(told["contest"], told["members"][BINH], False, now(), agreed=True))


def test_the_step_of_a_version_makes_the_tables_it_had(version: str, told: dict[str, Any], database_url: str) -> None:
    had = schema_of(database.engine)
    database.dispose()
    fresh = Database()
    fresh.bind(emptied(database_url))
    with fresh.engine.begin() as connection:
        command.upgrade(schema.configuration(connection), REVISIONS[version])
    assert schema_of(fresh.engine) == had
    fresh.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_this_version_can_leave_its_own_files(bound: Database) -> None:
    told = plant.fill()
    assert told["ledger"] == told["differences"] == []
    assert told["phases"] == {"finished": "over", "running": "open"}
