"""An address of an account is good for a new password only once a letter to it was answered. None was before."""

import sqlalchemy as sa
from alembic import op

revision = "2e7c4a01bd68"
down_revision = "1d6b3f90ac57"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("email_confirmed_at", sa.BigInteger(), nullable=True))
