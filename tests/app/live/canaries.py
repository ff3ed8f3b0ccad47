"""Marks everything that must not be sent before a reveal, so that it is found wherever it turns up."""

from __future__ import annotations

import re
from typing import Any

from quizzes.text import fold

CANARY = "CANARY"


def mark(who: str | int) -> str:
    """The mark this person types wherever something is typed. Until the reveal it is that seat's own."""
    return f"{CANARY}-{fold(str(who))}"


def without_own_choice(text: str, who: str | int) -> str:
    """A message as text without what this person has chosen, as it stands in `me`: there it may be seen, and only
    there."""
    return re.sub(rf'"choices": ?{{"[0-9]+": ?"{mark(who)}"}}', "", text)


def with_canaries(question: dict[str, Any], number: int) -> dict[str, Any]:
    """A question in which everything told only after the key is marked, and longer in one of the twins."""
    told = {"vi": f"{CANARY} {'dài ' * number}", "en": f"{CANARY} {'long ' * number}"}
    return {**question, "explanation": told, "source": f"{CANARY} {number}", "notes": CANARY}
