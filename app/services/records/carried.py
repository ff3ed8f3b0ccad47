"""Carries records over when two members turn out to be one person."""

from __future__ import annotations

from app.models.member_records import MemberRecord
from app.services.carried import Rows

CARRIED = {"member_record": Rows(MemberRecord.member_id, (MemberRecord.id,))}
