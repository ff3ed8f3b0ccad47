"""Tournaments: entrants, matches with their lines, and who goes on."""

import sqlalchemy as sa
from alembic import op

from migrations import rebuild

revision = "06fc8f8f9549"
down_revision = "5cdad3d07c04"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('tournament',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('chapter_id', NUMBER, nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('script', sa.String(length=80), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('drawn', sa.Integer(), server_default='0', nullable=False),
    sa.Column('made_by', NUMBER, nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('over_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['chapter_id'], ['chapter.id'], name=op.f('fk_tournament_chapter_id_chapter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tournament')),
    sa.UniqueConstraint('public_id', name=op.f('uq_tournament_public_id'))
    )
    with rebuild.table('tournament', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tournament_chapter_id'), ['chapter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tournament_made_by'), ['made_by'], unique=False)

    op.create_table('tournament_entrant',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('tournament_id', NUMBER, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), server_default=sa.text("''"), nullable=False),
    sa.Column('fold', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['tournament_id'], ['tournament.id'], name=op.f('fk_tournament_entrant_tournament_id_tournament')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tournament_entrant')),
    sa.UniqueConstraint('tournament_id', 'fold', name=op.f('uq_tournament_entrant_tournament_id_fold'))
    )
    op.create_table('tournament_match',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('tournament_id', NUMBER, nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('show_id', NUMBER, nullable=True),
    sa.Column('taken', sa.String(length=64), server_default=sa.text("''"), nullable=False),
    sa.ForeignKeyConstraint(['show_id'], ['show.id'], name=op.f('fk_tournament_match_show_id_show')),
    sa.ForeignKeyConstraint(['tournament_id'], ['tournament.id'], name=op.f('fk_tournament_match_tournament_id_tournament')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tournament_match')),
    sa.UniqueConstraint('show_id', name=op.f('uq_tournament_match_show_id')),
    sa.UniqueConstraint('tournament_id', 'stage', 'number', name=op.f('uq_tournament_match_tournament_id_stage_number'))
    )
    op.create_table('tournament_going',
    sa.Column('tournament_id', NUMBER, nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('entrant_id', NUMBER, nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('lot', sa.Boolean(), nullable=False),
    sa.Column('instead_of', NUMBER, nullable=True),
    sa.Column('reason', sa.String(length=300), server_default=sa.text("''"), nullable=False),
    sa.Column('by', NUMBER, nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['entrant_id'], ['tournament_entrant.id'], name=op.f('fk_tournament_going_entrant_id_tournament_entrant')),
    sa.ForeignKeyConstraint(['tournament_id'], ['tournament.id'], name=op.f('fk_tournament_going_tournament_id_tournament')),
    sa.PrimaryKeyConstraint('tournament_id', 'stage', 'position', name=op.f('pk_tournament_going')),
    sa.UniqueConstraint('tournament_id', 'stage', 'entrant_id', name=op.f('uq_tournament_going_tournament_id_stage_entrant_id'))
    )
    op.create_table('tournament_line',
    sa.Column('match_id', NUMBER, nullable=False),
    sa.Column('entrant_id', NUMBER, nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('half', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entrant_id'], ['tournament_entrant.id'], name=op.f('fk_tournament_line_entrant_id_tournament_entrant')),
    sa.ForeignKeyConstraint(['match_id'], ['tournament_match.id'], name=op.f('fk_tournament_line_match_id_tournament_match')),
    sa.PrimaryKeyConstraint('match_id', 'entrant_id', name=op.f('pk_tournament_line'))
    )
    with rebuild.table('tournament_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tournament_line_entrant_id'), ['entrant_id'], unique=False)
