"""A whole turn of the event loop: what has arrived is read before the caller goes on.

`gevent.sleep(0)` promises less: those who sleep so follow one another, at least fifty times and for a switch interval,
before the loop looks at its sockets, so a crowd that arrives would be served before an answer that was sent earlier.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import gevent
from gevent.lock import Semaphore

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NEVER_READ, ALWAYS_READY = os.pipe()
WRITE = 2
"""The flag of libev for: the descriptor can be written to."""
LAST = -1
"""The priority of who takes a turn: after everything else that the loop has found."""
FEW = 100
"""How many of a line are under way together."""
LINE_S = 10.0
"""How long a request stands in line before it goes in beside the others, seconds."""


def take_turn() -> None:
    """Let everybody else go first, once. Costs some microseconds and never waits where nothing is to be done."""
    hub = gevent.get_hub()
    watcher = hub.loop.io(ALWAYS_READY, WRITE, True, LAST)
    try:
        hub.wait(watcher)
    finally:
        watcher.close()


class InTurns:
    """A WSGI application that begins one request in each turn of the loop: a thousand that come in one instant would
    hold up everybody else for as long as all of them take. Paths in `at_once` do not wait.

    Of those in `in_line` at most `FEW` are under way together, for each holds a whole request context until its commit;
    who has stood in line for `LINE_S` goes in beside them.
    """

    def __init__(
        self, application: WSGIApplication, at_once: frozenset[str], in_line: frozenset[str] = frozenset()
    ) -> None:
        self._application, self._at_once, self._in_line = application, at_once, in_line
        self._next, self._room = Semaphore(), Semaphore(FEW)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path in self._at_once:
            return self._application(environ, start_response)
        if path not in self._in_line or not self._room.acquire(timeout=LINE_S):
            return self._in_turn(environ, start_response)
        try:
            return self._in_turn(environ, start_response)
        finally:
            self._room.release()

    def _in_turn(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._next:
            take_turn()
        return self._application(environ, start_response)
