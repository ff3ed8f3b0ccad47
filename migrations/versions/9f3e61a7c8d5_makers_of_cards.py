"""A card ends with the power of the organiser who made it; of those that stand nobody knows the maker."""

import sqlalchemy as sa
from alembic import op

revision = "9f3e61a7c8d5"
down_revision = "5c0d9b7e2f14"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("witness_card", "deed_card"):
        op.add_column(table, sa.Column("made_by", NUMBER, nullable=True))
