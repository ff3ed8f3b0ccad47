"""Each worker says which of its phones lack the question, so that the host's own worker can tell."""

import sqlalchemy as sa
from alembic import op

revision = "5c0d9b7e2f14"
down_revision = "d3b7f1a06c52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("presence", sa.Column("late", sa.Text(), nullable=True))
