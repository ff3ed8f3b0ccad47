"""Teams and their locality's rules, sites and criteria, records of members, lines of files on their way."""

import sqlalchemy as sa
from alembic import op

revision = "4a2442f6cc38"
down_revision = "9b3f64c0a1d7"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("fold", sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"), nullable=False),
        sa.Column("place", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("recognised_at", sa.BigInteger(), nullable=True),
        sa.Column("recognised_by", NUMBER, nullable=True),
        sa.Column("decision", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_site_chapter_id_chapter"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("chapter_id", "kind", "fold", name="uq_site_chapter_id_kind_fold"),
        sa.UniqueConstraint("public_id", name="uq_site_public_id"),
    )
    op.create_index("ix_site_made_by", "site", ["made_by"])

    op.create_table(
        "site_criteria",
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_site_criteria_chapter_id_chapter"),
        sa.PrimaryKeyConstraint("chapter_id", "kind", name="pk_site_criteria"),
    )
    op.create_index("ix_site_criteria_made_by", "site_criteria", ["made_by"])

    op.create_table(
        "team",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("above", NUMBER, nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("fold", sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"), nullable=False),
        sa.Column("office", sa.String(160), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_team_chapter_id_chapter"),
        sa.ForeignKeyConstraint(["parent_id"], ["team.id"], name="fk_team_parent_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("chapter_id", "above", "fold", name="uq_team_chapter_id_above_fold"),
        sa.UniqueConstraint("public_id", name="uq_team_public_id"),
    )
    op.create_index("ix_team_chapter", "team", ["chapter_id", "fold"])
    op.create_index("ix_team_made_by", "team", ["made_by"])
    op.create_index("ix_team_parent_id", "team", ["parent_id"])

    op.create_table(
        "team_rules",
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name="fk_team_rules_chapter_id_chapter"),
        sa.PrimaryKeyConstraint("chapter_id", name="pk_team_rules"),
    )
    op.create_table(
        "member_record",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("operation", sa.String(16), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(120), server_default=sa.text("''"), nullable=False),
        sa.Column("text", sa.String(500), server_default=sa.text("''"), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("key", sa.String(64), nullable=True),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_back_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_by", NUMBER, nullable=True),
        sa.Column("why", sa.String(300), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_member_record_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_member_record"),
        sa.UniqueConstraint("key", name="uq_member_record_key"),
    )
    op.create_index("ix_member_record_made_by", "member_record", ["made_by"])
    op.create_index("ix_member_record_member", "member_record", ["member_id", "on_day"])

    op.create_table(
        "site_mark",
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("criterion", sa.String(16), nullable=False),
        sa.Column("evidence", sa.String(500), nullable=False),
        sa.Column("picture", sa.String(40), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_mark_site_id_site"),
        sa.PrimaryKeyConstraint("site_id", "criterion", name="pk_site_mark"),
    )
    op.create_index("ix_site_mark_made_by", "site_mark", ["made_by"])

    op.create_table(
        "team_person",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("team_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=True),
        sa.Column("name", sa.String(120), server_default=sa.text("''"), nullable=False),
        sa.Column("fold", sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql"), nullable=False),
        sa.Column("part", sa.String(12), nullable=False),
        sa.Column("post", sa.String(24), server_default=sa.text("''"), nullable=False),
        sa.Column("youth", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_team_person_member_id_member"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_person_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_team_person"),
        sa.UniqueConstraint("team_id", "fold", name="uq_team_person_team_id_fold"),
    )
    op.create_index("ix_team_person_member_id", "team_person", ["member_id"])

    op.create_table(
        "import_line",
        sa.Column("job_id", NUMBER, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["import_job.id"], name="fk_import_line_job_id_import_job", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "row", name="pk_import_line"),
    )
