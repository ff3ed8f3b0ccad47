"""Gives each round of a show the light it stands in on the stage: its format's own, and no round in another's.

Two rounds are told apart at a glance from the back of the hall. The lobby and the podium have lights of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizzes.formats import FORMATS

GROUNDS = ("start", "course", "ember", "dusk", "bronze", "steps", "leaf", "lotus", "lake", "slate")
"""Names of the stage's lights, in the order in which rounds without one of their own take them."""
OWN = {key: fmt.ground for key, fmt in FORMATS.items() if fmt.ground}
"""Format -> the light that its rounds are known by."""


def grounds(formats: Sequence[str]) -> list[str]:
    """The light of each round, in order. All differ while there are enough; beyond that, those near each other."""
    kept = {OWN[key] for key in formats if key in OWN}
    found: list[str] = []
    for key in formats:
        free = [one for one in GROUNDS if one not in found] or [
            one for one in GROUNDS if one not in found[1 - len(GROUNDS) :]
        ]
        wanted = [OWN.get(key, ""), *(one for one in free if one not in kept), *free]
        found.append(next(one for one in wanted if one in free))
    return found
