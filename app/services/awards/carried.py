"""Awards of two members who are one person: they go over as they are; what is printed on a document stays."""

from __future__ import annotations

from app.models.awards import Award
from app.services.carried import Rows

CARRIED = {"awards": Rows(Award.member_id, (Award.id,))}
