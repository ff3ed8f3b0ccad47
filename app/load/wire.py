"""Bytes of HTTP, WebSocket, Engine.IO and Socket.IO as a client needs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

PATH = "/socket.io/?EIO=4&transport=websocket"
SCREEN, GOING_DOWN = b'42/live,["screen"', b'42/live,["going_down"'
TEXT, FIN, MASKED = 1, 0x80, 0x80
"""The opcode of a text frame and the bits beside opcode and length, RFC 6455."""
NO_MASK = bytes(4)
"""A mask of zeros leaves the payload as it is: the server has the same work, the client none."""


@dataclass(frozen=True)
class Screen:
    """The parts of a `screen` that a client needs: where the show is, and its asks."""

    v: int
    size: int
    data: dict[str, Any]

    @property
    def phase(self) -> str:
        return str(self.data["phase"])

    @property
    def no(self) -> int | None:
        no: int | None = self.data["no"]
        return no


def post(path: str, body: bytes, address: tuple[str, int], cookie: str = "") -> bytes:
    """A request with a JSON body, on a connection of its own; with the cookie of a session where there is one."""
    session = f"Cookie: scs={cookie}\r\n" if cookie else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host(address)}\r\n{session}Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode() + body


def upgrade(address: tuple[str, int]) -> bytes:
    """The handshake of WebSocket."""
    return (
        f"GET {PATH} HTTP/1.1\r\nHost: {host(address)}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()


def host(address: tuple[str, int]) -> str:
    name, port = address
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def response(data: bytes) -> tuple[int, dict[str, str], bytes] | None:
    """(status, headers, body) of an HTTP response that gives its length; None while it is not complete."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if len(body) < int(headers.get("content-length", 0)):
        return None
    return int(first.split()[1]), headers, body


def frame(message: bytes) -> bytes:
    """One text message from client to server."""
    size = len(message)
    if size < 126:
        return bytes((FIN | TEXT, MASKED | size)) + NO_MASK + message
    return bytes((FIN | TEXT, MASKED | 126)) + size.to_bytes(2, "big") + NO_MASK + message


PONG = frame(b"3")


def messages(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole messages in `data`, and what is left of it. Control frames are passed over."""
    found, at, end = [], 0, len(data)
    while end - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        elif size == 127:
            size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
        if start + size > end:
            break
        if data[at] & 0xF == TEXT:
            found.append(data[start : start + size])
        at = start + size
    return found, data[at:]


def acknowledgement(message: bytes) -> tuple[int, bool, dict[str, Any]]:
    """(number, ok, reply) of a `43/live,` packet; the reply is read only where it is a refusal."""
    bracket = message.index(b"[")
    number = int(message[8:bracket])
    if message.startswith(b'[{"ok":true', bracket):
        return number, True, {}
    reply = msgspec.json.decode(message[bracket:])[0]
    return number, bool(reply.get("ok")), reply


@lru_cache(256)
def screen(message: bytes) -> Screen:
    """A `screen`; thousands of phones get the very same bytes, so they are read once."""
    payload = msgspec.json.decode(message[message.index(b"[") :])[1]
    return Screen(payload["v"], len(message), payload["data"])
