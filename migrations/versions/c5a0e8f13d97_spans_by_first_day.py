"""The first and the last day with a verified deed are found at once: a target asks whether any lies outside its dates."""

import sqlalchemy as sa
from alembic import op

revision = "c5a0e8f13d97"
down_revision = "52c8e90f7a1d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    a_day = sa.text("days + 0 = 1")
    op.create_index("ix_deed_span_first", "deed_span", ["first"], sqlite_where=a_day, postgresql_where=a_day)
