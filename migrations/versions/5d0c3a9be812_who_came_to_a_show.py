"""Who came to a show: seats that were here, that were kicked, and from where they were taken.

Every seat there is has been here, as far as anybody knows; who is kicked stands in the journals.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "5d0c3a9be812"
down_revision = "8c2e4a6b1d53"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat", sa.Column("connected_at", sa.BigInteger()))
    op.add_column("seat", sa.Column("kicked_at", sa.BigInteger()))
    op.add_column("seat", sa.Column("source", sa.String(16)))
    op.add_column("seat_claim", sa.Column("source", sa.String(16)))
    op.add_column("opening", sa.Column("held", sa.Integer()))
    op.execute("UPDATE seat SET connected_at = joined_at")
    kicked = sa.text("UPDATE seat SET kicked_at = :at WHERE show_id = :show AND number = :seat")
    told = sa.text(
        "SELECT show_id, at, name, data FROM journal WHERE name IN ('kicked', 'readmitted') ORDER BY show_id, seq")
    for show, at, name, data in op.get_bind().execute(told).all():
        seat = json.loads(data)["seat"]
        op.get_bind().execute(kicked, {"show": show, "seat": seat, "at": at if name == "kicked" else None})
