"""Limits how many messages a try may send: a purse that fills as time passes."""

from __future__ import annotations

import time
from collections import OrderedDict

RATE = 8.0
"""Messages a try gains each second."""
BURST = 260.0
"""Messages a full purse holds: a phone that was away sends its whole paper at once."""
MOST_PURSES = 50_000
"""Purses kept; the least used beyond are forgotten."""


class Purses:
    """A purse for each try: saving costs one, a second gives `RATE`. The least used are forgotten."""

    def __init__(self) -> None:
        self._purses: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def pays(self, name: str) -> bool:
        """True when the try may save once more now."""
        now = time.monotonic()
        left, since = self._purses.pop(name, (BURST, now))
        left = min(BURST, left + (now - since) * RATE)
        self._purses[name] = (left - 1 if left >= 1 else left, now)
        if len(self._purses) > MOST_PURSES:
            self._purses.popitem(last=False)
        return left >= 1
