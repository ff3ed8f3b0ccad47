"""Remembers the phones of the hall that have shown themselves: how fast they reach us, and whether they asked us for
the internet.

Kept in this process only, for as long as it runs and for as many phones as a hall holds: nothing of it is stored.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from flask import current_app

MOST_PHONES, MOST_TIMES = 5_000, 10
"""The most phones that are remembered, and the most round-trip times of each."""
GONE_S = 600.0  # a phone that was silent for longer is gone
SLOWEST_MS = 60_000  # a longer time is not believed


@dataclass
class Phone:
    """`times`: round trips in milliseconds, as the phone measured them. `stays`: it asked us whether there is internet,
    and heard yes, so it has no reason to go over to mobile data."""

    at: float = 0.0
    times: list[int] = field(default_factory=list)
    stays: bool = False

    @property
    def middle(self) -> int | None:
        return round(median(self.times)) if self.times else None


class Phones:
    """Counts phones by the address they come from."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, Phone] = OrderedDict()

    def _of(self, address: str) -> Phone:
        phone = self._seen.setdefault(address, Phone())
        phone.at = monotonic()
        self._seen.move_to_end(address)
        while len(self._seen) > MOST_PHONES:
            self._seen.popitem(last=False)
        return phone

    def asked(self, address: str) -> None:
        """A phone of this address asked for its maker's page."""
        self._of(address).stays = True

    def measured(self, address: str, ms: int | None) -> None:
        """A phone reached us; `ms` is how long the way there and back took the last time."""
        phone = self._of(address)
        if ms is not None and 0 <= ms <= SLOWEST_MS:
            phone.times = [*phone.times, ms][-MOST_TIMES:]

    def here(self) -> list[tuple[str, Phone]]:
        """Those that measured within the last ten minutes, the slowest first."""
        now = monotonic()
        found = [(address, one) for address, one in self._seen.items() if one.times and now - one.at < GONE_S]
        return sorted(found, key=lambda pair: -(pair[1].middle or 0))


def phones() -> Phones:
    """This process's."""
    kept: Phones = current_app.extensions.setdefault("hall_phones", Phones())
    return kept
