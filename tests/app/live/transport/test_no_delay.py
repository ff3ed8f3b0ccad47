"""The real program sends at once: a second answer on a kept connection does not wait for the first's
acknowledgement."""

from __future__ import annotations

import ctypes
import os
import socket
from contextlib import suppress
from pathlib import Path

from tests.app.live.hall import port_of
from tests.app.live.raw_socket import Raw
from tests.serving import Server

PIDFD_OPEN, PIDFD_GETFD = 434, 438


def accepted(pid: int, ours: tuple[str, int]) -> socket.socket:
    """The other end of our connection, a copy of the server's own descriptor."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    process = call(PIDFD_OPEN, pid, 0)
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                if not os.readlink(f"/proc/{pid}/fd/{name}").startswith("socket:"):
                    continue
                copy = socket.socket(fileno=call(PIDFD_GETFD, process, int(name), 0))
                with suppress(OSError):
                    if copy.getpeername() == ours:
                        return copy
                copy.close()
    finally:
        os.close(process)
    raise LookupError(f"no connection of {ours} among {len(list(Path(f'/proc/{pid}/fd').iterdir()))} files")


def test_the_connections_that_the_program_accepts_send_without_delay(server: Server) -> None:
    with Raw(port_of(server)) as raw:
        raw.send(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert raw.response().startswith("HTTP/1.1 200")
        with accepted(server.note["pid"], raw.sock.getsockname()) as theirs:
            assert theirs.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
