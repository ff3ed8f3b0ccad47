"""Rates, counted by account, else by browser, else by address: a hall of 5,000 shares one address.

Counts live in memory, or in Redis when several workers share them. Redis gets 100 ms; when it fails,
the next 5 s are counted in memory, so a dead Redis never holds anybody up.
"""

from __future__ import annotations

import math
import time
from typing import Any, NoReturn

import structlog
from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.measures import REDIS_FAILURES
from app.security.forms import LIVE, SAFE
from app.security.headers import address
from app.security.sessions import current_member, device_key
from quizzes.refusals import Rejected

log = structlog.get_logger()

REST_S = 5.0
"""How long Redis is left alone after it failed, seconds."""
REDIS_S = 0.1  # how long a call to Redis may take
LOOK_EVERY_S = 10.0
"""The time between two clean-ups of the stored counts, seconds."""

WRITES = {"account": parse("240/minute"), "device": parse("120/minute"), "address": parse("6000/minute")}
"""Requests that change something."""
WRONG_PIN = parse("20/minute")
"""Wrong PINs of one address; a right PIN is never refused."""
SEAT_CODES = parse("10/minute")
"""Seat codes tried in one show from one address; who joins without a code is not counted and never refused."""
LETTERS = parse("10/hour")
"""Letters asked for by one account, or with a forgotten password from one address. A browser that has signed in as this
person before is counted alone."""
WRONG_SLIP = parse("30/10 minutes")
"""Wrong codes of slips from one address; a right code is never refused."""
YEARS = parse("6/day")
"""Years of birth tried to open one kept page of 1+2 in another browser."""
VOTES = parse("200/hour")
"""Votes in one poll by browsers without an account, from one address; who is signed in is not counted."""
SIGN_UPS = parse("600/hour")
"""New accounts from one address: a hall signs up in an evening."""
WRONG_HERE = [parse("5/minute"), parse("12/10 minutes")]
"""Wrong passwords for one account from one address, or from one browser that has signed in as this person before."""
WRONG_ANYWHERE = [parse("60/10 minutes")]
"""Wrong passwords for one account from everywhere; a browser that has signed in before is not held to it."""


class Memory(MemoryStorage):
    """Counts in memory, looked through for expired ones now and then: the library does it after every count, which
    at a thousand accounts costs more than the request that is counted. Windows are right without it."""

    _looked_at = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:
        now = time.monotonic()
        if now - self._looked_at > LOOK_EVERY_S:
            self._looked_at = now
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]


class Rates:
    """Moving windows over a store that may fail."""

    def __init__(self, redis_url: str) -> None:
        self._memory = MovingWindowRateLimiter(Memory())
        self._shared = self._of(redis_url) if redis_url else None
        self._resting_until = 0.0

    def spend(self, limit: RateLimitItem, *key: str) -> float:
        """Count one; the seconds to wait if that is too many (then nothing is counted), else 0."""
        return 0.0 if self._ask("hit", limit, key) else self.wait(limit, *key)

    def wait(self, limit: RateLimitItem, *key: str) -> float:
        """The seconds until one more is allowed, 0 for now."""
        reset, left = self._ask("get_window_stats", limit, key)
        return 0.0 if left > 0 else max(1.0, reset - time.time())

    def _ask(self, what: str, limit: RateLimitItem, key: tuple[str, ...]) -> Any:
        if self._shared is not None and time.monotonic() >= self._resting_until:
            try:
                return getattr(self._shared, what)(limit, *key)
            except Exception as problem:  # whatever the client raises, counting goes on here
                self._resting_until = time.monotonic() + REST_S
                REDIS_FAILURES.labels("rates").inc()
                log.warning("rate limits without redis", problem=type(problem).__name__)
        return getattr(self._memory, what)(limit, *key)

    @staticmethod
    def _of(redis_url: str) -> MovingWindowRateLimiter:
        url = redis_url.replace("valkey://", "redis://", 1)
        timeouts = {"socket_timeout": REDIS_S, "socket_connect_timeout": REDIS_S}
        return MovingWindowRateLimiter(storage_from_string(url, **timeouts))


def rates() -> Rates:
    """The counters of the application that answers now."""
    found: Rates = current_app.extensions["rates"]
    return found


def refuse(wait: float, code: str = "slow_down") -> NoReturn:
    """Answer 429 with the seconds to wait."""
    g.retry_after = math.ceil(wait)
    raise Rejected(code, seconds=g.retry_after)


def wrong_pin() -> float:
    """Count a wrong PIN of this address; the seconds it has to wait, 0 while it may go on."""
    return rates().spend(WRONG_PIN, "pin", address())


def wrong_slip() -> float:
    """Count a wrong code of a slip; the seconds this address has to wait, 0 while it may go on."""
    return rates().spend(WRONG_SLIP, "slip", address())


def year_of_birth(code: str) -> float:
    """Count a year tried with a kept page's code, right or wrong; the seconds its next one has to wait."""
    return rates().spend(YEARS, "year", code)


def seat_code(show_id: int) -> float:
    """Count a seat code before it is looked at, right or wrong, so that trying many at once tells nothing; the
    seconds this address has to wait in this show, 0 while it may go on."""
    return rates().spend(SEAT_CODES, "code", str(show_id), address())


def senders() -> list[tuple[str, str]]:
    """(account | device | address, which one): an account counts alone, a stranger's browser with its address."""
    member, device = current_member(), device_key()
    if member is not None:
        return [("account", str(member.id))]
    return [*([("device", device)] if device else []), ("address", address())]


def install(app: Flask) -> None:
    """Count what changes something; the live layer counts its own."""
    app.extensions["rates"] = Rates(app.config["SETTINGS"].redis_url)

    @app.before_request
    def count_writes() -> None:
        if request.method in SAFE or request.path.startswith(LIVE):
            return
        for kind, name in senders():
            wait = rates().spend(WRITES[kind], "write", kind, name)
            if wait:
                refuse(wait)

    @app.after_request
    def add_wait(response: Response) -> Response:
        if "retry_after" in g and response.status_code == 429:
            response.headers["Retry-After"] = str(g.retry_after)
        return response
