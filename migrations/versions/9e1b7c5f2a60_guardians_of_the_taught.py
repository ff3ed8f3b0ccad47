"""A child's guardian agrees in a browser of their own; an invented campaign is known as one.

Invented campaigns of before are those of the invented province.
"""

import sqlalchemy as sa
from alembic import op

revision = "9e1b7c5f2a60"
down_revision = "2e7c4a01bd68"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("taught", sa.Column("guardian", sa.String(64), nullable=True))
    op.add_column("campaign", sa.Column("invented", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE campaign SET invented = true WHERE chapter_id IN (SELECT id FROM chapter WHERE code = 'MAU-12')")
