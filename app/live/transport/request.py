"""One HTTP connection, hardened: bounded heads, bodies and waiting, and a way out to WebSocket."""

from __future__ import annotations

import contextlib
import io
import logging
import socket
import ssl
import struct
from time import monotonic
from typing import Any, NoReturn

import gevent
from gevent import monkey

from app.clock import now_us
from app.live.transport.arrivals import arrivals
from app.live.transport.body import Refused, TakesBodies, Unwanted
from app.live.transport.flow import Flow
from app.live.transport.head import check_fields, check_request_line
from app.live.transport.holder import Holder
from app.live.transport.parting import HEAR_S, hear_out
from app.live.transport.stamped import StampedFile
from app.live.transport.tls import TlsSocket
from app.live.transport.turns import take_turn

log = logging.getLogger("app.live.transport")
PlainSocket = monkey.get_original("socket", "socket")
RESET = struct.pack("ii", 1, 0)
IMPATIENT_S = 0.5  # before the next request of a connection that sends them without waiting
LOOK_S = 0.25  # the pause between looks at a full connection, seconds
READ_BYTES = 2_048  # at a time: a phone's request fits in, and two thousand that come at once wait with one each


class Handler(TakesBodies):
    """One HTTP connection. `server.debts` holds it while the client owes us something.

    A request whose body is not taken is answered all the same: the application finds the code of the refusal in its
    environ, under `live.refused`.
    """

    rfile: Any
    socket: Any
    server: Holder

    def __init__(self, sock: Any, address: Any, server: Holder) -> None:
        self.stamped = StampedFile(sock)
        # Before its first byte: a TLS connection needs a round trip for it, a browser keeps one for its next request.
        self.may_rest_s = server.limits.handshake_s if server.ssl_enabled else 0.0
        self.was_served = self.was_late = self.is_parting = False
        super().__init__(sock, address, server, io.BufferedReader(self.stamped, READ_BYTES))

    def handle(self) -> None:
        try:
            with contextlib.suppress(OSError):
                super().handle()
        finally:
            self.server.debts.pop(self, None)

    def handle_one_request(self) -> Any:
        result = super().handle_one_request()
        if isinstance(result, tuple) and not self.was_late:  # pywsgi's name for a request that is none
            self._sendall(result[1])
            self.is_parting = True
        if self.is_parting and self.socket is not None:
            self.server.owes(self, HEAR_S)
            hear_out(self.socket, self.server.limits.body_bytes)
        return result is True or None

    def read_requestline(self) -> str:
        if self.was_served:
            take_turn()  # a client that asks again and again takes turns with all others
            if self._is_waiting():
                gevent.sleep(IMPATIENT_S)
        self.was_served = True
        self.socket.settimeout(None)  # `debts` has its times
        if self.may_rest_s:
            self.server.owes(self, self.may_rest_s)
            self.rfile.peek(1)
        self.server.owes(self, self.server.time_for_a_head(self.socket))
        line: str = super().read_requestline()
        return line

    def _is_waiting(self) -> bool:
        """True when the next request has come already: no browser and no proxy of ours sends one before its last is
        answered."""
        self.socket.settimeout(0)
        with contextlib.suppress(OSError):
            return bool(self.rfile.peek())
        return False

    def read_request(self, raw_requestline: str) -> bool:
        check_request_line(raw_requestline.encode("latin-1"))
        whole: bool = super().read_request(raw_requestline)
        self.server.debts.pop(self, None)
        self.may_rest_s = self.server.limits.idle_s
        return whole

    def MessageClass(self, rfile: Any, *_: Any) -> Any:
        head: list[bytes] = []
        room = self.server.limits.head_bytes
        while room > 0 and len(head) <= self.server.limits.head_lines:
            line = rfile.readline(room)
            room -= len(line)
            head.append(line)
            if line == b"\r\n":
                check_fields(head[:-1])
                return super().MessageClass(io.BytesIO(b"".join(head)))
            if not line.endswith(b"\n"):
                break
        raise Refused("head unfinished or too long")

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ["live.upgrade"] = self.upgrade
        return environ

    def finalize_headers(self) -> None:
        super().finalize_headers()
        self.close_connection |= self.server.is_ending
        if self.close_connection:  # pywsgi just closes, and a proxy might send its next request into that
            self.response_headers.append((b"Connection", b"close"))

    def run_application(self) -> None:
        size = self.content_length or 0
        self.server.under_way += 1
        self.close_connection |= self.server.is_ending
        try:
            with self._upload(size) if size > self.server.limits.short_body_bytes else contextlib.nullcontext():
                if size:
                    self._take_body(size)
                self._apply()
        except Unwanted as unwanted:
            self._refuse(unwanted.code)
        finally:
            self.server.under_way -= 1

    def _apply(self) -> None:
        gevent.getcurrent().received_us = received_us = self.stamped.at or now_us()
        is_timely = self.environ["PATH_INFO"] in self.server.timely
        with arrivals.holding(received_us) if is_timely else contextlib.nullcontext():
            super().run_application()

    def _refuse(self, code: str) -> None:
        """Have it answered without its body, and end the connection."""
        self.environ["live.refused"] = code
        self.environ["wsgi.input"] = io.BytesIO()
        self.server.debts.pop(self, None)
        self.wsgi_input._chunked_input_error = True  # pywsgi would read the rest of the body
        self.close_connection = self.is_parting = True
        super().run_application()

    def _sendall(self, data: bytes) -> None:
        """Send for as long as the other side takes it: a slow one may need minutes, one that reads nothing is not
        waited for."""
        left, flow, limits = memoryview(data), None, self.server.limits
        self.socket.settimeout(LOOK_S)
        while left:
            try:
                left, flow = left[self.socket.send(left) :], None
            except TimeoutError:
                flow = flow or Flow(self.socket)
                if flow.is_stuck(monotonic(), limits.send_s, limits.away_s):
                    self._give_up("the response is not taken")
        self.response_length += len(data)

    def upgrade(self, send_buffer: int) -> tuple[Any, bytes]:
        """Hand the connection over: the socket, and what the client sent too early."""
        self.socket.settimeout(0)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        early = b""
        with contextlib.suppress(ssl.SSLWantReadError):
            early = self.rfile.peek()  # b"" when there is nothing
            if self.server.ssl_enabled and self.socket.pending():  # the event loop sees nothing of these
                early += self.socket.recv(self.socket.pending())
        sock, self.socket, self.close_connection = self.socket, None, True
        self.headers_sent, self._orig_status = True, "101"  # pywsgi takes it for handled
        if self.server.ssl_enabled:
            return TlsSocket(sock), early
        return PlainSocket(fileno=sock.detach()), early

    def log_error(self, msg: str, *args: Any) -> None:
        """Logs a client's mistake as information, no more: attackers make thousands a second."""
        log.info(msg, *args) if args else log.info("%s", msg)

    def fileno(self) -> int:
        """The file number of its socket; -1 once that is closed or handed over."""
        return self.socket.fileno() if getattr(self, "socket", None) is not None else -1

    def _give_up(self, reason: str) -> NoReturn:
        """End the connection at once: what is still to go is not waited for."""
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.socket._sock.shutdown(socket.SHUT_RDWR)
        raise Refused(reason) from None

    def abort(self) -> None:
        """A client did not keep its time: whoever reads from it sees the end."""
        self.was_late = True
        with contextlib.suppress(OSError):
            if getattr(self, "socket", None) is not None:
                self.socket._sock.shutdown(socket.SHUT_RD)
