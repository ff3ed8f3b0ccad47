"""Which versions have used this database; how far a restored show's screens are ahead of its journal."""

import sqlalchemy as sa
from alembic import op

revision = "4f1f661a1e1f"
down_revision = "4b1f0e7a2c90"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program_version",
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_program_version")),
    )
    op.add_column("show", sa.Column("ahead", sa.BigInteger(), server_default="0", nullable=False))
