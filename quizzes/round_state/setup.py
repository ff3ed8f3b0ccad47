"""The beginning of a round: its questions, its settings, the room, and what earlier rounds leave to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.round_state.room import Room


@dataclass(frozen=True)
class Carried:
    """The results that earlier rounds leave to a round: seat -> half-points, and the seats that were still in."""

    scores: Mapping[int, int] = field(default_factory=dict)
    alive: frozenset[int] | None = None
    sent: tuple[int, ...] = ()
    """The seats that the round before sends on, best first (`Format.sends`)."""
    contested: frozenset[int] = frozenset()
    """The seats that were contestants of an earlier round."""


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
    slots: Mapping[str, int] = field(default_factory=dict)
    """How many questions each slot has, in the order they stand; {} where the script has one list."""
    material: Mapping[str, Any] = field(default_factory=dict)
    """The script's values for what the format declares as material."""

    def slot(self, name: str) -> range:
        """The questions of a slot, by their numbers; all of them where the script has one list."""
        if not self.slots:
            return range(len(self.questions))
        names = list(self.slots)
        start = sum(self.slots[one] for one in names[: names.index(name)])
        return range(start, start + self.slots[name])
