"""An undertaking names the points its owner has once it is done. Those that stand bring none and are not looked at."""

import sqlalchemy as sa
from alembic import op

revision = "3f8d61c0a9b4"
down_revision = "9c41d7e0b835"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("undertaking", sa.Column("points", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("undertaking", sa.Column("posted_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE undertaking SET posted_at = made_at")
