"""Paragraph of a decision."""

import sqlalchemy as sa
from alembic import op

revision = "2cd8acf7e832"
down_revision = "a7d3f90b1c24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    paragraph = sa.Column("paragraph", sa.String(length=20), server_default="", nullable=False)
    op.add_column("contest_decision", paragraph)
