"""Documents of an older database bear the names they were issued with; their pages go on to say a child's nickname."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from app.models import schema
from tests.app.models.test_schema import empty  # noqa: F401  the fixture

CHAPTER = (
    "INSERT INTO chapter (id, name, kind, path, code, search, sort_key, created_at)"
    " VALUES (1, 'A', 'tinh', '/1/', 'A', 'a', 'a', 1)"
)
BATCH = (
    "INSERT INTO award_batch (id, public_id, chapter_id, kind, title, design, wording, decision_no, signer, signer_title,"
    " place, source, reason, state, made_by, made_at, leased_until)"
    " VALUES (1, 'batch', 1, 'certificate', 'T', 'drum', 'W', '', '', '', '', '', 'R', 'accepted', 1, 1, 0)"
)
AWARD = (
    "INSERT INTO award (id, public_id, batch_id, place, name, chapter, prize, revoked_decision, revoked_reason)"
    " VALUES (1, 'award', 1, 1, 'Phạm Bé Na', '', '', '', '')"
)


def test_documents_of_before_are_not_called_by_nickname(empty: object) -> None:  # noqa: F811
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "9f3e61a7c8d5")
        for statement in (CHAPTER, BATCH, AWARD):
            connection.execute(text(statement))
    with empty.begin() as connection:  # type: ignore[attr-defined]
        command.upgrade(schema.configuration(connection), "head")
        (award,) = connection.execute(text("SELECT name, nickname FROM award"))
        (batch,) = connection.execute(text("SELECT title, guardians FROM award_batch"))
        assert (award[0], bool(award[1]), tuple(batch)) == ("Phạm Bé Na", False, ("T", ""))
