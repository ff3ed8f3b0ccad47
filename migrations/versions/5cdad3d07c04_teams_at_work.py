"""Teams in deeds and contests, revoked cards."""

import sqlalchemy as sa
from alembic import op

revision = "5cdad3d07c04"
down_revision = "7d31b8f0c5a2"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contest_team",
        sa.Column("contest_id", NUMBER, nullable=False),
        sa.Column("team_id", NUMBER, nullable=False),
        sa.Column("entered_by", NUMBER, nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name="fk_contest_team_contest_id_contest"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_contest_team_team_id_team"),
        sa.PrimaryKeyConstraint("contest_id", "team_id", name="pk_contest_team"),
    )
    op.create_index("ix_contest_team_entered_by", "contest_team", ["entered_by"])

    op.create_table(
        "contest_team_person",
        sa.Column("contest_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("team_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name="fk_contest_team_person_contest_id_contest"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_contest_team_person_team_id_team"),
        sa.PrimaryKeyConstraint("contest_id", "member_id", name="pk_contest_team_person"),
    )
    op.create_index("ix_contest_team_person_member_id", "contest_team_person", ["member_id"])
    op.create_index("ix_contest_team_person_team_id", "contest_team_person", ["team_id"])

    op.add_column("deed", sa.Column("team_id", NUMBER, nullable=True))
    op.create_index("ix_deed_team_id", "deed", ["team_id"])
    for card in ("deed_card", "witness_card"):
        op.add_column(card, sa.Column("revoked_at", sa.BigInteger(), nullable=True))
