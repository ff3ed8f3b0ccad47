"""A connection over TLS as the live transport reads and writes it."""

import contextlib
import socket
import ssl
from typing import Any


class Handshake:
    """A connection that owes us the rest of its TLS handshake."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.fileno = sock.fileno

    def abort(self) -> None:
        """Cut it; whoever reads from it sees the end."""
        with contextlib.suppress(OSError):
            self._sock._sock.shutdown(socket.SHUT_RDWR)


class TlsSocket:
    """A TLS connection with the few calls `Phone` makes. The stamp is read before the bytes are decrypted."""

    def __init__(self, sock: Any) -> None:
        sock.settimeout(0)
        self._sock = sock
        self.fileno, self.close, self.getsockopt = sock.fileno, sock.close, sock.getsockopt

    def recvmsg_into(self, buffers: list[bytearray], ancillary_bytes: int) -> tuple[int, list[Any], int, None]:
        _, ancillary, _, _ = self._sock._sock.recvmsg(1, ancillary_bytes, socket.MSG_PEEK)
        try:
            return self._sock.recv_into(buffers[0]), ancillary, 0, None
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise BlockingIOError from None

    def send(self, data: bytes | memoryview) -> int:
        sent: int = self._sock.send(data)
        return sent

    def shutdown(self, how: int) -> None:
        self._sock._sock.shutdown(how)
