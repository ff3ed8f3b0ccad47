"""Guardians: what they said waits until somebody vouches for them.

Those of before this version agreed under the rules of then: their word stands, and nobody is named as having met them.
"""

import sqlalchemy as sa
from alembic import op

revision = "8c2e4a6b1d53"
down_revision = "5a1f0c2d7e31"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("guardian", sa.Column("child_name", sa.String(120), nullable=True))
    op.add_column("guardian", sa.Column("nickname", sa.String(40), nullable=True))
    op.add_column("guardian", sa.Column("agreed", sa.JSON(), nullable=True))
    op.add_column("guardian", sa.Column("guardian_id", NUMBER, nullable=True))
    op.add_column("guardian", sa.Column("met_by", NUMBER, nullable=True))
    op.add_column("guardian", sa.Column("met_at", sa.BigInteger(), nullable=True))
