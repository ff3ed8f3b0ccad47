"""One connection: reads without a greenlet of its own, never blocks a sender, and ends on every kind of abuse.

The event loop calls `on_readable` and `on_writable` in the hub, where nothing may block. Whole messages wait in
`inbox`, and the hall lends a worker greenlet to handle them one after another. It stands where engineio expects
its `Socket`: `closed`, `connected`, `upgraded`, `session`, `send` and `close` are what engineio uses of it.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from app.live.transport.arrivals import arrivals
from app.live.transport.flow import Flow
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
from app.live.transport.turns import WRITE, take_turn
from app.measures import SLOW_PHONES

if TYPE_CHECKING:
    from app.live.transport.hall import Hall, Worker

NORMAL = 1000
READ = 1
TIMELY = '"answer"'
ENGINE_PING = frame(TEXT, b"2")
BUFFER = bytearray(65536)  # shared: reading and parsing happen in one go, without a switch in between
BUFFERS, VIEW = [BUFFER], memoryview(BUFFER)


class Phone:
    __slots__ = (
        "busy",
        "closed",
        "connected",
        "deadline",
        "flow",
        "frames",
        "hall",
        "inbox",
        "last_ping",
        "next_ping",
        "nowhere_until",
        "outbox",
        "purse",
        "purse_at",
        "queued",
        "reader",
        "reason",
        "session",
        "sid",
        "sock",
        "upgraded",
        "was_refused",
        "writer",
    )

    def __init__(self, hall: Hall, sid: str, sock: Any, next_ping: float) -> None:
        now = monotonic()
        self.hall, self.sid, self.sock = hall, sid, sock
        self.frames = Frames(hall.limits.message_bytes, hall.limits.inbound_burst // hall.limits.frame_cost)
        self.session: dict[str, Any] = {}
        self.connected = self.upgraded = True  # to engineio: a finished upgrade to WebSocket
        self.closed = self.busy = self.was_refused = False
        self.inbox: list[tuple[int, str | None]] = []  # (arrival, packet); None for the end
        self.outbox: list[bytes | memoryview] = []  # a memoryview is a frame already begun
        self.queued = 0  # bytes in the outbox
        self.purse, self.purse_at = float(hall.limits.inbound_burst), now
        self.last_ping: float | None = None  # when the unanswered ping was sent
        self.next_ping = next_ping
        self.nowhere_until: float | None = now + hall.limits.connect_s  # while in no namespace: when that has to end
        self.flow: Flow | None = None  # while the outbox is not empty
        self.deadline = 0.0  # of the last words, once closed
        self.reason = ""
        self.reader = hall.loop.io(sock.fileno(), READ)
        self.writer: Any = None

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
            elif not self.closed:  # else they are not listened to any more
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
                if self.last_ping is None:  # who reads nothing can only guess when it is asked
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

    def work(self, worker: Worker) -> None:
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
                    take_turn()  # who sends many at once takes turns with everybody else
        finally:
            self.busy = False

    def _handle(self, packet: str, worker: Worker) -> None:
        try:
            self.hall.handle(self, packet, worker)
        except Violation as violation:
            self.hall.log.info("cut %s: %s", self.sid, violation)
            self.hang_up(violation.code, self.hall.eio.reason.TRANSPORT_ERROR, linger=False)

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
        """Whether a full connection has taken no byte for too long."""
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
        self.inbox.append((arrivals.read_until_us, None))
        if not self.busy:
            self.hall.serve(self)

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
