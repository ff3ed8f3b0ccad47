"""1+2 over the stage: looked up once for all who are shown the same step, and anew after a minute."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import Any

from flask_babel import format_date

from app.services.movement import on_stage
from app.services.movement.on_stage import OnStage
from quizzes.movement.odd import VIETNAM

FRESH_S = 60.0  # how long a map is remembered
MOST_KNOWN = 100  # maps remembered
_known: dict[str, tuple[float, OnStage | None]] = {}


def give_spread(view: dict[str, Any], extra: dict[str, Any]) -> None:
    """Put what lies over the stage into a view of the staff: None where nothing does, or no campaign runs any more."""
    what, campaign = view["spread"], (extra.get("links") or {}).get("campaign", "")
    told = _told(campaign) if what and campaign else None
    view["spread"] = {"what": what, "told": told, "ends": [_day(one) for one in told.days]} if told else None


def _day(moment: int) -> str:
    """In the words of the language spoken now."""
    return str(format_date(datetime.fromtimestamp((moment + VIETNAM) // 1_000_000, UTC).date(), "short"))


def _told(campaign: str) -> OnStage | None:
    at, told = _known.get(campaign, (-FRESH_S, None))
    if monotonic() - at >= FRESH_S:
        told = on_stage.on_stage(campaign)
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[campaign] = monotonic(), told
    return told
