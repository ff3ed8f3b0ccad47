"""Indexes of the entries that corrected an earlier one: two public pages read the whole ledger to find them."""

import sqlalchemy as sa
from alembic import op

revision = "402572e5097c"
down_revision = "3f7a1c0de924"
branch_labels = None
depends_on = None


def upgrade() -> None:
    corrects = sa.text("revision > 1")
    some = {"sqlite_where": corrects, "postgresql_where": corrects}
    op.create_index("ix_entry_corrected", "entry", ["id"], **some)
    op.create_index("ix_entry_corrected_by_rules", "entry", ["campaign_id", "rules_version"], **some)
