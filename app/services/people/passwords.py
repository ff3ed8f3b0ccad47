"""Passwords: what is acceptable, and argon2id on its own bounded native threads.

A hash takes tens of milliseconds of CPU and 19 MiB (OWASP's first choice: m=19 MiB, t=2, p=1), so it
runs neither on the event loop nor on the writer thread, and only so many may wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizzes.refusals import Rejected
from quizzes.text import fold

SHORTEST, LONGEST = 8, 128
"""Length of a password in characters."""
THREADS = 2
"""How many passwords are hashed at once."""
WAITING = 200
"""At most this many sign-ins queue for a thread; a queue of 200 is cleared in about 4 s on two cores."""

COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text().split())
"""The passwords that people here really choose; compared without marks, case and spaces."""


def weakness(password: str, *, login: str = "") -> str | None:
    """The reason why this password cannot be taken (`too_short`, `too_long`, `too_common`), or None."""
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    plain = fold(password).replace(" ", "")
    steps = {ord(b) - ord(a) for a, b in pairwise(plain)}
    one_run = len(steps) == 1 and steps <= {-1, 0, 1}
    if one_run or len(set(plain)) < 3 or plain in COMMON or (login and fold(login) in plain and len(plain) < 16):
        return "too_common"
    return None


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return str(_apart(lambda: _hasher().hash(password)))


def matches(stored: str | None, password: str) -> bool:
    """True when the password is right. An account without one takes as long to answer, so nobody can tell them
    apart."""
    return bool(_apart(lambda: _verify(stored, password)))


def outdated(stored: str) -> bool:
    """True when the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _hasher().verify(stored or _nobody(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


_places = threading.BoundedSemaphore(WAITING)


def _apart(work: Callable[[], Any]) -> Any:
    """Run on the password threads. Refuses with `busy` when too many already wait."""
    if not _places.acquire(blocking=False):
        raise Rejected("busy")
    try:
        return _threads()(work)
    finally:
        _places.release()


@cache
def _threads() -> Callable[[Callable[[], Any]], Any]:
    from gevent import monkey

    if monkey.is_module_patched("socket"):
        from gevent.threadpool import ThreadPool

        return ThreadPool(THREADS).apply  # type: ignore[no-any-return]
    pool = ThreadPoolExecutor(THREADS, "passwords")
    return lambda work: pool.submit(work).result()
