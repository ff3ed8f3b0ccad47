"""What must not be sent before a reveal, marked so that it is found wherever it turns up."""

from __future__ import annotations

from typing import Any

CANARY = "CANARY"


def with_canaries(question: dict[str, Any], number: int) -> dict[str, Any]:
    """What is told only after the key, marked, and longer in one of the twins."""
    told = {"vi": f"{CANARY} {'dài ' * number}", "en": f"{CANARY} {'long ' * number}"}
    return {**question, "explanation": told, "source": f"{CANARY} {number}", "notes": CANARY}
