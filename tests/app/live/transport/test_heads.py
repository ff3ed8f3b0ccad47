"""Heads of requests that two readers could read in two ways: all 400, and the connection ends."""

from __future__ import annotations

import pytest

from app.live.transport.head import BadHead, check_fields, check_request_line
from tests.app.live.raw_socket import EchoServer, Raw

LINE = b"GET / HTTP/1.1\r\n"
HOST = b"Host: x\r\n"
POST = b"POST / HTTP/1.1\r\n"

LINES = {
    "a whole address": b"GET http://x/ HTTP/1.1\r\n",
    "an address of another": b"GET https://evil.example/live/join HTTP/1.1\r\n",
    "an authority": b"CONNECT x:80 HTTP/1.1\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n",
    "two spaces": b"GET  / HTTP/1.1\r\n",
    "a space at the end": b"GET / HTTP/1.1 \r\n",
    "a tab": b"GET\t/ HTTP/1.1\r\n",
    "a bare CR": b"GET /\rX HTTP/1.1\r\n",
    "a zero byte": b"GET /\0 HTTP/1.1\r\n",
    "a zero byte, escaped": b"GET /play/%00 HTTP/1.1\r\n",
    "a zero byte in the question": b"GET /shows?q=a%00 HTTP/1.1\r\n",
    "a bare LF": b"GET / HTTP/1.1\n",
    "another version": b"GET / HTTP/1.2\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n",
    "no version": b"GET /\r\n",
    "no target": b"GET HTTP/1.1\r\n",
    "a method that is none": b"GE(T / HTTP/1.1\r\n",
    "nothing": b"\r\n",
}

HEADS = {
    "no host": b"",
    "an empty host": b"Host:\r\n",
    "two hosts": HOST + b"Host: evil.example\r\n",
    "the same host twice": HOST + HOST,
    "a host with a path": b"Host: x/y\r\n",
    "a host with a name in front": b"Host: a@x\r\n",
    "two hosts in one": b"Host: x, evil.example\r\n",
    "a host with a long port": b"Host: x:100000\r\n",
    "two lengths": HOST + b"Content-Length: 2\r\nContent-Length: 3\r\n",
    "the same length twice": HOST + b"Content-Length: 2\r\ncontent-length: 2\r\n",
    "two lengths in one": HOST + b"Content-Length: 2, 2\r\n",
    "a length with a sign": HOST + b"Content-Length: +2\r\n",
    "a negative length": HOST + b"Content-Length: -2\r\n",
    "a length with a line in it": HOST + b"Content-Length: 1_0\r\n",
    "a length of hexadecimal digits": HOST + b"Content-Length: 0x2\r\n",
    "an empty length": HOST + b"Content-Length:\r\n",
    "a length of 5,000 digits": HOST + b"Content-Length: " + b"9" * 5000 + b"\r\n",
    "a length of other digits": HOST + "Content-Length: ²\r\n".encode(),
    "chunks": HOST + b"Transfer-Encoding: chunked\r\n",
    "chunks and a length": HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
    "chunks in other words": HOST + b"Transfer-Encoding: identity, chunked\r\n",
    "chunks of no name": HOST + b"Transfer-Encoding:\r\n",
    "a folded field": HOST + b"X-A: a\r\n b\r\n",
    "a folded field of a tab": HOST + b"X-A: a\r\n\tb\r\n",
    "a fold before all fields": b" X-A: a\r\n" + HOST,
    "a folded upgrade": HOST + b"Upgrade:\r\n websocket\r\n",
    "a bare CR": HOST + b"X-A: a\rContent-Length: 9\r\n",
    "a bare LF": HOST + b"X-A: a\n",
    "a zero byte": HOST + b"X-A: a\0\r\n",
    "a bell": HOST + b"X-A: \x07\r\n",
    "an escape": HOST + b"X-A: \x1b[2J\r\n",
    "a rubout": HOST + b"X-A: \x7f\r\n",
    "a space before the colon": HOST + b"Content-Length : 2\r\n",
    "a tab before the colon": HOST + b"Content-Length\t: 2\r\n",
    "a space in the name": HOST + b"X A: a\r\n",
    "no colon": HOST + b"X-A\r\n",
    "no name": HOST + b": a\r\n",
    "a name of other letters": HOST + "X-É: a\r\n".encode(),
    "two origins": HOST + b"Origin: http://x\r\nOrigin: http://evil.example\r\n",
    "two upgrades": HOST + b"Upgrade: websocket\r\nUpgrade: h2c\r\n",
    "two keys": HOST + b"Sec-WebSocket-Key: a\r\nSec-WebSocket-Key: b\r\n",
    "two tickets": HOST + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n",
    "two kinds of body": HOST + b"Content-Type: application/json\r\nContent-Type: text/plain\r\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_request_line_that_is_none(line: bytes) -> None:
    with pytest.raises(BadHead):
        check_request_line(line)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_fields_that_have_two_meanings_or_none(head: bytes) -> None:
    with pytest.raises(BadHead):
        check_fields(head.splitlines(keepends=True) if b"\r" not in head.replace(b"\r\n", b"") else split(head))


def split(head: bytes) -> list[bytes]:
    """By the end of lines only, as a file is read."""
    return [line + b"\n" for line in head.split(b"\n")[:-1]]


def test_what_browsers_and_proxies_send_is_taken() -> None:
    check_request_line(b"GET /ranking?q=%C4%91&a=[1] HTTP/1.1\r\n")
    check_request_line(b"POST /live/join HTTP/1.0\r\n")
    for host in (b"sanchoi.example", b"192.168.1.5:8000", b"[::1]:8000", b"may_tinh.local", b"[fe80::1]"):
        check_fields([b"Host: " + host + b"\r\n"])
    check_fields(
        [
            b"Host:x\r\n",
            b"content-length: 12 \r\n",
            b"Cookie: a=b\r\n",
            b"Cookie: c=d\r\n",
            b"X-Empty:\r\n",
            "X-Name: Nguyễn\r\n".encode(),
            b"Accept: a, b\r\n",
            b"X-Forwarded-For: 1.2.3.4\r\n",
            b"X-Forwarded-For: 5.6.7.8\r\n",
            b"Connection: keep-alive, Upgrade\r\n",
        ]
    )


@pytest.mark.parametrize(
    "request_",
    [*(line + HOST for line in LINES.values() if line.strip()), *(POST + head for head in HEADS.values())],
    ids=[*(name for name, line in LINES.items() if line.strip()), *(f"{name}." for name in HEADS)],
)
def test_each_is_answered_400_and_what_follows_is_not_read(echo: EchoServer, request_: bytes) -> None:
    with Raw(echo.port) as raw:
        raw.send(request_ + b"\r\n" + LINE + HOST + b"\r\n")
        assert raw.response().startswith("HTTP/1.1 400")
        assert raw.response() == ""
