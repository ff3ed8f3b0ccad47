"""ledger of everything: owners of any kind, campaigns, versions of rules, checkpoints.

No entry is changed: each keeps its number, its values and its link of the chain, which link version 1 checks.
"""

import sqlalchemy as sa
from alembic import op

from migrations import rebuild

revision = "4b1f0e7a2c90"
down_revision = "c74e378aaa07"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _entry_made_anew()
    else:
        _entry_altered()
    op.create_index("ix_entry_owner", "entry", ["owner_kind", "owner_id", "at"])
    op.create_index("ix_entry_campaign", "entry", ["campaign_id", "rules_version", "id"])
    _balances()
    _new_tables()
    for table in ("ledger_key", "checkpoint", "rules_version"):
        rebuild.guard(table)


def _entry_made_anew() -> None:
    """SQLite cannot drop a constraint: the rows are copied into a table that has the new ones."""
    op.create_table(
        "entry_new",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source_kind", sa.String(16), nullable=False),
        sa.Column("source_id", NUMBER, nullable=False),
        sa.Column("owner_kind", sa.String(8), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", NUMBER, nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("note_digest", sa.String(64), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.UniqueConstraint("source_kind", "source_id", "owner_kind", "owner_id", "revision", name="uq_entry_posting"),
    )
    op.execute(
        "INSERT INTO entry_new SELECT id, source_kind, source_id, 'member', member_id, revision, chapter_id,"
        " half_points, at, 0, 0, '', 1, chain FROM entry ORDER BY id"
    )
    op.drop_table("entry")
    op.rename_table("entry_new", "entry")
    op.create_index("ix_entry_chapter", "entry", ["chapter_id", "at"])
    rebuild.guard("entry")


def _entry_altered() -> None:
    """PostgreSQL adds columns with a constant without touching a row."""
    op.alter_column("entry", "member_id", new_column_name="owner_id")
    told = (
        ("owner_kind", sa.String(8), "'member'"), ("campaign_id", sa.BigInteger(), "0"),
        ("rules_version", sa.Integer(), "0"), ("note_digest", sa.String(64), "''"), ("link_version", sa.Integer(), "1"),
    )  # fmt: skip
    for name, kind, value in told:
        op.add_column("entry", sa.Column(name, kind, nullable=False, server_default=sa.text(value)))
        op.alter_column("entry", name, server_default=None)
    op.drop_constraint("uq_entry_source_kind_source_id_member_id_revision", "entry", type_="unique")
    op.create_unique_constraint(
        "uq_entry_posting", "entry", ["source_kind", "source_id", "owner_kind", "owner_id", "revision"]
    )
    op.drop_index("ix_entry_member", "entry")


def _balances() -> None:
    op.create_table(
        "balance",
        sa.Column("owner_kind", sa.String(8), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("campaign_id", NUMBER, nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_kind", "owner_id", "campaign_id", "season", name="pk_balance"),
    )
    op.execute("INSERT INTO balance SELECT 'member', member_id, 0, season, half_points FROM member_balance")
    op.drop_table("member_balance")
    op.rename_table("chapter_balance", "chapter_balance_old")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_chapter_balance RENAME TO pk_chapter_balance_old")
    op.create_table(
        "chapter_balance",
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("campaign_id", NUMBER, nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chapter_id", "campaign_id", "season", name="pk_chapter_balance"),
    )
    op.execute("INSERT INTO chapter_balance SELECT chapter_id, 0, season, half_points FROM chapter_balance_old")
    op.drop_table("chapter_balance_old")


def _new_tables() -> None:
    op.create_table(
        "ledger_key",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("endorsed", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_ledger_key"),
        sa.UniqueConstraint("public_key", name="uq_ledger_key_public_key"),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
    )
    op.create_index("ix_checkpoint_at", "checkpoint", ["at"])
    op.create_table(
        "rules_version",
        sa.Column("campaign_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "no", name="pk_rules_version"),
    )
    op.create_table(
        "points_adjustment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("owner_kind", sa.String(8), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("chapter_id", NUMBER, nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("proposed_by", NUMBER, nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_points_adjustment"),
    )
    op.create_index("ix_points_adjustment_owner_id", "points_adjustment", ["owner_id"])
    op.create_index("ix_points_adjustment_chapter_id", "points_adjustment", ["chapter_id"])
