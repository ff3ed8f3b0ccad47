"""Boards of chapters: announcements, polls, votes without names."""

import sqlalchemy as sa
from alembic import op

revision = "b0a4d7e51c22"
down_revision = "3a9d5e10c872"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_announcement"),
    )
    op.create_table(
        "board_poll",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_board_poll"),
        sa.UniqueConstraint("public_id", name="uq_board_poll_public_id"),
    )
    op.create_table(
        "vote",
        sa.Column("poll_id", NUMBER, nullable=False),
        sa.Column("voter", sa.String(64), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "voter", name="pk_vote"),
        sa.ForeignKeyConstraint(["poll_id"], ["board_poll.id"], name="fk_vote_poll_id_board_poll"),
    )
    for table in ("announcement", "board_poll"):
        op.create_index(f"ix_{table}_chapter_id", table, ["chapter_id"])
        op.create_index(f"ix_{table}_made_by", table, ["made_by"])
