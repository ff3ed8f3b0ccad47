"""An older database keeps its rows when the columns go that nobody reads."""

from __future__ import annotations

from alembic import command
from sqlalchemy import inspect, text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

ADJUSTED = """
INSERT INTO points_adjustment (owner_kind, owner_id, chapter_id, half_points, reason, salt, state, proposed_by,
  proposed_at, decided_by, decided_at) VALUES ('member', 7, 1, 20, 'Dạy lớp', 'salt', 'accepted', 2, 5, 3, 6)
"""
RULED = "INSERT INTO rules_version (campaign_id, no, since, rules, made_by, made_at) VALUES (0, 1, 5, '{}', 2, 5)"


def test_rows_stay_when_columns_go(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "8b5e20d4c7f1")
        for statement in (ADJUSTED, RULED):
            connection.execute(text(statement))
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "52c8e90f7a1d")
        rows = connection.execute(text("SELECT owner_id, half_points, reason, state FROM points_adjustment"))
        assert [tuple(row) for row in rows] == [(7, 20, "Dạy lớp", "accepted")]
        assert tuple(connection.execute(text("SELECT no, since, rules FROM rules_version")).one()) == (1, 5, "{}")
        columns = {column["name"] for column in inspect(connection).get_columns("rules_version")}
        assert columns == {"campaign_id", "no", "since", "rules"}
