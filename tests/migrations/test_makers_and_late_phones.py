"""An older database keeps its cards and its connections when makers, and phones without the question, come to be kept."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

ROWS = (
    "INSERT INTO presence (show_id, worker, seats) VALUES (7, 'một', '[1, 2]')",
    "INSERT INTO deed_card (chapter_id, label, ends_at) VALUES (1, 'Nhà văn hóa', 5)",
)


def test_rows_that_stand_say_nothing_new(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "d3b7f1a06c52")
        for statement in ROWS:
            connection.execute(text(statement))
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "9f3e61a7c8d5")
        presence = connection.execute(text("SELECT show_id, worker, seats, late FROM presence"))
        assert [tuple(row) for row in presence] == [(7, "một", "[1, 2]", None)]
        cards = connection.execute(text("SELECT label, ends_at, revoked_at, made_by FROM deed_card"))
        assert [tuple(row) for row in cards] == [("Nhà văn hóa", 5, None, None)]
