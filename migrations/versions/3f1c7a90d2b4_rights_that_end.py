"""What has ended, when staff links were used, which person acted."""

import sqlalchemy as sa
from alembic import op

revision = "3f1c7a90d2b4"
down_revision = "4f1f661a1e1f"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ended",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ended"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ended_at", "ended", ["at"])
    op.create_table(
        "staff_link",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("show_id", NUMBER, nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["show_id"], ["show.id"], name="fk_staff_link_show_id_show"),
        sa.PrimaryKeyConstraint("digest", name="pk_staff_link"),
    )
    op.add_column("journal", sa.Column("member_id", NUMBER, nullable=True))
