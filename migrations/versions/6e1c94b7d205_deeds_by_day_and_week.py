"""Verified deeds are summed by day and by week beside them, so a target reads spans instead of deeds."""

import sqlalchemy as sa
from alembic import op

revision = "6e1c94b7d205"
down_revision = "2b7d9e41f0c6"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MONDAY = {"sqlite": "date(day, 'weekday 0', '-6 days')", "postgresql": "CAST(date_trunc('week', day) AS date)"}
SUMMED = """
INSERT INTO deed_span (chapter_id, kind, step, days, first, count)
SELECT chapter_id, kind, step, {days}, {first}, sum(count) FROM deed
WHERE state = 'good' GROUP BY chapter_id, kind, step, {first}
"""


def upgrade() -> None:
    def word(length: int) -> sa.String:
        return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")

    op.create_table(
        "deed_span",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapter.id", name="fk_deed_span_chapter_id_chapter"),
                  primary_key=True, autoincrement=False),
        sa.Column("kind", word(24), primary_key=True),
        sa.Column("step", word(8), primary_key=True),
        sa.Column("days", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("first", sa.Date(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    monday = MONDAY[op.get_bind().dialect.name]
    for days, first in ((1, "day"), (7, monday)):
        op.execute(SUMMED.format(days=days, first=first))
    for name, table, columns in (
        ("ix_deed_chapter", "deed", ["chapter_id", "state"]),
        ("ix_declaration_what", "declaration", ["what", "member_id", "at"]),
    ):
        op.drop_index(name, table)
        op.create_index(name, table, columns)
