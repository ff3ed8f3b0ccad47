"""Other ways into an account than a password: keys in devices, accounts at another provider."""

import sqlalchemy as sa
from alembic import op

revision = "3a9d5e10c872"
down_revision = "9d41b7e5a260"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("member_id", NUMBER, sa.ForeignKey("member.id", name="fk_passkey_member_id_member"), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(2000), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passkey_member_id", "passkey", ["member_id"])
    op.create_table(
        "outside_identity",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column(
            "member_id", NUMBER, sa.ForeignKey("member.id", name="fk_outside_identity_member_id_member"),
            nullable=False,
        ),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("issuer", "subject", name="uq_outside_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outside_identity_member_id", "outside_identity", ["member_id"])
