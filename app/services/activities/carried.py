"""Carries activities over when two members turn out to be one person."""

from __future__ import annotations

from app.models.activities import ActivityPart, Attendance, Undertaking
from app.services.carried import Rows

CARRIED = {
    "attendance": Rows(Attendance.member_id, (Attendance.id,), beside=(Attendance.activity_id,)),
    "activity_part": Rows(
        ActivityPart.member_id, (ActivityPart.activity_id, ActivityPart.member_id), beside=(ActivityPart.activity_id,)
    ),
    "undertaking": Rows(Undertaking.owner_id, (Undertaking.id,)),
    "undertaking_made": Rows(Undertaking.made_by, (Undertaking.id,)),
}
