"""A taught person of an older database is known again however the name is spelled later."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from quizzes.movement.odd import same_key
from tests.app.models.test_schema import empty  # noqa: F401  the fixture
from tests.migrations.test_of_a_child_nothing_more import teaching


def test_the_keys_of_people_are_made_as_they_are_made_now(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "3f8d61c0a9b4")
        for statement in (
            "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
            " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1)",
            "INSERT INTO campaign (id, public_id, chapter_id, title, services, app_name, app_site, starts_at, ends_at,"
            " made_at) VALUES (1, 'c', 1, 'C', 'vneid2', '', '', 1, 9, 1)",
            "INSERT INTO consent_text (digest, purpose, lang, words, first_at) VALUES ('d', 'taught', 'vi', 'x', 1)",
        ):
            connection.execute(text(statement))
        for number, key in ((1, "le thi-man.|1956"), (2, "mau|2")):
            teaching(connection, number, False)
            connection.execute(
                text(
                    "INSERT INTO taught (teaching_id, name, birth_year, same_key, agreed_at, channel, text_digest)"
                    " VALUES (:n, 'Lê Thị-Mận.', 1956, :key, 8, 'self', 'd')"
                ),
                {"n": number, "key": key},
            )
    schema.upgrade(empty)  # type: ignore[arg-type]
    with empty.begin() as connection:  # type: ignore[attr-defined]
        keys = connection.execute(text("SELECT same_key FROM taught ORDER BY teaching_id")).scalars().all()
    assert keys == [same_key("Lê Thị-Mận.", 1956), "mau|2"] == ["lethiman|1956", "mau|2"]
