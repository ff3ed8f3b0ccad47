"""Standings of chapters: their rules, the live snapshot and the frozen ones."""

import sqlalchemy as sa
from alembic import op

revision = "7c1e5a90d3b4"
down_revision = "c1a9e4d70b35"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(12).with_variant(sa.String(12, collation="C"), "postgresql"), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("campaign_id", NUMBER, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_standing"),
        sa.UniqueConstraint("public_id", name="uq_standing_public_id"),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_standing_chapter_id_chapter"),
    )
    op.create_index("ix_standing_chapter_id", "standing", ["chapter_id"])
    op.create_index("ix_standing_due", "standing", ["due_at"])
    op.create_table(
        "standing_snapshot",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("standing_id", NUMBER, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("before_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("signature", sa.String(128), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.Column("frozen_by", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_standing_snapshot"),
        sa.UniqueConstraint("standing_id", "no", name="uq_standing_snapshot"),
        sa.ForeignKeyConstraint(["standing_id"], ["standing.id"], name="fk_standing_snapshot_standing_id_standing"),
    )
