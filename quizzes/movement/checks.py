"""Verification by sample: a list is frozen, its digest stands in a checkpoint, and the next one draws from it.

So nobody knows the sample while the list can still be changed, and anybody can draw it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.draws import Draws
from quizzes.ledger.chain import hashed
from quizzes.movement.steps import DAY

LEAST, ONE_IN = 3, 10
"""The size of a sample: at least LEAST steps, and one in ONE_IN."""
DAYS = 14
"""How many days after the draw people can be reached. Later a step does not count, and nobody is blamed."""

MET, FAILED, UNREACHED, ACCEPTED, REJECTED = "met", "failed", "unreached", "accepted", "rejected"
FROZEN, DRAWN, REVIEW, DONE = "frozen", "drawn", "review", "done"

FREEZE_AFTER = 7 * DAY
"""How long the oldest step of a chapter waits before all are frozen, microseconds. They are also frozen when the
campaign is over."""

Step = tuple[int, str]
"""(teaching, "taught" or "used")"""


def digest(campaign: int, chapter: int, steps: Sequence[Step]) -> str:
    """The digest of a frozen list of steps, hexadecimal."""
    return hashed(["check-list-1", campaign, chapter, [list(one) for one in sorted(steps)]])


def size(count: int) -> int:
    """The size of a sample: a tenth, rounded up, at least three, at most all."""
    return min(count, max(LEAST, -(-count // ONE_IN)))


def drawn(seed: str, of: str, steps: Sequence[Step]) -> set[Step]:
    """The sample of the list with the digest `of`."""
    return set(Draws(seed, "check", of).sample(sorted(steps), size(len(steps))))


@dataclass(frozen=True)
class Item:
    """One step on a list with what came of it."""

    step: Step
    sampled: bool
    outcome: str = ""


def late(drawn_at: int, now: int) -> bool:
    return now >= drawn_at + DAYS * DAY


def decided_by(taken_at: int, campaign_ends: int, frozen_at: int | None = None, drawn_at: int | None = None) -> int:
    """The latest moment at which a step is decided, as long as nothing about it has to be reviewed. Lists are frozen
    once a day, and the sample is drawn from the next day's checkpoint: a day more for each."""
    if drawn_at is None:
        ripe = max(taken_at, min(taken_at + FREEZE_AFTER, campaign_ends))
        drawn_at = (ripe + DAY if frozen_at is None else frozen_at) + DAY
    return drawn_at + DAYS * DAY


def state(items: Sequence[Item]) -> str:
    """The state of a drawn list. Every step of a list that failed is looked at, one by one."""
    if any(one.outcome in (FAILED, REJECTED) for one in items if one.sampled) or any(
        one.outcome in (ACCEPTED, REJECTED) for one in items if not one.sampled
    ):
        return DONE if all(one.outcome for one in items) else REVIEW
    return DONE if all(one.outcome for one in items if one.sampled) else DRAWN


def verified(items: Sequence[Item]) -> set[Step]:
    """The steps that count once a list is done."""
    if state(items) != DONE:
        return set()
    reviewed = any(one.outcome in (FAILED, REJECTED) for one in items)
    good = {MET, ACCEPTED} if reviewed else {MET, ACCEPTED, ""}
    return {one.step for one in items if one.outcome in good}
