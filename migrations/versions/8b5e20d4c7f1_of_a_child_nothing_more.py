"""Of a taught child whose guardian has not agreed nothing is kept but that it was taught, by whom, when.

Rows that hold more are emptied, and the table refuses such rows from now on. Until its guardian agrees a child stands
in no place of 1+2: what such a place earned is judged again by the hourly work, as "somebody else".
"""

import sqlalchemy as sa
from alembic import op

from migrations import rebuild

revision = "8b5e20d4c7f1"
down_revision = "3f8d61c0a9b4"
branch_labels = None
depends_on = None

ALLOWED = (
    "NOT child OR guarded OR (kind = 'other' AND services = '' AND slot IS NULL AND browser IS NULL AND "
    "address_digest IS NULL AND taught_member_id IS NULL AND used_at IS NULL AND used_what = '')"
)


def upgrade() -> None:
    op.add_column("teaching", sa.Column("guarded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE teaching SET guarded = true WHERE child AND id IN (SELECT teaching_id FROM taught)")
    op.execute(
        "UPDATE teaching SET kind = 'other', services = '', slot = NULL, browser = NULL, address_digest = NULL, "
        "taught_member_id = NULL, used_at = NULL, used_ok_at = NULL, used_what = '' WHERE child AND NOT guarded"
    )
    with rebuild.table("teaching") as batch:
        batch.create_check_constraint(op.f("ck_teaching_of_a_child"), ALLOWED)
