"""Ends a connection whose request is answered before it was read.

A socket that is closed while something unread lies in it resets the connection, and the answer is lost on the way. A
proxy that was still sending then tells its client 502, and may take this worker for dead.
"""

from __future__ import annotations

import contextlib
import socket
from time import monotonic
from typing import Any

from gevent import socket as green

from app.live.transport.turns import take_turn

HEAR_S = 1.0
"""How long a connection that is being closed is still read from, seconds."""
DROPPED = memoryview(bytearray(65_536))  # shared: nobody reads what is written here


def hear_out(sock: Any, most_bytes: int) -> None:
    """Send no more, and drop what still comes until the other side closes: not for long, not without end."""
    until, left, raw = monotonic() + HEAR_S, most_bytes, sock._sock  # below TLS: nothing is worth decrypting
    with contextlib.suppress(OSError):
        raw.shutdown(socket.SHUT_WR)
        while left > 0 and (wait_s := until - monotonic()) > 0:
            green.wait_read(raw.fileno(), timeout=wait_s)
            left -= raw.recv_into(DROPPED) or left  # nothing more: the end
            take_turn()
