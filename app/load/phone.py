"""One client of the protocol: joins over HTTP, connects, keeps its screen, comes back as the browser does."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Callable
from time import monotonic
from typing import Any

from app.load import wire
from app.load.loop import READ, WRITE, Loop

FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 30.0
"""The waits of `static/js/live/backoff.js`."""

Acknowledged = Callable[[bool, dict[str, Any]], None]


class Phone:
    """`on_screen(phone, screen)` is told of every new screen, `on_lost(phone)` of every end of a connection."""

    __slots__ = ("address", "dialed_at", "in_bytes", "loop", "now", "number", "on_lost", "on_screen", "out_bytes",
                 "refused", "rest", "screen", "seat", "show", "sock", "spread_s", "take", "ticket", "tries",
                 "waiting")  # fmt: skip

    def __init__(
        self,
        loop: Loop,
        address: tuple[str, int],
        on_screen: Callable[[Phone, wire.Screen], None],
        on_lost: Callable[[Phone], None] = lambda _: None,
        ticket: str = "",
    ) -> None:
        self.loop, self.address, self.ticket = loop, address, ticket
        self.on_screen, self.on_lost = on_screen, on_lost
        self.sock: socket.socket | None = None
        self.take: Callable[[], None] = self._take_frames
        self.rest = b""
        self.screen: wire.Screen | None = None
        self.now: set[Any] = set()  # the phase and openings its owner last counted it for
        self.waiting: dict[int, Acknowledged] = {}
        self.seat = self.show = 0  # `show`: which of several, from 0
        self.number = self.in_bytes = self.out_bytes = self.tries = 0
        self.dialed_at = 0.0
        self.spread_s = 0.0
        self.refused = ""

    # --- the way in

    def join(self, pin: str, name: str, then: Callable[[int, float], None], cookie: str = "") -> None:
        """Take a seat, a member's with the cookie of a session; `then(status, Retry-After)`. The ticket is kept."""
        body = json.dumps({"pin": pin, "name": name, "device": f"a browser's secret: {name}"}).encode()
        self._dial(wire.post("/live/join", body, self.address, cookie), lambda: self._take_joined(then))

    def _take_joined(self, then: Callable[[int, float], None]) -> None:
        reply = wire.response(self.rest)
        if reply is None:
            return
        status, headers, body = reply
        self.hang_up()
        self.rest = b""
        if status in (200, 201):
            said = json.loads(body)
            self.ticket, self.seat = said["ticket"], said["seat"]
        then(status, float(headers.get("retry-after", 1)))

    def connect(self) -> None:
        """Open the connection; the first `screen` tells that it stands."""
        self.dialed_at = self.dialed_at or monotonic()  # a phone that dials again has waited since its first try
        self._dial(wire.upgrade(self.address), self._take_upgraded)

    def _dial(self, request: bytes, take: Callable[[], None]) -> None:
        self.rest, self.take = b"", take
        self.sock = sock = socket.socket(socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def ready() -> None:
            self.loop.watch(sock.fileno(), self._read, READ)
            self.send(request)

        self.loop.watch(sock.fileno(), ready, WRITE)
        sock.connect_ex(self.address)

    def _take_upgraded(self) -> None:
        head, found, rest = self.rest.partition(b"\r\n\r\n")
        if not found:
            return
        if b" 101 " not in head:
            self._lost()
            return
        self.take, self.rest = self._take_frames, rest
        self._take_frames()

    # --- messages

    def call(self, event: str, payload: bytes, then: Acknowledged) -> None:
        """Send an event; `then(ok, reply)` when it is acknowledged."""
        self.number += 1
        self.waiting[self.number] = then
        self.send(wire.frame(b'42/live,%d["%s",%s]' % (self.number, event.encode(), payload)))

    def send(self, data: bytes) -> None:
        if self.sock is None:
            return
        self.out_bytes += len(data)
        try:
            self.sock.send(data)  # a small message fits the buffer of whoever reads
        except OSError:
            self._lost()

    def _read(self) -> None:
        try:
            data = self.sock.recv(65536) if self.sock else b""
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
            return
        self.in_bytes += len(data)
        self.rest = self.rest + data if self.rest else data
        self.take()

    def _take_frames(self) -> None:
        messages, self.rest = wire.messages(self.rest)
        for message in messages:
            self._hear(message)

    def _hear(self, message: bytes) -> None:
        if message.startswith(b"43/live,"):
            number, ok, reply = wire.acknowledgement(message)
            then = self.waiting.pop(number, None)
            if then:
                then(ok, reply)
        elif message.startswith(wire.SCREEN):
            self.screen = wire.screen(message)
            self.tries = 0
            self.on_screen(self, self.screen)
        elif message == b"2":
            self.send(wire.PONG)
        elif message.startswith(b"0{"):
            self.send(wire.frame(b'40/live,{"ticket":"%s"}' % self.ticket.encode()))
        elif message.startswith(b"44"):
            self.refused = message.decode()
            self._lost()
        elif message.startswith(wire.GOING_DOWN):
            self.spread_s = json.loads(message[message.index(b"[") :])[1]["spread_s"]

    # --- the end, and the way back

    def hang_up(self) -> None:
        """End the connection without a word."""
        if self.sock is not None:
            self.loop.forget(self.sock.fileno())
            self.sock.close()
            self.sock = None

    def _lost(self) -> None:
        self.hang_up()
        self.waiting.clear()
        self.on_lost(self)

    def come_back(self) -> None:
        """Connect again after the browser's wait: anywhere in the spread that was announced, else with full jitter."""
        longest = self.spread_s or min(FIRST_WAIT_S * 2**self.tries, LONGEST_WAIT_S)
        self.spread_s, self.tries = 0.0, self.tries + 1
        self.loop.at(monotonic() + random.random() * longest, self.connect)  # noqa: S311
