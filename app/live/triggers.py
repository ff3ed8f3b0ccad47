"""Tells machines of the hall (lights, mixer, recorder) what a show has come to, at the addresses the operator lists.

Each moment is one POST of a few words, by the worker that moved the show: no name, no answer, no key. A machine has a
second to take it; nothing is followed, nothing it says is read, and what waits too long is dropped: a show waits for
no lamp.
"""

from __future__ import annotations

import json
import socket
import time
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import gevent
import structlog
from gevent.queue import Full, Queue

from app.services.shows import listing, shows
from quizzes.show.state import ShowState

log = structlog.get_logger()

Told = tuple[int, dict[str, object]]

PATIENCE_S = 1.0  # how long one request to an address may take
MOST_WAITING = 50
"""How many moments wait for one address, at most."""
MOMENTS = frozenset({
    "lobby", "round", "ready", "open", "closed", "revealed", "standings", "break", "paused", "suspended", "over",
    "blackout",
})  # fmt: skip
"""The moments that are told. `round` comes before the first phase of each round."""
Stand = tuple[str, int, int | None, bool]
"""(phase, round, question, whether the stage is dark)."""
LOBBY: Stand = ("lobby", -1, None, False)


def moments_of(state: ShowState, before: Stand | None) -> list[str]:
    """The moments a show has reached since it stood at `before`; None where this worker has not seen it yet."""
    now = stand(state)
    if before is None:
        before = now if state.last_no else LOBBY
    found = ["blackout"] if now[3] and not before[3] else []
    if now[1] != before[1]:
        found.append("round")
    if now[0] in MOMENTS and (now[0], now[1], now[2]) != before[:3]:
        found.append(now[0])
    return found


def stand(state: ShowState) -> Stand:
    """The part of a show's state that triggers tell: phase, round, opening, blackout."""
    return state.phase, state.index, state.no, state.blackout


class Triggers:
    """One queue and one greenlet for each address, so that one machine that hangs holds up no other."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self._queues = {address: Queue(MOST_WAITING) for address in addresses}
        self._stood: dict[int, Stand] = {}

    def start(self) -> None:
        """Begin to tell."""
        for address, queue in self._queues.items():
            gevent.spawn(_tell_for_ever, address, queue)

    def moved(self, show_id: int) -> None:
        """A commit of this worker moved a show on."""
        if not self._queues:
            return
        state = shows.replica(show_id).state
        moments = moments_of(state, self._stood.get(show_id))
        self._stood[show_id] = stand(state)
        if state.phase == "over":
            del self._stood[show_id]
        for moment in moments:
            said = {"moment": moment, "round": state.index + 1, "question": state.no, "at": round(time.time(), 3)}
            self._tell((show_id, said))

    def _tell(self, what: Told) -> None:
        for address, queue in self._queues.items():
            try:
                queue.put_nowait(what)
            except Full:
                log.warning("a trigger is dropped", to=urlsplit(address).hostname)


def _tell_for_ever(address: str, queue: Queue[Told]) -> None:
    while True:
        show_id, said = queue.get()
        try:
            body = json.dumps({"show": listing.by_id(show_id).public_id, **said}).encode()
            with gevent.Timeout(PATIENCE_S):
                post(address, body)
        except gevent.Timeout:
            log.warning("a trigger is not taken in time", to=urlsplit(address).hostname)
        except Exception as problem:  # a machine, or the database, may do anything: the next moment is told again
            log.warning("a trigger is not taken", to=urlsplit(address).hostname, why=type(problem).__name__)


def post(address: str, body: bytes) -> None:
    """Send it; what the other side answers is not read."""
    parts, line = urlsplit(address), line_to(address)
    try:
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", where, body, {"Content-Type": "application/json"})
        line.getresponse()
    finally:
        line.close()


def line_to(address: str) -> HTTPConnection:
    """The line to a machine, not opened yet. The port is said: the end of an IPv6 number would be taken for one."""
    parts = urlsplit(address)
    of, usual = (_Secure, 443) if parts.scheme == "https" else (_Line, 80)
    return of(parts.hostname or "", parts.port or usual, timeout=PATIENCE_S)


class _Line(HTTPConnection):
    """Reaches the address that was looked at, so that a name cannot turn into another one in between."""

    def connect(self) -> None:
        last: OSError = PermissionError("every address of this name leads to this machine itself")
        for *_, where in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            if may_stand_for(self.host, str(where[0])):
                try:
                    self.sock = socket.create_connection((str(where[0]), self.port), self.timeout)
                    return
                except OSError as problem:
                    last = problem
        raise last


class _Secure(HTTPSConnection, _Line):
    """The same over TLS, which goes on where the line stands."""


def may_stand_for(host: str, found: str) -> bool:
    """False where a name leads to this machine itself, or to no machine of a hall: whoever answers for a name may not
    choose among services that trust a neighbour. An operator who means them writes the number, or localhost."""
    if host == "localhost" or _number(host) is not None:
        return True
    one = _number(found)
    if isinstance(one, IPv6Address) and one.ipv4_mapped is not None:
        one = one.ipv4_mapped
    return one is not None and not (one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast)


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
