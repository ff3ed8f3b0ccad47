"""Notes the seats that have ever been here with a screen. A seat that nobody comes to counts no more after two
minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from typing import Any

from app.clock import now_us, wall_us
from app.services.shows import seats
from app.services.shows.seat import BOTS, LAPSE_US, MOST_SEATS, SeatLine
from quizzes.refusals import Rejected

SHOWN = 5  # addresses named to the host
CROWDED = 20
"""From so many seats on the console names a source: fewer are a family or a class."""


class Attendance:
    """Follows the seats of this worker's shows; what is new is stored with the next heartbeat."""

    def __init__(self) -> None:
        self._came: dict[int, set[int]] = {}
        self._new: dict[int, set[int]] = {}
        self._coming: dict[int, dict[int, int]] = {}  # show -> seat that has not come -> when it was taken

    def learn(self, show_id: int, lines: Iterable[SeatLine]) -> None:
        """Seats as the table has them."""
        came, coming = self._came.setdefault(show_id, set()), self._coming.setdefault(show_id, {})
        for line in lines:
            if line.connected_at is not None:
                came.add(line.number)
            elif line.number not in came:
                coming[line.number] = line.joined_at

    def seen(self, show_id: int, numbers: Set[int]) -> None:
        """Other workers have them, and note it."""
        self._came.setdefault(show_id, set()).update(numbers)

    def let_in(self, line: SeatLine, kicked: Set[int]) -> None:
        """A seat is here. One that comes for the first time is refused where the room is full: Rejected("full")."""
        came = self._came.setdefault(line.show_id, set())
        if line.side != "public" or line.number in came:
            return
        if line.connected_at is None:
            if len(came) >= MOST_SEATS and len(came - kicked) >= MOST_SEATS:
                raise Rejected("full")
            self._new.setdefault(line.show_id, set()).add(line.number)
        came.add(line.number)

    def counts(self, line: SeatLine) -> bool:
        """True when a seat has been here, or may still come."""
        return line.number in self._came.get(line.show_id, ()) or line.counts(wall_us(now_us()))

    def note(self) -> None:
        """Store who came since the last time; what cannot be stored now is stored later."""
        if self._new:
            new, self._new = self._new, {}
            try:
                seats.came(new)
            except BaseException:
                for show_id, numbers in new.items():
                    self._new.setdefault(show_id, set()).update(numbers)
                raise

    def lapsed(self) -> set[int]:
        """The shows in which somebody who never came has just stopped to count."""
        at, changed = wall_us(now_us()), set()
        for show_id, coming in self._coming.items():
            came = self._came.get(show_id, set())
            for number, since in list(coming.items()):
                if number in came:
                    del coming[number]
                elif at - since >= LAPSE_US:
                    del coming[number]
                    changed.add(show_id)
        return changed

    def forget_all_but(self, shows: Set[int]) -> None:
        """Shows nobody is connected to are read again when somebody comes."""
        for known in (self._came, self._coming):
            for show_id in known.keys() - shows - self._new.keys():
                del known[show_id]


def sources(people: Iterable[SeatLine], present: Set[int]) -> list[dict[str, Any]]:
    """The addresses from which many of these seats were taken, the largest first: a mark that is no address, how many
    seats, how many of them are present."""
    people = [line for line in people if line.source and line.source != BOTS]
    taken = Counter(line.source for line in people)
    here = Counter(line.source for line in people if line.number in present)
    return [
        {"source": source, "seats": count, "present": here[source]}
        for source, count in taken.most_common(SHOWN)
        if count >= CROWDED
    ]
