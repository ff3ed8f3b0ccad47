"""Own scripts; what a show is played for; shows taken off the lists. Every show so far counted for points."""

import sqlalchemy as sa
from alembic import op

revision = "e13a7c0de101"
down_revision = "df95e831cb9b"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("show", sa.Column("stakes", sa.String(12), nullable=False, server_default="points"))
    op.add_column("show", sa.Column("removed_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "own_script",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_script"),
        sa.UniqueConstraint("public_id", name="uq_own_script_public_id"),
    )
    op.create_index("ix_own_script_member_id", "own_script", ["member_id"])
