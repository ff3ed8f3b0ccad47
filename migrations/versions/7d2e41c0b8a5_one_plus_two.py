"""one plus two."""

import sqlalchemy as sa
from alembic import op

revision = "7d2e41c0b8a5"
down_revision = "673120a04f00"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('campaign_id', 'member_id', 'kind', name=op.f('pk_reminder'))
    )
    op.create_table('campaign',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=12).with_variant(sa.String(length=12, collation='C'), 'postgresql'), nullable=False),
    sa.Column('chapter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('services', sa.String(length=200), nullable=False),
    sa.Column('app_name', sa.String(length=80), nullable=False),
    sa.Column('app_site', sa.String(length=200), nullable=False),
    sa.Column('starts_at', sa.BigInteger(), nullable=False),
    sa.Column('ends_at', sa.BigInteger(), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['chapter_id'], ['chapter.id'], name=op.f('fk_campaign_chapter_id_chapter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('public_id', name=op.f('uq_campaign_public_id'))
    )
    op.create_index('ix_campaign_chapter_id', 'campaign', ['chapter_id'], unique=False)

    op.create_table('check_list',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chapter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('frozen_at', sa.BigInteger(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('checkpoint_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('drawn_from', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('drawn_at', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('done_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_check_list_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_list'))
    )
    op.create_index('ix_check_list_campaign', 'check_list', ['campaign_id', 'state'], unique=False)

    op.create_table('teaching',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=16).with_variant(sa.String(length=16, collation='C'), 'postgresql'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chapter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('services', sa.String(length=200), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('slot', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('child', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('code_ends_at', sa.BigInteger(), nullable=False),
    sa.Column('code_used_at', sa.BigInteger(), nullable=True),
    sa.Column('browser', sa.String(length=64), nullable=True),
    sa.Column('address_digest', sa.String(length=64), nullable=True),
    sa.Column('confirmed_at', sa.BigInteger(), nullable=True),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.Column('used_what', sa.String(length=24), nullable=False),
    sa.Column('witness', sa.String(length=24), nullable=False),
    sa.Column('use_witness', sa.String(length=24), nullable=False),
    sa.Column('took_over', sa.Integer(), nullable=False),
    sa.Column('signs', sa.String(length=200), nullable=False),
    sa.Column('review', sa.String(length=8), nullable=False),
    sa.Column('reviewed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reviewed_at', sa.BigInteger(), nullable=True),
    sa.Column('taught_ok_at', sa.BigInteger(), nullable=True),
    sa.Column('used_ok_at', sa.BigInteger(), nullable=True),
    sa.Column('taught_member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('withdrawn_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_teaching_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching')),
    sa.UniqueConstraint('public_id', name=op.f('uq_teaching_public_id')),
    sa.UniqueConstraint('slot', name=op.f('uq_teaching_slot')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_teaching_browser', 'teaching', ['browser'], unique=False)
    op.create_index('ix_teaching_campaign', 'teaching', ['campaign_id', 'chapter_id', 'confirmed_at'], unique=False)
    op.create_index('ix_teaching_chapter_id', 'teaching', ['chapter_id'], unique=False)
    op.create_index('ix_teaching_member', 'teaching', ['member_id', 'campaign_id'], unique=False)
    op.create_index('ix_teaching_review', 'teaching', ['review', 'campaign_id'], unique=False)
    op.create_index('ix_teaching_taught_member_id', 'teaching', ['taught_member_id'], unique=False)

    op.create_table('witness_card',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('chapter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('ends_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_witness_card_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_witness_card'))
    )
    op.create_index('ix_witness_card_campaign_id', 'witness_card', ['campaign_id'], unique=False)

    op.create_table('check_item',
    sa.Column('list_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('teaching_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', sa.String(length=8), nullable=False),
    sa.Column('sampled', sa.Boolean(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['list_id'], ['check_list.id'], name=op.f('fk_check_item_list_id_check_list')),
    sa.ForeignKeyConstraint(['teaching_id'], ['teaching.id'], name=op.f('fk_check_item_teaching_id_teaching')),
    sa.PrimaryKeyConstraint('list_id', 'teaching_id', 'step', name=op.f('pk_check_item'))
    )
    op.create_index('uq_check_item_step', 'check_item', ['teaching_id', 'step'], unique=True)

    op.create_table('objection',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('teaching_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['teaching_id'], ['teaching.id'], name=op.f('fk_objection_teaching_id_teaching')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    op.create_index('ix_objection_member_id', 'objection', ['member_id'], unique=False)
    op.create_index('ix_objection_teaching_id', 'objection', ['teaching_id'], unique=False)

    op.create_table('taught',
    sa.Column('teaching_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=False),
    sa.Column('same_key', sa.String(length=160).with_variant(sa.String(length=160, collation='C'), 'postgresql'), nullable=False),
    sa.Column('agreed_at', sa.BigInteger(), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('text_digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['teaching_id'], ['teaching.id'], name=op.f('fk_taught_teaching_id_teaching')),
    sa.ForeignKeyConstraint(['text_digest'], ['consent_text.digest'], name=op.f('fk_taught_text_digest_consent_text')),
    sa.PrimaryKeyConstraint('teaching_id', name=op.f('pk_taught'))
    )
    op.create_index('ix_taught_same_key', 'taught', ['same_key'], unique=False)

