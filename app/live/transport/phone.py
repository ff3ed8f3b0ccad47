"""One connection: it reads without a greenlet of its own and ends on every kind of abuse.

The event loop calls `on_readable` in the hub, where nothing may block. Whole messages wait in
`inbox`, and the hall lends a worker greenlet to handle them one after another. It stands where engineio expects
its `Socket`: `closed`, `connected`, `upgraded`, `session`, `send` and `close` are what engineio uses of it.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from app.live.transport.arrivals import arrivals
from app.live.transport.frames import (
    BINARY,
    CLOSE,
    PING,
    POLICY,
    PONG,
    PROTOCOL_ERROR,
    TEXT,
    UNSUPPORTED,
    Frames,
    Violation,
    frame,
)
from app.live.transport.kernel import ANCILLARY_BYTES
from app.live.transport.turns import take_turn
from app.live.transport.wire import NORMAL, House, Wire

TIMELY = '"answer"'
ENGINE_PING = frame(TEXT, b"2")
BUFFER = bytearray(65536)  # shared: reading and parsing happen in one go, without a switch in between
BUFFERS, VIEW = [BUFFER], memoryview(BUFFER)


class Phone(Wire):
    __slots__ = (
        "busy", "connected", "frames", "inbox", "last_ping", "next_ping", "nowhere_until", "purse", "purse_at",
        "session", "upgraded", "was_refused",
    )  # fmt: skip

    def __init__(self, hall: House, sid: str, sock: Any, next_ping: float) -> None:
        super().__init__(hall, sid, sock)
        now = monotonic()
        self.frames = Frames(hall.limits.message_bytes, hall.limits.inbound_burst // hall.limits.frame_cost)
        self.session: dict[str, Any] = {}
        self.connected = self.upgraded = True  # to engineio: a finished upgrade to WebSocket
        self.busy = self.was_refused = False
        self.inbox: list[tuple[int, str | None]] = []  # (arrival, packet); None for the end
        self.purse, self.purse_at = float(hall.limits.inbound_burst), now
        self.last_ping: float | None = None  # when the unanswered ping was sent
        self.next_ping = next_ping
        self.nowhere_until: float | None = now + hall.limits.connect_s  # while in no namespace: when that has to end

    def open(self) -> None:
        self.reader.start(self.on_readable)

    def forgive(self, seconds: float) -> None:
        """Time in which nothing was read counts against nobody."""
        if self.flow is not None:
            self.flow.since += seconds
        if self.last_ping is not None:
            self.last_ping += seconds
        if self.nowhere_until is not None:
            self.nowhere_until += seconds

    # -- reading, in the hub

    def on_readable(self) -> None:
        try:
            size, ancillary, _, _ = self.sock.recvmsg_into(BUFFERS, ANCILLARY_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            size = 0
        try:
            if not size:
                self.lost()
            elif not self.closed:  # a closed one is not listened to any more
                self.take(bytes(VIEW[:size]), arrivals.stamp(ancillary))
        except Exception:  # the event loop would call again for ever
            self.hall.log.exception("connection given up")
            self.lost()

    def take(self, data: bytes, at: int) -> None:
        try:
            messages = self.frames.feed(data)
            self._pay(len(data) + (self.frames.count or 1) * self.hall.limits.frame_cost)
            for opcode, payload in messages:
                if not self.closed:
                    self._read(opcode, payload, at)
        except Violation as violation:
            self.hall.log.info("cut %s: %s", self.sid, violation)
            self.hang_up(violation.code, self.hall.eio.reason.TRANSPORT_ERROR, linger=False)
        if self.inbox:
            self._count()
            if not self.busy:
                self.hall.serve(self)

    def _count(self) -> None:
        """While an answer waits, not everything has been read: unless nobody will listen to it."""
        oldest = next((at for at, packet in self.inbox if packet and TIMELY in packet), None)
        if oldest is not None and self.hall.is_inside(self):
            arrivals.waiting[self] = oldest
        else:
            arrivals.waiting.pop(self, None)

    def _pay(self, cost: int) -> None:
        self.purse -= cost
        if self.purse < 0:
            now, limits = monotonic(), self.hall.limits
            self.purse = min(limits.inbound_burst, self.purse + (now - self.purse_at) * limits.inbound_rate)
            self.purse_at = now
            if self.purse < 0:
                raise Violation(POLICY, "too much")

    def _read(self, opcode: int, payload: str | bytes, at: int) -> None:
        if opcode == TEXT:
            packet = payload[:1]
            if packet == "4":
                if len(self.inbox) >= self.hall.limits.inbox_cap:
                    raise Violation(POLICY, "too much that waits")
                self.inbox.append((at, payload))  # type: ignore[arg-type]
            elif packet == "3":
                if self.last_ping is None:  # a phone that reads nothing can only guess when it is asked
                    raise Violation(PROTOCOL_ERROR, "a pong without a ping")
                self.last_ping, self.next_ping = None, monotonic() + self.hall.limits.ping_interval_s
            elif packet == "1":
                self.hang_up(NORMAL, self.hall.eio.reason.CLIENT_DISCONNECT)
            else:
                raise Violation(PROTOCOL_ERROR, "not an Engine.IO packet for a server")
        elif opcode == PING:
            self.write(frame(PONG, payload))  # type: ignore[arg-type]
        elif opcode == CLOSE:
            self.hang_up(NORMAL, self.hall.eio.reason.TRANSPORT_CLOSE)
        elif opcode == BINARY:
            raise Violation(UNSUPPORTED, "binary message")

    # -- handling, in a worker

    def work(self, worker: Any) -> None:
        """Handle the inbox until it is empty, in the order of arrival."""
        inbox = self.inbox
        try:
            while inbox:
                at, packet = inbox.pop(0)
                self._count()
                if packet is None:
                    self.hall.left(self)
                elif not self.closed or self.hall.is_inside(self):
                    worker.received_us = at
                    self._handle(packet, worker)
                if inbox:
                    take_turn()  # a phone that sends many at once takes turns with all others
        finally:
            self.busy = False

    def _handle(self, packet: str, worker: Any) -> None:
        try:
            self.hall.handle(self, packet, worker)
        except Violation as violation:
            self.hall.log.info("cut %s: %s", self.sid, violation)
            self.hang_up(violation.code, self.hall.eio.reason.TRANSPORT_ERROR, linger=False)

    def ended(self) -> None:
        self.inbox.append((arrivals.read_until_us, None))
        if not self.busy:
            self.hall.serve(self)
