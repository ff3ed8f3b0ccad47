"""The daily work on 1+2. Every worker does it; doing it twice changes nothing the second time."""

from __future__ import annotations

from app.models.engines import database
from app.services.movement import campaigns, checking, posting, retention, reviewing
from app.services.movement.clock import now
from app.services.points import checkpoints


def minutely() -> None:
    """Once a day freezes the lists that are ripe and makes the checkpoint that names them; each time draws samples,
    ends waits that are over, and lets the database's log forget whom its tables have forgotten."""
    at = now()
    if retention.forgot_lately(at):
        database.empty_log()
    if checkpoints.wanted(at):
        checking.freeze_due(at)
        checkpoints.daily(at)
    checking.draw_due()
    checking.close_late(at)


def hourly() -> None:
    """Looks at the shape of confirmations, and posts points by rules that changed."""
    at = now()
    for one in campaigns.all_campaigns():
        if one.ends_at > at - retention.NAMES:
            if not one.invented:
                reviewing.look_through(one.id, at)
            posting.judge_again(one.id)
