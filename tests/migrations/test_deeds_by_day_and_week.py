"""Deeds of an older database are summed by day and by week when it is brought up."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

DEED = (
    "INSERT INTO deed (member_id, client_id, chapter_id, kind, step, count, day, at, state)"
    " VALUES (7, '{name}', 1, 'payment', 'done', {count}, '{day}', 1, '{state}')"
)


def test_days_and_weeks_are_added_up_from_the_deeds_that_are_there(empty: object) -> None:  # noqa: F811
    days = (
        ("2026-11-22", 1, "good"),
        ("2026-11-23", 2, "good"),
        ("2026-11-29", 4, "good"),
        ("2026-11-29", 8, "waiting"),
    )
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "2b7d9e41f0c6")
        connection.execute(
            text(
                "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
                " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1)"
            )
        )
        for number, (day, count, state) in enumerate(days):
            connection.execute(text(DEED.format(name=f"phone-{number:06}", day=day, count=count, state=state)))
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "head")
        rows = connection.execute(text("SELECT days, first, count FROM deed_span ORDER BY days, first"))
        assert [(days, str(first), count) for days, first, count in rows] == [
            (1, "2026-11-22", 1),
            (1, "2026-11-23", 2),
            (1, "2026-11-29", 4),
            (7, "2026-11-16", 1),
            (7, "2026-11-23", 6),
        ]
