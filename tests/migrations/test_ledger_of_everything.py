"""An old ledger goes through the migration as it is: same numbers, same bytes, same guards, same balances."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models import schema
from app.models.engines import database
from app.services import points
from quizzes import ledger
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

AT = 1_790_000_000_000_000


def test_an_old_ledger_is_carried_over(empty: object) -> None:  # noqa: F811
    engine = empty
    with engine.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "c74e378aaa07")
        before = fill(connection)
    with engine.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "head")
        rows = connection.execute(
            text("SELECT id, source_id, owner_kind, owner_id, half_points, chain FROM entry ORDER BY id")
        )
        assert [tuple(row) for row in rows] == [(no, no, "member", 7, 10 * no, chain) for no, chain in before]
    with pytest.raises(DBAPIError), engine.begin() as connection:  # type: ignore[attr-defined]
        connection.execute(text("UPDATE entry SET half_points = 1"))
    database.bind(engine.url.render_as_string(hide_password=False))  # type: ignore[attr-defined]
    try:
        assert points.verify() == []
        assert points.balance(7, points.season_of(AT)) == 30.0
    finally:
        database.dispose()


def fill(connection: object) -> list[tuple[int, str]]:
    """Three entries and their balances, as the first version wrote them."""
    head, told = ledger.GENESIS, []
    for no in (1, 2, 3):
        entry = ledger.Entry(no, "show", no, "member", 7, 1, 10 * no, 4, AT + no, link_version=1)
        head = ledger.link(head, entry)
        told.append((no, head))
        connection.execute(
            text(  # type: ignore[attr-defined]
                "INSERT INTO entry (id, source_kind, source_id, member_id, revision, chapter_id, half_points, at, chain)"
                f" VALUES ({no}, 'show', {no}, 7, 1, 4, {10 * no}, {AT + no}, '{head}')"
            )
        )
    year = points.season_of(AT)
    connection.execute(text(f"INSERT INTO member_balance (member_id, season, half_points) VALUES (7, {year}, 60)"))  # type: ignore[attr-defined]
    connection.execute(
        text(  # type: ignore[attr-defined]
            f"INSERT INTO chapter_balance (chapter_id, season, half_points, members) VALUES (4, {year}, 60, 1)"
        )
    )
    return told
