"""A target may count every kind of deed there is; its column had room for about ten."""

import sqlalchemy as sa
from alembic import op

revision = "d3b7f1a06c52"
down_revision = "8e2f60b9d41c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("target") as batch:
        batch.alter_column(
            "counts",
            existing_type=sa.String(200),
            type_=sa.String(4000),
            existing_nullable=False,
            existing_server_default=sa.text("''"),
        )
