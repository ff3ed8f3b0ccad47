"""The daily work on deeds. Every worker does it; doing it twice changes nothing the second time."""

from __future__ import annotations

from app.services.deeds import checking, posting
from app.services.movement.clock import now
from app.services.points import checkpoints


def minutely() -> None:
    """Freezes the lists that are ripe before the checkpoint of the day names them; each time draws samples and ends
    waits that are over."""
    at = now()
    if checkpoints.wanted(at):
        checking.freeze_due(at)
    checking.draw_due()
    checking.close_late(at)


def hourly() -> None:
    """Posts points by rules that changed."""
    posting.judge_again()
