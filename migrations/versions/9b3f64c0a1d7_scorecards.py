"""Scorecards: criteria for chapters, their own scores with evidence, the verified ones."""

import sqlalchemy as sa
from alembic import op

revision = "9b3f64c0a1d7"
down_revision = "5e8d27b1f06a"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "scorecard",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(12).with_variant(sa.String(12, collation="C"), "postgresql"), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_scorecard"),
        sa.UniqueConstraint("public_id", name="uq_scorecard_public_id"),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_scorecard_chapter_id_chapter"),
    )
    op.create_index("ix_scorecard_chapter_id", "scorecard", ["chapter_id"])
    op.create_table(
        "scorecard_score",
        sa.Column("scorecard_id", NUMBER, nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.String(500), nullable=False),
        sa.Column("claimed_by", NUMBER, nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("verified", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("verified_by", NUMBER, nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("scorecard_id", "chapter_id", "place", name="pk_scorecard_score"),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name="fk_scorecard_score_scorecard_id_scorecard"),
    )
