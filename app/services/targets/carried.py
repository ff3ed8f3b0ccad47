"""Carries targets over when two members turn out to be one person."""

from __future__ import annotations

from app.models.targets import Declaration
from app.services.carried import Rows

CARRIED = {"declaration": Rows(Declaration.member_id, (Declaration.what,), beside=(Declaration.what,))}
