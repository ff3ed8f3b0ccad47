"""Two members who are one person are kept as one, and can be taken apart again."""

import sqlalchemy as sa
from alembic import op

revision = "1d6b3f90ac57"
down_revision = "e13a7c0de101"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("member", sa.Column("merged_into", NUMBER, nullable=True))
    op.create_index("ix_member_merged", "member", ["merged_into"])
    op.drop_index("ix_member_path", "member")
    op.create_index("ix_member_path", "member", ["path", "left_at", "confirmed_at"])
    op.create_table(
        "member_merge",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("kept_id", NUMBER, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("gone_id", NUMBER, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_by", NUMBER, nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_member_merge_kept_id", "member_merge", ["kept_id"])
    op.create_index("ix_member_merge_gone_id", "member_merge", ["gone_id"])
