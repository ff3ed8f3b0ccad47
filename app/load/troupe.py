"""The staff of several shows, led through them together: what `Staff` does for one show, for all of them."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

from app.load.loop import Loop
from app.load.staff import PATIENCE_S, Staff

STAGGER_S = 2.0
"""Hosts do not press their keys in one instant: each step begins anywhere within so many seconds."""


class Troupe:
    """A host and a stage of each show, dealt over the addresses of the server."""

    def __init__(self, loop: Loop, addresses: list[tuple[str, int]], shows: list[dict[str, Any]]) -> None:
        self.loop = loop
        self.staffs = [Staff(loop, addresses[n % len(addresses)], one) for n, one in enumerate(shows)]

    def connect(self) -> None:
        """All enter."""
        for staff in self.staffs:
            staff.connect()

    @property
    def phase(self) -> str:
        """The phase that every host sees; "" while they see different ones."""
        phases = {staff.phase for staff in self.staffs}
        return phases.pop() if len(phases) == 1 else ""

    @property
    def no(self) -> int | None:
        """The opening: the shows are alike, so it is the same in all."""
        return self.staffs[0].no

    @property
    def asks(self) -> list[dict[str, Any]]:
        """The asks of the first show."""
        return self.staffs[0].asks

    def advance(self, to: str) -> None:
        """The next step of every show that is not there yet, each at its own moment."""
        self._together([staff for staff in self.staffs if staff.phase != to], lambda staff: staff.phase == to)

    def forward(self) -> str:
        """The next step of every show, wherever it leads; the phase all see then."""
        was = {staff: (staff.phase, staff.no) for staff in self.staffs}
        self._together(self.staffs, lambda staff: staff.has_left(*was[staff]))
        return self.phase

    def _together(self, staffs: list[Staff], there: Any) -> None:
        began = monotonic()
        for number, staff in enumerate(staffs):
            self.loop.at(began + number * STAGGER_S / len(staffs), partial(staff.press, "advance", there))
        self.wait(lambda: all(there(staff) for staff in staffs), "every show to go on")

    def wait(self, true: Any, about: str, patience_s: float = PATIENCE_S) -> None:
        """Let things happen until something is true."""
        self.staffs[0].wait(true, about, patience_s)

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run(lambda: False, seconds)
