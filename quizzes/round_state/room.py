"""The room of a round: who is there when it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.round_state.roll import MOST_SEATS, Roll

EVERYBODY = Roll(MOST_SEATS)


@dataclass(frozen=True)
class Room:
    """The seats present when a round begins, frozen by the shell. Teams and units are opaque numbers."""

    seats: Roll = EVERYBODY
    contestants: tuple[int, ...] = ()
    teams: Mapping[int, int] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)
    judges: tuple[int, ...] = ()
    plays: Roll | None = None
    """The seats that the script lets play; None: all that are present."""
    captains: tuple[int, ...] = ()
    voice: str = ""
    """How a team answers (see `quizzes.line_up`); "" where nobody plays in teams."""
    watching: tuple[int, ...] = ()
    """The seats that came only to watch."""
    order: tuple[int, ...] = ()
    """The order that parts seats with as many points; () where nobody has to be parted."""
    team: int = 0
    """The team whose turn it is, where one team plays the round; 0: none."""

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> Room:
        """From a `round` event. Rule version 1 had no room: everybody played."""
        if not data:
            return cls()
        teams, units = ({int(seat): one for seat, one in data.get(name, {}).items()} for name in ("teams", "units"))
        contestants, judges, captains, watching, order = (
            tuple(data.get(name, ())) for name in ("contestants", "judges", "captains", "watching", "order")
        )
        plays = Roll.of(data["plays"]) if "plays" in data else None
        seats = Roll.of({"upto": data["upto"], "without": data["without"]})
        voice, team = data.get("voice", ""), data.get("team", 0)
        return cls(seats, contestants, teams, units, judges, plays, captains, voice, watching, order, team)

    def best_of(self, seats: Iterable[int], scores: Mapping[int, int]) -> list[int]:
        """These seats, the highest score first; equal ones as `order` parts them, else in the order they came."""
        place = {seat: at for at, seat in enumerate(self.order)}
        return sorted(seats, key=lambda seat: (-scores.get(seat, 0), place.get(seat, len(place)), seat))

    @property
    def playing(self) -> Roll:
        """The seats that may play, of those present."""
        return self.seats.but(self.watching) if self.plays is None else self.plays
