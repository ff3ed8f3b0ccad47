"""A target of an older database keeps its shares and figures when its column gets room for all kinds of deeds."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

ALL = ",".join(f"kind-{number:02}.done" for number in range(60))


def test_a_target_keeps_what_hangs_on_it_and_counts_more_than_before(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "8e2f60b9d41c")
        connection.execute(
            text(
                "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
                " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO target (id, public_id, chapter_id, title, shape, goal, base, ways, counts, starts_on, ends_on)"
                " VALUES (5, 'shops', 1, 'Cửa hàng', 'count', 1000, '', 'deeds', 'shop.done', '2023-01-01', '2040-12-31')"
            )
        )
        connection.execute(text("INSERT INTO target_share (target_id, chapter_id, goal) VALUES (5, 1, 400)"))
    schema.upgrade(empty)  # type: ignore[arg-type]
    with empty.begin() as connection:  # type: ignore[attr-defined]
        row = connection.execute(text("SELECT title, counts, unit, baseline, document FROM target WHERE id = 5")).one()
        assert tuple(row) == ("Cửa hàng", "shop.done", "", 0, "")
        assert connection.execute(text("SELECT goal FROM target_share WHERE target_id = 5")).scalar() == 400
        connection.execute(text("UPDATE target SET counts = :all"), {"all": ALL})
        assert connection.execute(text("SELECT counts FROM target")).scalar() == ALL
