"""Broadcasts of chapters: text and a recording."""

import sqlalchemy as sa
from alembic import op

revision = "c57cb236eff6"
down_revision = "4a2442f6cc38"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_broadcast_chapter_id_chapter"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
        sa.UniqueConstraint("public_id", name="uq_broadcast_public_id"),
    )
    op.create_index("ix_broadcast_chapter_id", "broadcast", ["chapter_id"])
    op.create_index("ix_broadcast_made_by", "broadcast", ["made_by"])
