"""A child's document bears the nickname unless the guardian has agreed to the name.

What was printed before bears the names it bears: of those documents `nickname` is false, so the page of a child's goes
on to show the public name in place of what stands on the paper.
"""

import sqlalchemy as sa
from alembic import op

revision = "e7a41c9d5b20"
down_revision = "9f3e61a7c8d5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("award", sa.Column("nickname", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("award_batch", sa.Column("guardians", sa.String(300), nullable=False, server_default=sa.text("''")))
