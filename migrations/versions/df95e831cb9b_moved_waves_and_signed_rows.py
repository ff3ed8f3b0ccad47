"""Moved waves and signed rows."""

import sqlalchemy as sa
from alembic import op

revision = "df95e831cb9b"
down_revision = "7d2e41c0b8a5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wave_move',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('wave', sa.Integer(), nullable=False),
    sa.Column('chapter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=False),
    sa.Column('opens_at', sa.BigInteger(), nullable=False),
    sa.Column('closes_at', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('moved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_wave_move_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wave_move')),
    sa.UniqueConstraint('contest_id', 'no', name=op.f('uq_wave_move_contest_id_no'))
    )
    op.create_table('published_row',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('publication_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('chapter', sa.String(length=200), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['contest_publication.id'], name=op.f('fk_published_row_publication_id_contest_publication')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_row')),
    sa.UniqueConstraint('publication_id', 'place', name=op.f('uq_published_row_publication_id_place'))
    )
    op.create_index("ix_published_row_member", "published_row", ["member_id"])
    repaired = sa.Column("repaired", sa.String(length=400), server_default="[]", nullable=False)
    op.add_column("contest_publication", repaired)
    rows_digest = sa.Column("rows_digest", sa.String(length=64), server_default="", nullable=False)
    op.add_column("contest_publication", rows_digest)
