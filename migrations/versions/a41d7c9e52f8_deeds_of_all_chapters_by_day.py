"""Verified deeds of all chapters are summed by day and by week, so a province's chart reads no chapter's."""

import sqlalchemy as sa
from alembic import op

revision = "a41d7c9e52f8"
down_revision = "c5a0e8f13d97"
branch_labels = None
depends_on = None

SUMMED = """
INSERT INTO deed_whole (kind, step, days, first, count)
SELECT kind, step, days, first, sum(count) FROM deed_span GROUP BY kind, step, days, first
"""


def upgrade() -> None:
    def word(length: int) -> sa.String:
        return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")

    op.create_table(
        "deed_whole",
        sa.Column("kind", word(24), primary_key=True),
        sa.Column("step", word(8), primary_key=True),
        sa.Column("days", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("first", sa.Date(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    op.execute(SUMMED)
