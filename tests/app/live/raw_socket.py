"""A raw WebSocket and Engine.IO client that can break every rule, and the server process it attacks."""

from __future__ import annotations

import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
ECHO_SERVER = Path(__file__).with_name("echo_server.py")
MASK = b"\x12\x34\x56\x78"
PATH = "/socket.io/?EIO=4&transport=websocket"


def masked(opcode: int, payload: bytes, *, fin: bool = True, reserved: int = 0, mask: bool = True) -> bytes:
    """One frame from client to server; the options are for clients that break rules."""
    size = len(payload)
    head = bytes(((0x80 if fin else 0) | reserved | opcode,))
    flag = 0x80 if mask else 0
    if size < 126:
        head += bytes((flag | size,))
    elif size < 65536:
        head += bytes((flag | 126,)) + struct.pack("!H", size)
    else:
        head += bytes((flag | 127,)) + struct.pack("!Q", size)
    if not mask:
        return head + payload
    key = MASK * (size // 4 + 1)
    hidden = int.from_bytes(payload, "big") ^ int.from_bytes(key[:size], "big")
    return head + MASK + hidden.to_bytes(size, "big")


def text(message: str) -> bytes:
    return masked(0x1, message.encode())


def asking(event: str, *args: Any, number: int) -> bytes:
    """An event of /live that wants an acknowledgement."""
    return text(f"42/live,{number}{json.dumps([event, *args])}")


class Raw:
    """One connection. `Raw(port)` only connects; `shake()` upgrades; `join()` enters the namespace /live."""

    def __init__(self, port: int, *, tls: bool = False, receive_buffer: int | None = None) -> None:
        sock = socket.socket()
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(60)
        sock.connect(("127.0.0.1", port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            sock = context.wrap_socket(sock)
        self.sock: Any = sock
        self.rest = b""
        self.port = port

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def head(self, *headers: str, path: str = PATH) -> bytes:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            *headers,
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    def response(self) -> str:
        """The head of an HTTP response; "" when the server closed instead."""
        while b"\r\n\r\n" not in self.rest:
            if not self._more():
                return ""
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        return head.decode()

    def _expect(self, start: str, answer: str) -> None:
        if not answer.startswith(start):
            self.sock.close()
            raise ConnectionError(f"expected {start}, got {answer[:200]!r}")

    def shake(self, *headers: str) -> Raw:
        self.send(self.head(*headers))
        self._expect("HTTP/1.1 101", self.response())
        self._expect("0", self.read())
        return self

    def join(self, auth: dict[str, Any] | None = None) -> Raw:
        self.shake()
        self.send(text("40/live," + json.dumps(auth or {"ticket": "good"})))
        self._expect("40/live,", self.read())
        return self

    def _more(self) -> bool:
        try:
            data = self.sock.recv(65536)
        except (ConnectionError, ssl.SSLError):
            data = b""
        self.rest += data
        return bool(data)

    def frame(self) -> tuple[int, bytes] | None:
        """The next frame from the server, None at the end of the connection."""
        while True:
            if len(self.rest) >= 2:
                size, start = self.rest[1], 2
                if size == 126:
                    size, start = int.from_bytes(self.rest[2:4], "big"), 4
                elif size == 127:
                    size, start = int.from_bytes(self.rest[2:10], "big"), 10
                if len(self.rest) >= start + size:
                    assert self.rest[0] & 0x70 == 0, "reserved bits from the server: a corrupt stream"
                    opcode, payload = self.rest[0] & 0xF, self.rest[start : start + size]
                    self.rest = self.rest[start + size :]
                    return opcode, payload
            if not self._more():
                return None

    def read(self) -> str:
        """The next text, pings answered; "close <code>" for a close frame, "end" for a cut."""
        while True:
            got = self.frame()
            if got is None:
                return "end"
            opcode, payload = got
            if opcode == 0x8:
                return f"close {int.from_bytes(payload[:2], 'big')}"
            if opcode == 0x1 and payload == b"2":
                self.send(text("3"))
            elif opcode == 0x1:
                return payload.decode()

    def ask(self, event: str, *args: Any, number: int = 1) -> Any:
        """Send an event of /live and wait for its acknowledgement."""
        self.send(asking(event, *args, number=number))
        return self.told(number)

    def told(self, number: int) -> Any:
        """The acknowledgement of what was asked under this number."""
        while True:
            answer = self.read()
            if answer.startswith(f"43/live,{number}["):
                return json.loads(answer[len(f"43/live,{number}") :])[0]
            assert not answer.startswith(("close", "end")), answer

    def is_cut(self, within: float = 90.0) -> str:
        """Wait for the end of the connection; return how it came, "" if it did not. When it is due is shown where the
        server has a clock of its own (`EchoServer.pass_time`)."""
        deadline, how = time.monotonic() + within, ""
        while (left := deadline - time.monotonic()) > 0:
            self.sock.settimeout(left)
            try:
                got = self.frame()
            except TimeoutError:
                break
            if got is None:
                return how or "end"
            if got[0] == 0x8:
                how = f"close {int.from_bytes(got[1][:2], 'big')}"
        return ""

    def is_closed(self) -> bool:
        """True once the server has ended the connection; what it sent before is passed over."""
        self.sock.settimeout(0)
        try:
            while self.sock.recv(65536):
                pass
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            pass
        return True


def is_answered(phone: Raw) -> None:
    assert phone.ask("answer", {"no": 1}) == {"ok": True, "v": 17}


def eventually(check: Callable[[], Any], within: float = 90.0) -> Any:
    """The first true value, or the last other one. How long it takes says nothing: the machine is shared."""
    deadline = time.monotonic() + within
    while not (value := check()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return value


class EchoServer:
    """`echo_server.py` in a process of its own (it monkey-patches, tests never do)."""

    def __init__(self, *options: str, files: int | None = None) -> None:
        command = [sys.executable, str(ECHO_SERVER), *options]
        if files:
            command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        assert self.process.stdout
        self.port, self.is_tls = int(self.process.stdout.readline()), "--tls" in options

    def __enter__(self) -> EchoServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()

    @contextmanager
    def crowd(self, size: int) -> Iterator[list[Raw]]:
        """Yields so many joined phones, or as many of them as get in."""
        with ExitStack() as hall:
            phones: list[Raw] = []
            with suppress(OSError):
                for _ in range(size):
                    phones.append(hall.enter_context(Raw(self.port)).join())
            yield phones

    def pass_time(self, seconds: float) -> None:
        """Let so much of its own time go by (`--own-clock`) and its patrols go round; no other time counts there."""
        with Raw(self.port, tls=self.is_tls) as keeper:
            keeper.sock.settimeout(60)
            keeper.join().ask("pass_time", seconds)

    @property
    def pid(self) -> int:
        return self.process.pid

    def memory(self) -> int:
        """Resident bytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def cpu(self) -> float:
        """Seconds of CPU so far, kernel time included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
