"""Columns that nobody reads go.

Nothing is carried over: the same transaction wrote who did an act, and when, to the audit log, which keeps it. The owner
of an adjustment was always a member, a hall's fingerprint is the digest of its key, and a parcel brings the key; keys,
pictures, wordings and claims are dated by what first used them.
"""

from alembic import op

revision = "52c8e90f7a1d"
down_revision = "8b5e20d4c7f1"
branch_labels = None
depends_on = None

UNREAD = {
    "award": ("revoked_by",),
    "award_batch": ("decided_by",),
    "campaign": ("made_by", "made_at"),
    "check_item": ("decided_by",),
    "check_list": ("done_at",),
    "consent_text": ("first_at",),
    "contest_publication": ("published_by",),
    "data_request": ("closed_by",),
    "deed": ("decided_by",),
    "deed_card": ("made_by", "made_at"),
    "deed_kind": ("made_by", "made_at"),
    "deed_list": ("done_at",),
    "hall": ("public_key",),
    "incident": ("reported_by", "made_by"),
    "integrity_signal": ("reviewed_by",),
    "ledger_key": ("since",),
    "letterhead": ("changed_by", "changed_at"),
    "local_person": ("named_by",),
    "member_merge": ("undone_by",),
    "member_record": ("taken_back_by",),
    "objection": ("answered_by",),
    "origin": ("read_by",),
    "picture": ("made_at",),
    "points_adjustment": ("owner_kind", "decided_by", "decided_at"),
    "rules_version": ("made_by", "made_at"),
    "scorecard": ("made_by", "made_at"),
    "seat_claim": ("at",),
    "site": ("recognised_by",),
    "standing": ("made_by", "made_at"),
    "standing_snapshot": ("frozen_by",),
    "target": ("made_by", "made_at"),
    "teaching": ("reviewed_by",),
    "wave_move": ("moved_by",),
    "witness_card": ("made_by", "made_at"),
}


def upgrade() -> None:
    for table, columns in UNREAD.items():
        for column in columns:
            op.drop_column(table, column)
