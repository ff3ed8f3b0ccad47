"""Awards: batches that two people decide, awards, their documents, letterheads of chapters."""

import sqlalchemy as sa
from alembic import op

revision = "5e8d27b1f06a"
down_revision = "5a6697503020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def code(length):
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "award_batch",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", code(12), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("design", sa.String(12), nullable=False),
        sa.Column("wording", sa.String(300), nullable=False),
        sa.Column("decision_no", sa.String(60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(120), nullable=False),
        sa.Column("signer_title", sa.String(120), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("made_by", NUMBER, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award_batch"),
        sa.UniqueConstraint("public_id", name="uq_award_batch_public_id"),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_award_batch_chapter_id_chapter"),
    )
    op.create_index("ix_award_batch_chapter_id", "award_batch", ["chapter_id"])
    op.create_index("ix_award_batch_made_by", "award_batch", ["made_by"])
    op.create_index("ix_award_batch_state", "award_batch", ["state", "leased_until"])
    op.create_table(
        "award",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", code(20), nullable=False),
        sa.Column("batch_id", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", NUMBER, nullable=True),
        sa.Column("chapter_id", NUMBER, nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("chapter", sa.String(200), nullable=False),
        sa.Column("prize", sa.String(120), nullable=False),
        sa.Column("giver_id", NUMBER, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", NUMBER, nullable=True),
        sa.Column("revoked_decision", sa.String(60), nullable=False),
        sa.Column("revoked_reason", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
        sa.UniqueConstraint("public_id", name="uq_award_public_id"),
        sa.UniqueConstraint("batch_id", "place", name="uq_award_place"),
        sa.UniqueConstraint("giver_id", "year", "serial", name="uq_award_serial"),
        sa.ForeignKeyConstraint(["batch_id"], ["award_batch.id"], name="fk_award_batch_id_award_batch"),
    )
    op.create_index("ix_award_member_id", "award", ["member_id"])
    op.create_index("ix_award_chapter_id", "award", ["chapter_id"])
    op.create_table(
        "award_file",
        sa.Column("award_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("digest", code(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("award_id", name="pk_award_file"),
        sa.UniqueConstraint("digest", name="uq_award_file_digest"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_award_file_award_id_award"),
    )
    op.create_table(
        "letterhead",
        sa.Column("chapter_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("signer", sa.String(120), nullable=False),
        sa.Column("signer_title", sa.String(120), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("changed_by", NUMBER, nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chapter_id", name="pk_letterhead"),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_letterhead_chapter_id_chapter"),
    )
