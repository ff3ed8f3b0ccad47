"""Deeds, their verification and old figures; targets, what fills them, and declarations."""

import sqlalchemy as sa
from alembic import op

from migrations import rebuild

revision = "5a6697503020"
down_revision = "72d1132fbfa0"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "declaration",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "what", sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "what", name=op.f("pk_declaration")),
    )
    with rebuild.table("declaration", schema=None) as batch_op:
        batch_op.create_index("ix_declaration_what", ["what"], unique=False)

    op.create_table(
        "deed_card",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed_card")),
    )
    with rebuild.table("deed_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_card_chapter_id"), ["chapter_id"], unique=False)

    op.create_table(
        "deed_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("checkpoint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("drawn_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("drawn_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed_list")),
    )
    with rebuild.table("deed_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_list_chapter_id"), ["chapter_id"], unique=False)

    op.create_table(
        "deed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind", sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("place", sa.String(length=80), server_default=sa.text("''"), nullable=False),
        sa.Column("paired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("partner", sa.String(length=24), server_default=sa.text("''"), nullable=False),
        sa.Column("signs", sa.String(length=80), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("review", sa.String(length=8), server_default=sa.text("''"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sampled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("outcome", sa.String(length=10), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("NOT paired OR partner <> ''", name=op.f("ck_deed_partner")),
        sa.ForeignKeyConstraint(["list_id"], ["deed_list.id"], name=op.f("fk_deed_list_id_deed_list")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("member_id", "client_id", name="uq_deed_entry"),
        sqlite_autoincrement=True,
    )
    with rebuild.table("deed", schema=None) as batch_op:
        batch_op.create_index("ix_deed_chapter", ["chapter_id", "state", "kind", "step", "day"], unique=False)
        batch_op.create_index("ix_deed_list", ["list_id"], unique=False)
        batch_op.create_index("ix_deed_waiting", ["state", "list_id", "chapter_id"], unique=False)

    op.create_table(
        "deed_kind",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("first_points", sa.Integer(), nullable=False),
        sa.Column("paired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_deed_kind_chapter_id_chapter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed_kind")),
    )
    with rebuild.table("deed_kind", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_kind_chapter_id"), ["chapter_id"], unique=False)

    op.create_table(
        "local_person",
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("named_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_local_person_chapter_id_chapter")),
        sa.PrimaryKeyConstraint("chapter_id", "member_id", name=op.f("pk_local_person")),
    )
    with rebuild.table("local_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_person_member_id"), ["member_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind", sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_tally_chapter_id_chapter")),
        sa.PrimaryKeyConstraint("chapter_id", "kind", "step", "day", "source", name=op.f("pk_tally")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "public_id",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shape", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(length=40), server_default=sa.text("''"), nullable=False),
        sa.Column("goal", sa.BigInteger(), nullable=False),
        sa.Column("baseline", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("base", sa.String(length=8), nullable=False),
        sa.Column("ways", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("declares", sa.String(length=24), server_default=sa.text("''"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_target_chapter_id_chapter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("public_id", name=op.f("uq_target_public_id")),
    )
    with rebuild.table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_chapter_id"), ["chapter_id"], unique=False)

    op.create_table(
        "deed_photo",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deed.id"], name=op.f("fk_deed_photo_deed_id_deed")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_deed_photo")),
    )
    op.create_table(
        "target_figure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_target_figure_target_id_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_figure")),
        sa.UniqueConstraint("client_id", name=op.f("uq_target_figure_client_id")),
    )
    with rebuild.table("target_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_figure_made_by"), ["made_by"], unique=False)
        batch_op.create_index("ix_target_figure_target", ["target_id", "chapter_id", "day"], unique=False)

    op.create_table(
        "target_share",
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("goal", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_target_share_target_id_target")),
        sa.PrimaryKeyConstraint("target_id", "chapter_id", name=op.f("pk_target_share")),
    )
    op.create_table(
        "import_tally",
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind", sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["import_job.id"], name=op.f("fk_import_tally_job_id_import_job"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "row", name=op.f("pk_import_tally")),
    )
