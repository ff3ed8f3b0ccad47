"""Undertakings of an older database bring no points and are not looked at by the clock when it is brought up."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture


def test_what_was_done_before_there_were_points_brings_none(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "9c41d7e0b835")
        connection.execute(
            text(
                "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
                " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO undertaking (public_id, chapter_id, kind, title, state, made_at)"
                " VALUES ('work', 1, 'work', 'Nhà văn hóa số', 'done', 5)"
            )
        )
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "head")
        rows = connection.execute(text("SELECT title, state, points, posted_at FROM undertaking"))
        assert [tuple(row) for row in rows] == [("Nhà văn hóa số", "done", 0, 5)]
