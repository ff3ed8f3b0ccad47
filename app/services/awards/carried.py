"""Awards of two members who are one person: they go over as they are; what is printed on a document stays. So do the
proposals they made, to which the kept member is no second person."""

from __future__ import annotations

from app.models.awards import Award, AwardBatch
from app.services.carried import Rows

CARRIED = {"awards": Rows(Award.member_id, (Award.id,)), "award_batches": Rows(AwardBatch.made_by, (AwardBatch.id,))}
