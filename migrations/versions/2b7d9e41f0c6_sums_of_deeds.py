"""What the deeds of a chapter come to is kept beside them; an index holds all that a target asks of them."""

import sqlalchemy as sa
from alembic import op

revision = "2b7d9e41f0c6"
down_revision = "8c15d0be7a42"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTED = """
INSERT INTO deed_sum (chapter_id, kind, step, state, count)
SELECT chapter_id, kind, step, state, sum(count) FROM deed
WHERE state IN ('good', 'waiting') GROUP BY chapter_id, kind, step, state
"""


def upgrade() -> None:
    def word(length: int) -> sa.String:
        return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")

    op.create_table(
        "deed_sum",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapter.id", name="fk_deed_sum_chapter_id_chapter"),
                  primary_key=True, autoincrement=False),
        sa.Column("kind", word(24), primary_key=True),
        sa.Column("step", word(8), primary_key=True),
        sa.Column("state", word(8), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    op.execute(COUNTED)
    op.drop_index("ix_deed_chapter", "deed")
    op.create_index("ix_deed_chapter", "deed", ["chapter_id", "state", "kind", "step", "day", "count"])
