"""How questions did in contests that are over. The program writes it when their figures are made."""

import sqlalchemy as sa
from alembic import op

revision = "8c15d0be7a42"
down_revision = "b5180a434be9"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_result",
        sa.Column("question_id", NUMBER,
                  sa.ForeignKey("question.id", name="fk_question_result_question_id_question", ondelete="CASCADE"),
                  primary_key=True, autoincrement=False),
        sa.Column("contest_id", NUMBER,
                  sa.ForeignKey("contest.id", name="fk_question_result_contest_id_contest"),
                  primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Integer(), nullable=False),
        sa.Column("slope", sa.Integer()),
        sa.Column("place", sa.Integer()),
    )
    op.create_index("ix_question_result_contest_id", "question_result", ["contest_id"])
