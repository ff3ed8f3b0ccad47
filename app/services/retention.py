"""What is kept only for a time and erased when it is over, in every area."""

from __future__ import annotations

from app.services.offered import offered


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {kind: rows for area in offered("retention") for kind, rows in area.erase_due(now).items()}
