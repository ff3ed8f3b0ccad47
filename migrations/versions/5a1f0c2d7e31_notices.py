"""Notices: what people are told about their accounts."""

import sqlalchemy as sa
from alembic import op

revision = "5a1f0c2d7e31"
down_revision = "3f1c7a90d2b4"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("member.id", name="fk_notice_member_id_member"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("by_id", NUMBER, sa.ForeignKey("member.id", name="fk_notice_by_id_member"), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_member", "notice", ["member_id", "seen_at"])
