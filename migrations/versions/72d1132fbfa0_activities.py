"""Activities: plan, documents, attendance; undertakings with an owner, a target and proofs."""

import sqlalchemy as sa
from alembic import op

revision = "72d1132fbfa0"
down_revision = "7c1e5a90d3b4"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("place", sa.String(160), server_default=sa.text("''"), nullable=False),
        sa.Column("plan", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("minutes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("quiz", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_activity_chapter_id_chapter"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sa.UniqueConstraint("public_id", name="uq_activity_public_id"),
    )
    op.create_index("ix_activity_chapter", "activity", ["chapter_id", "starts_at"])
    op.create_index("ix_activity_ends", "activity", ["ends_at"])
    op.create_index("ix_activity_made_by", "activity", ["made_by"])

    op.create_table(
        "activity_document",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("activity_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_activity_document_activity_id_activity"),
        sa.PrimaryKeyConstraint("id", name="pk_activity_document"),
    )
    op.create_index("ix_activity_document_activity_id", "activity_document", ["activity_id"])
    op.create_index("ix_activity_document_made_by", "activity_document", ["made_by"])

    op.create_table(
        "activity_part",
        sa.Column("activity_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("part", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_activity_part_activity_id_activity"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_activity_part_member_id_member"),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_activity_part"),
    )
    op.create_index("ix_activity_part_member_id", "activity_part", ["member_id"])

    op.create_table(
        "attendance",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("activity_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("device", sa.String(64), nullable=True),
        sa.Column("key", sa.String(40), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_attendance_activity_id_activity"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_attendance_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.UniqueConstraint("activity_id", "device", name="uq_attendance_activity_id_device"),
        sa.UniqueConstraint("activity_id", "member_id", name="uq_attendance_activity_id_member_id"),
        sa.UniqueConstraint("key", name="uq_attendance_key"),
    )
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"])

    op.create_table(
        "undertaking",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("partner", sa.String(160), server_default=sa.text("''"), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("target", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=True),
        sa.Column("reached", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_undertaking_chapter_id_chapter"),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name="fk_undertaking_owner_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_undertaking"),
        sa.UniqueConstraint("public_id", name="uq_undertaking_public_id"),
    )
    op.create_index("ix_undertaking_chapter_id", "undertaking", ["chapter_id"])
    op.create_index("ix_undertaking_made_by", "undertaking", ["made_by"])
    op.create_index("ix_undertaking_owner_id", "undertaking", ["owner_id"])
