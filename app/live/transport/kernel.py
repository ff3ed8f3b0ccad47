"""Asks the kernel about a connection: when its bytes came, whether the other side takes ours, how far away it is.

Where a system does not tell, the answer is 0.
"""

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
    """Bytes sent on a TCP connection that the other side has not taken yet."""
    return _waiting(descriptor, termios.TIOCOUTQ)


def unread(descriptor: int) -> int:
    """Bytes that came on a connection and that we have not read yet."""
    return _waiting(descriptor, termios.FIONREAD)


def _waiting(descriptor: int, which: int) -> int:
    try:
        return int.from_bytes(fcntl.ioctl(descriptor, which, bytes(4)), sys.byteorder)
    except (OSError, ValueError):  # closed meanwhile; -1 is no descriptor
        return 0


def segments_under_way(sock: Any) -> int:
    """Sent and not acknowledged: none where the other side has closed its window, for it does not read."""
    return _tcp_info(sock, 4)


def round_trip_s(sock: Any) -> float:
    """The round trip of the network, seconds; a new connection's first packets have shown it."""
    return _tcp_info(sock, 15) / 1e6


def lain_s(sock: Any) -> float:
    """How long the newest byte that came, or a connection without one, has been in the kernel, seconds."""
    return _tcp_info(sock, 11) / 1e3


def _tcp_info(sock: Any, number: int) -> int:
    """One of the counters of Linux' `struct tcp_info`, which follow its first eight bytes."""
    if sys.platform != "linux":
        return 0
    try:
        found = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
        return int(struct.unpack_from("=I", found, 8 + 4 * number)[0])
    except (OSError, struct.error):
        return 0
