"""What a round is given when it begins: questions, settings, the room, and what earlier rounds leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.mechanics.cast import Room


@dataclass(frozen=True)
class Carried:
    """What earlier rounds leave to a round: seat -> half-points, and who was still in."""

    scores: Mapping[int, int] = field(default_factory=dict)
    alive: frozenset[int] | None = None
    sent: tuple[int, ...] = ()
    """Whom the round before sends on, best first (`Format.sends`)."""
    contested: frozenset[int] = frozenset()
    """Who was a contestant of an earlier round."""


@dataclass(frozen=True)
class Setup:
    """All a round is given when it begins."""

    index: int
    questions: tuple[Mapping[str, Any], ...]
    settings: Mapping[str, Any]
    seed: str
    last_no: int = 0
    room: Room = field(default_factory=Room)
    carried: Carried = Carried()
