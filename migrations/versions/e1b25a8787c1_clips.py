"""Sound and film of questions, in rows of a megabyte."""

import sqlalchemy as sa
from alembic import op

revision = "e1b25a8787c1"
down_revision = "402572e5097c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('clip',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_clip'))
    )
    op.create_table('clip_part',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['name'], ['clip.name'], name=op.f('fk_clip_part_name_clip')),
    sa.PrimaryKeyConstraint('name', 'number', name=op.f('pk_clip_part'))
    )