"""One person who takes a contest over HTTP, on a connection that is kept: starts, saves, hands in."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from time import monotonic
from typing import Any

import msgspec

from app.load import wire
from app.load.choices import choice_of
from app.load.contest_data import Signed
from app.load.loop import READ, WRITE, Loop

Heard = Callable[[int, dict[str, str], bytes], None]
PAPER = re.compile(rb'id="paper">(.*?)</script>', re.DOTALL)
TICKET = re.compile(rb'name="scs-ticket" content="([^"]+)"')


class Taker:
    """At most one request is under way; what was acknowledged stands in `kept`: place -> (revision, choice)."""

    def __init__(self, loop: Loop, address: tuple[str, int], number: int, signed: Signed) -> None:
        self.loop, self.address, self.number, self.signed = loop, address, number, signed
        self.sock: socket.socket | None = None
        self.attempt = self.ticket = ""
        self.faces: list[dict[str, Any]] = []
        self.kept: dict[int, tuple[int, Any]] = {}
        self.count = 0
        self.busy = False
        self._rest = self._asked = b""
        self._heard: Heard | None = None

    # --- HTTP

    def ask(self, request: bytes, heard: Heard) -> None:
        """Send a request; a connection that was closed meanwhile is opened again and the request sent again."""
        self.busy, self._heard, self._asked, self._rest = True, heard, request, b""
        if self.sock is None:
            self._dial()
            return
        try:
            self.sock.send(request)
        except OSError:
            self._again()

    def _dial(self) -> None:
        self.sock = sock = socket.socket()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def ready() -> None:
            self.loop.watch(sock.fileno(), self._read, READ)
            try:
                sock.send(self._asked)
            except OSError:
                self._again()

        self.loop.watch(sock.fileno(), ready, WRITE)
        sock.connect_ex(self.address)

    def _again(self) -> None:
        self.hang_up()
        self._rest = b""
        self.loop.at(monotonic() + 0.05, self._dial)

    def hang_up(self) -> None:
        if self.sock is not None:
            self.loop.forget(self.sock.fileno())
            self.sock.close()
            self.sock = None

    def _read(self) -> None:
        assert self.sock  # noqa: S101
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            if self.busy:
                self._again()
            else:
                self.hang_up()
            return
        self._rest += data
        reply = wire.response(self._rest)
        if reply and self._heard:
            status, headers, body = reply
            self._rest, self.busy = b"", False
            if headers.get("connection") == "close":
                self.hang_up()
            self._heard(status, headers, body)

    def _head(self, method: str, path: str, *lines: str) -> bytes:
        head = [f"{method} {path} HTTP/1.1", f"Host: {wire.host(self.address)}", *lines, "", ""]
        return "\r\n".join(head).encode()

    # --- a try

    def start(self, contest: str, told: Callable[[int], None], then: Callable[[int], None]) -> None:
        """Begin a try and open its paper; `told(status)` of the start, `then(status)` once the paper is there."""
        form = f"agreed=yes&csrf_token={self.signed.form}".encode()
        cookie = f"Cookie: scs={self.signed.cookie}"
        head = self._head(
            "POST",
            f"/contests/{contest}/start",
            cookie,
            f"Content-Length: {len(form)}",
            "Content-Type: application/x-www-form-urlencoded",
        )

        def begun(status: int, headers: dict[str, str], body: bytes) -> None:
            told(status)
            if status != 303:
                then(status)
                return
            self.attempt = headers["location"].rpartition("/")[2]
            self.ask(self._head("GET", f"/tries/{self.attempt}", cookie), opened)

        def opened(status: int, headers: dict[str, str], body: bytes) -> None:
            paper, ticket = PAPER.search(body), TICKET.search(body)
            if paper and ticket:
                self.faces = [json.loads(paper[1])["faces"]][0]
                self.ticket = ticket[1].decode()
            then(status)

        self.ask(head + form, begun)

    def tell(self, message: dict[str, Any], heard: Callable[[int, dict[str, Any]], None]) -> None:
        """Send one message to the door of contests."""
        body = msgspec.json.encode(message)
        head = self._head(
            "POST",
            "/taking",
            f"Authorization: Bearer {self.ticket}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        )
        self.ask(head + body, lambda status, headers, said: heard(status, msgspec.json.decode(said)))

    def save(self, then: Callable[[str, float], None], since: float = 0.0) -> None:
        """Save the answer of the next question; `then(code, seconds since)`."""
        self.count += 1
        place, since = self.count % len(self.faces), since or monotonic()
        choice = choice_of(self.faces[place], self.number + self.count)
        seen = self.kept.get(place, (0, None))[0]

        def heard(status: int, said: dict[str, Any]) -> None:
            if said["ok"]:
                self.kept[place] = (said["revision"], choice)
            then("ok" if said["ok"] else said["code"], monotonic() - since)

        self.tell(
            {"do": "answer", "place": place, "choice": choice, "device": "load", "count": self.count, "seen": seen},
            heard,
        )
