"""Deeds of an older database are summed by day and by week when it is brought up."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

DEED = (
    "INSERT INTO deed (member_id, client_id, chapter_id, kind, step, count, day, at, state)"
    " VALUES (7, '{name}', {chapter}, 'payment', 'done', {count}, '{day}', 1, '{state}')"
)


def test_days_and_weeks_are_added_up_from_the_deeds_that_are_there(empty: object) -> None:  # noqa: F811
    days = (
        (1, "2026-11-22", 1, "good"),
        (1, "2026-11-23", 2, "good"),
        (1, "2026-11-29", 4, "good"),
        (1, "2026-11-29", 8, "waiting"),
        (2, "2026-11-23", 16, "good"),
    )
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "2b7d9e41f0c6")
        connection.execute(
            text(
                "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
                " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1), (2, 'B', 'tinh', '/2/', 'B', 'b', 'b', 1)"
            )
        )
        for number, (chapter, day, count, state) in enumerate(days):
            deed = DEED.format(name=f"phone-{number:06}", chapter=chapter, day=day, count=count, state=state)
            connection.execute(text(deed))
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "head")
        rows = connection.execute(
            text("SELECT days, first, count FROM deed_span WHERE chapter_id = 1 ORDER BY days, first")
        )
        assert [(days, str(first), count) for days, first, count in rows] == [
            (1, "2026-11-22", 1),
            (1, "2026-11-23", 2),
            (1, "2026-11-29", 4),
            (7, "2026-11-16", 1),
            (7, "2026-11-23", 6),
        ]
        whole = connection.execute(text("SELECT days, first, count FROM deed_whole ORDER BY days, first"))
        assert [(days, str(first), count) for days, first, count in whole] == [
            (1, "2026-11-22", 1),
            (1, "2026-11-23", 2 + 16),
            (1, "2026-11-29", 4),
            (7, "2026-11-16", 1),
            (7, "2026-11-23", 6 + 16),
        ]
