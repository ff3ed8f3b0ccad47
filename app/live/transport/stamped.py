"""A connection as a file for pywsgi, which remembers when the kernel received what was read last."""

from __future__ import annotations

import io
import socket
import ssl
from typing import Any

from gevent import socket as green

from app.live.transport.arrivals import arrivals
from app.live.transport.kernel import ANCILLARY_BYTES


class StampedFile(io.RawIOBase):
    """`at` is the arrival (µs since 1970) of the bytes read last. Waiting for more never stops the loop."""

    def __init__(self, sock: Any) -> None:
        super().__init__()
        self._sock = sock
        self.at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read once; None where nothing is there and the socket does not wait."""
        read = self._read_tls if hasattr(self._sock, "pending") else self._read
        try:
            size, ancillary = read(buffer)
        except (BlockingIOError, ssl.SSLWantReadError):
            return None
        self.at = arrivals.stamp(ancillary)
        return size

    def _read(self, buffer: Any) -> tuple[int, list[Any]]:
        size, ancillary, _, _ = self._sock.recvmsg_into([buffer], ANCILLARY_BYTES)
        return size, ancillary

    def _read_tls(self, buffer: Any) -> tuple[int, list[Any]]:
        """The stamp is looked at before the bytes are decrypted; what lies decrypted already was stamped before."""
        ancillary: list[Any] = []
        if not self._sock.pending():
            if self._sock.gettimeout() != 0.0:
                green.wait_read(self._sock.fileno(), timeout=self._sock.gettimeout())
            _, ancillary, _, _ = self._sock._sock.recvmsg(1, ANCILLARY_BYTES, socket.MSG_PEEK)
        return self._sock.recv_into(buffer), ancillary
