"""Names of the giver and of the chapter above it stay as they are on the document when a chapter is renamed."""

import sqlalchemy as sa
from alembic import op

revision = "4c9a7be12d85"
down_revision = "6c19e0b7d2f4"
branch_labels = None
depends_on = None

NAMED = """
UPDATE award_batch SET
    giver = (SELECT name FROM chapter WHERE chapter.id = award_batch.chapter_id),
    above = coalesce((SELECT above.name FROM chapter JOIN chapter AS above ON above.id = chapter.parent_id
                      WHERE chapter.id = award_batch.chapter_id), '')
WHERE state = 'accepted'
"""


def upgrade() -> None:
    for name in ("giver", "above"):
        op.add_column("award_batch", sa.Column(name, sa.String(200), nullable=False, server_default=sa.text("''")))
    op.execute(NAMED)
