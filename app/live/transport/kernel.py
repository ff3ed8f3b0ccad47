"""What the kernel knows of a connection beside its bytes: when they came, and how many the other side has taken."""

import fcntl
import socket
import struct
import sys
import termios
from typing import Any

# Linux, every architecture but parisc and sparc; the standard library does not name it.
SO_TIMESTAMPNS = 35 if sys.platform == "linux" else None
TIMESPEC = struct.Struct("@ll")
ANCILLARY_BYTES = socket.CMSG_SPACE(TIMESPEC.size) if SO_TIMESTAMPNS else 0


def ask_for_stamps(sock: Any) -> None:
    """Let the kernel stamp what this socket, or connections accepted from it, receive."""
    if SO_TIMESTAMPNS:
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)


def stamp_ns(ancillary: list[tuple[int, int, bytes]]) -> int | None:
    """When the kernel received what came with these control messages, ns since 1970 by the system's clock."""
    for level, kind, data in ancillary:
        if kind == SO_TIMESTAMPNS and level == socket.SOL_SOCKET and len(data) == TIMESPEC.size:
            seconds, nanoseconds = TIMESPEC.unpack(data)
            return int(seconds) * 1_000_000_000 + int(nanoseconds)
    return None


def unacknowledged(descriptor: int) -> int:
    """Bytes sent on a TCP connection that the other side has not taken yet; 0 where the system does not tell."""
    try:
        return int.from_bytes(fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except OSError:
        return 0
