"""Shows that halls without internet played come by signed parcels: whose are taken, and which came."""

import sqlalchemy as sa
from alembic import op

revision = "6c19e0b7d2f4"
down_revision = "6e1c94b7d205"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "hall",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("approved_by", NUMBER, nullable=True),
        sa.Column("approved_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_hall"),
    )
    op.create_index("ix_hall_chapter_id", "hall", ["chapter_id"])
    op.create_table(
        "origin",
        sa.Column("show_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("read_by", NUMBER, nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["show_id"], ["show.id"], name="fk_origin_show_id_show"),
        sa.PrimaryKeyConstraint("show_id", name="pk_origin"),
        sa.UniqueConstraint("fingerprint", "public_id", name="uq_origin_fingerprint_public_id"),
    )
