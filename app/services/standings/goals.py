"""Targets as a figure of standings: each one a chapter has a goal for is worth 100, filled as far as it is reached."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.commit import breathe
from app.services.standings.scopes import Compared, Scope
from app.services.targets import looking
from quizzes.targets.shapes import WITHOUT


def reached(scope: Scope, compared: Sequence[Compared]) -> dict[int, dict[str, int]]:
    """Chapter -> {"reached", "wanted"} over the season's targets of the standing's chapter and of those above it. A
    campaign of 1+2 has none."""
    found = {one.number: {"reached": 0, "wanted": 0} for one in compared}
    if scope.campaign:
        return found
    for target in looking.targets(scope.path):
        if not target.starts_on.year <= scope.season <= target.ends_on.year:
            continue
        stands = looking.numbers(target).all_of(target, [one.path for one in compared])
        for one in compared:
            if stands[one.path].state not in WITHOUT:
                found[one.number]["wanted"] += 100
                found[one.number]["reached"] += stands[one.path].filled
        breathe()
    return found
