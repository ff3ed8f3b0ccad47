"""Days that the administrators have decided: worked, or free."""

import sqlalchemy as sa
from alembic import op

revision = "c1a9e4d70b35"
down_revision = "b0a4d7e51c22"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_day"),
    )
