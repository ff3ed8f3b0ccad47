"""Spans of deeds are found by their day, too: a target asks what lies outside its dates."""

from alembic import op

revision = "c5a0e8f13d97"
down_revision = "3f8d61c0a9b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_deed_span_first", "deed_span", ["days", "first"])
