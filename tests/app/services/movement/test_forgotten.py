"""After a taught person has said no again, neither a table nor a file of the database names or describes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.engines import Database
from app.services.commit import reading
from app.services.movement import checking, confirming, daily
from app.services.movement.clock import now
from app.services.points import checkpoints
from quizzes.movement.odd import same_key
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN

NAME, YEAR, PHONE = "Đặng Quỳnh Ngải", 1947, "0987654321"


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


@reading
def rows(db: Session) -> str:
    """Every row of every table, as text."""
    tables = Base.metadata.sorted_tables
    return "\n".join(f"{table}: {tuple(row)}" for table in tables for row in db.execute(select(table)))


def test_no_row_and_no_file_tells_of_who_was_forgotten(bound: Database, org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, phone = way.show(org.members[AN], campaign), way.phone()
    way.open_(public_id, phone)
    way.confirm(public_id, phone, NAME, YEAR)
    way.later(8 * DAY)
    way.use(public_id, phone)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    confirming.leave_number(public_id, phone, PHONE)
    traces = (NAME, same_key(NAME, YEAR), PHONE, phone.token)
    before = rows()
    assert all(trace in before for trace in traces)
    confirming.withdraw(public_id, phone)
    after = rows()
    assert [trace for trace in traces if trace in after] == []
    daily.minutely()
    if bound.is_sqlite:
        whole = Path(str(bound.engine.url.database))
        files = [one for one in whole.parent.iterdir() if one.name.startswith(whole.name)]
        assert [(one.name, trace) for one in files for trace in traces if trace.encode() in one.read_bytes()] == []
