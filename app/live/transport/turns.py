"""A whole turn of the event loop: what has arrived is read before the caller goes on.

`gevent.sleep(0)` promises less: those who sleep so follow one another, at least fifty times and for a switch interval,
before the loop looks at its sockets, so a crowd that arrives would be served before an answer that was sent earlier.
"""

import os

import gevent

_NEVER_READ, ALWAYS_READY = os.pipe()
WRITE = 2
LAST = -1
"""The priority of who takes a turn: after everything else that the loop has found."""


def take_turn() -> None:
    """Let everybody else go first, once. Costs some microseconds and never waits where nothing is to be done."""
    hub = gevent.get_hub()
    watcher = hub.loop.io(ALWAYS_READY, WRITE, True, LAST)
    try:
        hub.wait(watcher)
    finally:
        watcher.close()
