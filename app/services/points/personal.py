"""What the ledger knows of a member: numbers that stay, and reasons that go."""

from __future__ import annotations

from app.services.people.parts import Part
from app.services.points import adjustments

PARTS = [Part("adjustments", adjustments._copy, adjustments._erase, tables=("points_adjustment",))]
