"""Versions of questions, which of them was approved, and what a bank asks of its reviewers and papers."""

import sqlalchemy as sa
from alembic import op

revision = "7d31b8f0c5a2"
down_revision = "6f0a2c91d4e7"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("bank", sa.Column("checklist", sa.Text(), server_default="[]", nullable=False))
    op.add_column("bank", sa.Column("plan", sa.Text(), server_default="{}", nullable=False))
    op.add_column("question", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("question", sa.Column("approved_version", sa.Integer(), nullable=True))
    op.add_column("question_review", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("question_review", sa.Column("checked", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "question_version",
        sa.Column("question_id", NUMBER,
                  sa.ForeignKey("question.id", name="fk_question_version_question_id_question", ondelete="CASCADE"),
                  primary_key=True, autoincrement=False),
        sa.Column("no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_question_version_author_id", "question_version", ["author_id"])
    op.execute("UPDATE question SET approved_version = 1 WHERE state = 'approved'")
    op.execute("INSERT INTO question_version (question_id, no, body, author_id, at) "
               "SELECT id, 1, body, author_id, updated_at FROM question "
               "WHERE bank_id IN (SELECT id FROM bank WHERE chapter_id IS NOT NULL)")
