"""The outgoing half of a connection: it never blocks who sends, and knows how a connection ends.

What the socket does not take waits in `outbox`; the event loop calls `on_writable` in the hub, where nothing may block.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from logging import Logger
from time import monotonic
from typing import Any, Protocol

from app.live.transport.flow import Flow
from app.live.transport.frames import BINARY, CLOSE, POLICY, TEXT, frame
from app.live.transport.limits import Limits
from app.live.transport.turns import WRITE
from app.measures import SLOW_PHONES

NORMAL = 1000
"""The code of RFC 6455 for a connection that has done its work."""
READ = 1
"""The flag of libev for: the descriptor can be read from."""


class House(Protocol):
    """The part of the hall that a connection uses."""

    limits: Limits
    loop: Any
    eio: Any
    log: Logger
    farewell: bytes
    phones: set[Any]
    full: set[Any]

    def serve(self, phone: Any) -> None: ...
    def left(self, phone: Any) -> None: ...
    def is_inside(self, phone: Any) -> bool: ...
    def handle(self, phone: Any, text: str, worker: Any) -> None: ...


class Wire(ABC):
    __slots__ = ("closed", "deadline", "flow", "hall", "outbox", "queued", "reader", "reason", "sid", "sock", "writer")

    def __init__(self, hall: House, sid: str, sock: Any) -> None:
        self.hall, self.sid, self.sock = hall, sid, sock
        self.closed = False
        self.outbox: list[bytes | memoryview] = []  # a memoryview is a frame already begun
        self.queued = 0  # bytes in the outbox
        self.flow: Flow | None = None  # while the outbox is not empty
        self.deadline = 0.0  # of the last words, once closed
        self.reason = ""
        self.reader = hall.loop.io(sock.fileno(), READ)
        self.writer: Any = None

    @abstractmethod
    def ended(self) -> None:
        """The connection has just been closed: whoever listened to it is told."""

    # -- writing, from anywhere on the loop

    def send(self, packet: Any) -> None:
        """Send an Engine.IO packet. One packet for thousands is framed once."""
        try:
            data = packet.frame
        except AttributeError:
            text = packet.encode()
            data = packet.frame = frame(BINARY, text) if packet.binary else frame(TEXT, text.encode())
        if not self.closed:
            self.write(data)

    def write(self, data: bytes) -> None:
        if self.outbox:
            self.outbox.append(data)
            self.queued += len(data)
            if len(self.outbox) > self.hall.limits.queue_cap or self.queued > self.hall.limits.queue_bytes:
                self._too_slow()
            return
        try:
            sent = self.sock.send(data)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self.lost()
            return
        if sent < len(data):
            self.outbox.append(memoryview(data)[sent:])
            self.queued = len(data) - sent
            self.flow = Flow(self.sock)
            self.hall.full.add(self)
            self.writer = self.writer or self.hall.loop.io(self.sock.fileno(), WRITE)
            self.writer.start(self.on_writable)

    def on_writable(self) -> None:
        outbox = self.outbox
        try:
            while outbox:
                sent = self.sock.send(outbox[0])
                self.queued -= sent
                if sent and self.flow is not None:
                    self.flow.moved()
                if sent < len(outbox[0]):
                    outbox[0] = memoryview(outbox[0])[sent:]
                    return
                del outbox[0]
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self.lost()
            return
        self.writer.stop()
        self.flow = None
        self.hall.full.discard(self)
        if self.closed:
            self._half_close()

    def is_stuck(self, now: float) -> bool:
        """True when a full connection has taken no byte for too long."""
        limits = self.hall.limits
        return self.flow is not None and self.flow.is_stuck(now, limits.send_timeout_s, limits.away_s)

    def _too_slow(self) -> None:
        """Forget what waits, except the rest of a frame already begun, and say why."""
        SLOW_PHONES.inc()
        self.outbox[1 if isinstance(self.outbox[0], memoryview) else 0 :] = [self.hall.farewell]
        self.hall.log.info("cut %s: too slow", self.sid)
        self.hang_up(POLICY, self.hall.eio.reason.TRANSPORT_ERROR)

    # -- the end

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """Engine.IO's way to end a connection; what was sent before still arrives."""
        self.hang_up(NORMAL, reason or self.hall.eio.reason.SERVER_DISCONNECT, linger=not abort)

    def lost(self) -> None:
        """The other side is gone."""
        self.hang_up(NORMAL, self.hall.eio.reason.TRANSPORT_CLOSE, linger=False)
        self.drop()

    def hang_up(self, code: int, reason: str, linger: bool = True) -> None:
        """Say goodbye, end, and let a worker tell the application. Only the first call counts.

        With `linger` the last words get a second to arrive; the kernel would throw them away if the socket were
        closed while something unread had come in.
        """
        if self.closed:
            return
        self.closed, self.reason = True, reason
        self.deadline = monotonic() + self.hall.limits.linger_s
        self.outbox.append(frame(CLOSE, code.to_bytes(2, "big")))
        if self.writer is None or not self.writer.active:
            self.writer = self.writer or self.hall.loop.io(self.sock.fileno(), WRITE)
            self.on_writable()
        if not linger:
            self.drop()
        self.ended()

    def _half_close(self) -> None:
        try:
            self.sock.shutdown(1)
        except OSError:
            self.drop()

    def drop(self) -> None:
        """Give the descriptor back."""
        if self.sock is None:
            return
        for watcher in (self.reader, self.writer):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        self.sock.close()
        self.sock = self.reader = self.writer = None
        self.outbox.clear()
        self.hall.full.discard(self)
        self.hall.phones.discard(self)
