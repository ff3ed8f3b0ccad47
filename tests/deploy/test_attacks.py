"""A stranger attacks through the shipped proxies: every request is answered, and nobody else ever sees an error."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.app.live.hall import port_of
from tests.app.live.raw_socket import Raw, masked
from tests.deploy.proxies import PROXIES, Entrance, behind
from tests.serving import Server

EACH = 4
"""Of two workers each is met."""
PATIENCE_S = 60
"""How long somebody else may wait for an answer: the machine is shared."""
POST = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}\r\n"
SHAKE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: {version}\r\n"
    "Sec-WebSocket-Key: {key}\r\n{headers}"
)
SOCKETS = "/socket.io/?EIO=4&transport=websocket"
KEY = "AAAAAAAAAAAAAAAAAAAAAA=="


def posts(path: str, size: int, *headers: str, sent: int | None = None) -> tuple[str, bytes]:
    lines = "".join(f"{header}\r\n" for header in (f"Content-Length: {size}", *headers))
    return POST.replace("{path}", path).replace("{headers}", lines), bytes(size if sent is None else sent)


def shakes(path: str = SOCKETS, version: str = "13", key: str = KEY, headers: str = "") -> tuple[str, bytes]:
    return (
        f"GET {path} HTTP/1.1\r\nHost: {{host}}\r\n{SHAKE.format(version=version, key=key, headers=headers)}\r\n",
        b"",
    )


CHUNKED = POST.replace("{path}", "/nowhere").replace("{headers}", "Transfer-Encoding: chunked\r\n")
ATTACKS = {
    "a long body to the pages": posts("/nowhere", 100_000),
    "a long body to those who join": posts("/live/join", 100_000),
    "a long body to the contests": posts("/taking", 100_000),
    "a long body to the sockets": posts(SOCKETS, 100_000),
    "a longer one": posts("/nowhere", 11_000_000),
    "one beyond every bound": posts("/nowhere", 17_000_000),
    "a body in pieces": (CHUNKED, b"186a0\r\n" + bytes(100_000) + b"\r\n0\r\n\r\n"),
    "a body that waits to be asked for": posts("/nowhere", 100_000, "Expect: 100-continue"),
    "a long head": (f"GET / HTTP/1.1\r\nHost: {{host}}\r\nX-Long: {'x' * 7000}\r\nX-Longer: {'y' * 7800}\r\n"
                    f"X-Longest: {'z' * 7800}\r\n\r\n", b""),
    "two hundred lines": ("GET / HTTP/1.1\r\nHost: {host}\r\n" + "".join(f"X-{n}: a\r\n" for n in range(200)) + "\r\n", b""),
    "sockets of a foreign page": shakes(headers="Origin: http://evil.example\r\n"),
    "sockets of an older version": shakes(version="8"),
    "sockets without a key": shakes(key="none"),
    "sockets by asking again": shakes(path="/socket.io/?EIO=4&transport=polling"),
    "sockets where there are none": shakes(path="/play"),
    "sockets with a body": (shakes(headers="Content-Length: 2\r\n")[0], b"ab"),
    "sockets with a long body": (shakes(headers="Content-Length: 100000\r\n")[0], bytes(100_000)),
}  # fmt: skip


def answered(port: int, head: str, body: bytes) -> str:
    """The status a stranger is given; "" when the connection ended without one."""
    with Raw(port) as raw:
        raw.send(head.replace("{host}", f"127.0.0.1:{port}").encode())
        with suppress(ConnectionError):  # who is answered in the middle of a body may stop
            raw.send(body)
        response = raw.response()
        return raw.response()[9:12] if response[9:12] == "100" else response[9:12]


def honest(entrance: Entrance) -> None:
    """Somebody else finds every worker at work; an error would be raised."""
    for _ in range(2):
        urllib.request.urlopen(f"{entrance.url}/play", timeout=PATIENCE_S).close()


@pytest.mark.parametrize("proxy", PROXIES)
def test_no_stranger_takes_a_worker_away_from_everybody(proxy: str, workers: list[Server], tmp_path: Path) -> None:
    with behind(proxy, workers, tmp_path) as entrance:
        port = port_of(entrance)
        for name, (head, body) in ATTACKS.items():
            for _ in range(EACH):
                status = answered(port, head, body)
                assert status[:1] in ("2", "4"), (name, status)
                honest(entrance)
        for _ in range(EACH):
            breaks_off(port)
            honest(entrance)


def breaks_off(port: int) -> None:
    """Half a body, a socket that breaks the rules, and one that is only opened: all gone without a word."""
    head, body = posts("/nowhere", 60_000, sent=1_000)
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(head.replace("{host}", f"127.0.0.1:{port}").encode() + body)
    with Raw(port).shake() as raw:
        raw.send(masked(0x1, bytes(30_000)))
    with Raw(port) as raw:
        raw.send(raw.head())
