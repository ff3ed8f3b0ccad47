"""Traces an older database kept of a child without a guardian's yes are gone after the upgrade, and cannot come back."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

KEPT = "kind, services, slot, browser, address_digest, taught_member_id"


def teaching(connection: Connection, number: int, child: bool) -> None:
    """A relative who was taught, in the place, with the traces of a browser."""
    connection.execute(
        text(
            "INSERT INTO teaching (id, public_id, campaign_id, member_id, chapter_id, kind, services, way, state, slot,"
            " child, made_at, code_ends_at, browser, address_digest, taught_member_id, confirmed_at, used_what, witness,"
            " use_witness, took_over, signs, review) VALUES (:n, :name, 1, 1, 1, 'relative', 'vneid2', 'own', 'confirmed',"
            " :name, :child, 5, 6, 'b', 'a', 9, 7, '', '', '', 0, '', '')"
        ),
        {"n": number, "name": f"t{number}", "child": child},
    )


def test_what_was_kept_of_a_child_without_a_guardian_is_emptied(empty: object) -> None:  # noqa: F811
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
        for number, child in ((1, True), (2, True), (3, False)):
            teaching(connection, number, child)
        connection.execute(
            text(
                "INSERT INTO taught (teaching_id, name, birth_year, same_key, agreed_at, channel, text_digest, guardian)"
                " VALUES (2, 'Bé Sóc', 2018, 's', 8, 'guardian', 'd', 'g')"
            )
        )
    schema.upgrade(empty)  # type: ignore[arg-type]
    with empty.begin() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(text(f"SELECT {KEPT} FROM teaching ORDER BY id")).all()
        whole = ("relative", "vneid2", "b", "a", 9)
        assert tuple(rows[0]) == ("other", "", None, None, None, None)
        assert [(one[0], one[1], one[3], one[4], one[5]) for one in rows[1:]] == [whole, whole]
    with pytest.raises(IntegrityError), empty.begin() as connection:  # type: ignore[attr-defined]
        connection.execute(text("UPDATE teaching SET services = 'vneid2' WHERE id = 1"))
