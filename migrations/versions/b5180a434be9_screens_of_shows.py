"""Screens of shows by name, and scripts shared with a chapter."""

import sqlalchemy as sa
from alembic import op

revision = "b5180a434be9"
down_revision = "e1b25a8787c1"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "show_screen",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("show_id", NUMBER, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("view", sa.String(12), nullable=False),
        sa.Column("reload", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(64), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["show_id"], ["show.id"], name="fk_show_screen_show_id_show"),
        sa.PrimaryKeyConstraint("id", name="pk_show_screen"),
        sa.UniqueConstraint("show_id", "key", name="uq_show_screen_show_id_key"),
    )
    op.add_column("own_script", sa.Column("shared_chapter_id", NUMBER, nullable=True))
    op.create_index("ix_own_script_shared_chapter_id", "own_script", ["shared_chapter_id"])
