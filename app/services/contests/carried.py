"""Carries contests over when two members turn out to be one person. A second try of the same wave stays where it is."""

from __future__ import annotations

from app.models.contests import Attempt, Complaint, ComplaintMessage, Entrant
from app.models.publications import PublishedRow
from app.services.carried import Rows

CARRIED = {
    "entrant": Rows(Entrant.member_id, (Entrant.contest_id,), beside=(Entrant.contest_id,)),
    "attempt": Rows(Attempt.member_id, (Attempt.id,), beside=(Attempt.contest_id, Attempt.wave)),
    "published_row": Rows(PublishedRow.member_id, (PublishedRow.id,)),
    "complaint": Rows(Complaint.member_id, (Complaint.id,)),
    "complaint_message": Rows(ComplaintMessage.author_id, (ComplaintMessage.id,)),
}
