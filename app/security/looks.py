"""Looks at a secret that is short enough to be guessed: so many wrong ones a minute, from however many addresses.

What is bounded is what guessing can win. `MOST` wrong looks a minute are 3,660 an hour at the most: of 900,000 PINs a
show has one, so all guessers together find it with 0.41 %. While fewer are wrong nobody is refused. When they are used
up, looks are dealt round by address: each address has its turn, whoever asks more often has it no sooner.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from itertools import islice
from time import monotonic

WINDOW_S = 60.0  # the time in which wrong guesses are counted
MOST = 60  # wrong guesses in that time
LONGEST_WAIT_S = 15.0
"""Nobody is told to come back later than that ..."""
STALE_S = 40.0
"""... and who has not come back for so long has given up the turn."""
MOST_IN_LINE = 5_000  # addresses that are counted at once


class Looks:
    """One purse of wrong looks. Ask `turn`, look, and tell `wrong` if it was; nobody else may look in between."""

    def __init__(self, most: int = MOST, clock: Callable[[], float] = monotonic) -> None:
        self.most, self._clock = most, clock
        self._wrong: deque[tuple[float, tuple[str, str]]] = deque()
        self._tried: set[tuple[str, str]] = set()
        self._line: OrderedDict[str, float] = OrderedDict()  # address -> when it last asked; in turn

    def turn(self, address: str) -> float:
        """0.0 where this address may look now, else the seconds after which it should ask again."""
        now = self._clock()
        self._forget(now)
        free = self.most - len(self._wrong)
        if free > len(self._line) or address in islice(self._line, max(0, free)):
            self._line.pop(address, None)
            return 0.0
        if address in self._line or len(self._line) < MOST_IN_LINE:
            self._line[address] = now
        return min(LONGEST_WAIT_S, max(1.0, len(self._line) * WINDOW_S / self.most))

    def wrong(self, address: str, guess: str) -> None:
        """Count a wrong guess. The same guess again from the same address tells nothing new and is not
        counted: a hall that types the PIN of yesterday is no attack."""
        if (address, guess) not in self._tried:
            self._tried.add((address, guess))
            self._wrong.append((self._clock(), (address, guess)))

    def right(self, address: str, guess: str) -> None:
        """Takes back a guess that was counted as wrong before it was known to be right."""
        if (address, guess) in self._tried:
            self._tried.discard((address, guess))
            self._wrong = deque(one for one in self._wrong if one[1] != (address, guess))

    def _forget(self, now: float) -> None:
        while self._wrong and self._wrong[0][0] <= now - WINDOW_S:
            self._tried.discard(self._wrong.popleft()[1])
        while self._line and next(iter(self._line.values())) < now - STALE_S:
            self._line.popitem(last=False)
