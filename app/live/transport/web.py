"""gevent's HTTP server, hardened: bounded heads, bodies, waiting and descriptors, and a way out to WebSocket.

pywsgi alone waits for ever for a request's head, keeps 100 header lines of 64 KB each, and reads a body to its
end however slow or long it is.
"""

import contextlib
import errno
import io
import resource
import socket
import ssl
import tempfile
from time import monotonic
from typing import Any

import gevent
from gevent import monkey, pywsgi
from gevent import socket as green

from app.live.clock import now_us
from app.live.transport.arrivals import arrivals
from app.live.transport.kernel import ask_for_stamps
from app.live.transport.limits import WebLimits
from app.live.transport.stamped import StampedFile
from app.live.transport.tls import TlsSocket
from app.live.transport.turns import take_turn

PlainSocket = monkey.get_original("socket", "socket")
PATROL_S = 0.1
READ_BYTES = 2_048  # at a time: a phone's request fits in, and two thousand that come at once wait with one each
IN_MEMORY = 65_536  # a longer body goes to a file


def raise_file_limit() -> int:
    """Let this process open as many files as the system allows; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def listener(host: str, port: int, backlog: int = 4096) -> socket.socket:
    """A listening socket whose connections carry the kernel's receive stamps and send without delay."""
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(backlog)
    return listener_of(sock)


def listener_of(sock: socket.socket) -> socket.socket:
    """The same of a socket that listens already (made before the process gave up rights, or by systemd)."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ask_for_stamps(sock)
    sock.setblocking(False)
    return sock


class Refused(OSError, ValueError):
    """The client's request ends here. pywsgi closes the connection for it without a word in the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.ECONNRESET, reason)


class Handler(pywsgi.WSGIHandler):
    """One HTTP connection. `server.debts` holds it while the client owes us something."""

    rfile: Any
    server: "Server"

    def __init__(self, sock: Any, address: Any, server: "Server") -> None:
        self.stamped = StampedFile(sock)
        self.may_rest = server.ssl_enabled  # after its handshake a request needs a round trip more
        super().__init__(sock, address, server, io.BufferedReader(self.stamped, READ_BYTES))

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()
        self.server.debts.pop(self, None)

    def _owe(self, seconds: float) -> None:
        now = monotonic()
        self.server.debts[self] = (now, now + seconds)

    def read_requestline(self) -> str:
        if self.may_rest:
            self._owe(self.server.limits.idle_s)
            self.rfile.peek(1)
        self._owe(self.server.limits.head_s)
        line: str = super().read_requestline()
        return line

    def read_request(self, raw_requestline: str) -> bool:
        whole: bool = super().read_request(raw_requestline)
        if self.request_version == "HTTP/0.9":
            raise Refused("no protocol version")
        if self.headers.get("transfer-encoding"):
            raise Refused("a body needs a length")  # browsers and proxies give one
        if (self.content_length or 0) > self.server.limits.body_bytes:
            raise Refused("body too long")
        self.server.debts.pop(self, None)
        self.may_rest = True  # a browser keeps it for its next request
        self.socket.settimeout(self.server.limits.send_s)
        return whole

    def MessageClass(self, rfile: Any, *_: Any) -> Any:
        head, room = [], self.server.limits.head_bytes
        while room > 0:
            line = rfile.readline(room)
            room -= len(line)
            head.append(line)
            if line in (b"\r\n", b"\n"):
                return super().MessageClass(io.BytesIO(b"".join(head)))
            if not line.endswith(b"\n"):
                break
        raise Refused("head unfinished or too long")

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket" and not self.content_length:
            environ["live.upgrade"] = self.upgrade
        return environ

    def run_application(self) -> None:
        if self.content_length:
            self._take_body(self.content_length)
        gevent.getcurrent().received_us = received_us = self.stamped.at or now_us()
        is_timely = self.environ["PATH_INFO"] in self.server.timely
        with arrivals.holding(received_us) if is_timely else contextlib.nullcontext():
            super().run_application()

    def _take_body(self, left: int) -> None:
        """Read the body before the application is called, which then never waits for a slow client."""
        limits = self.server.limits
        self._owe(limits.idle_s + left / limits.body_rate)
        self.socket.settimeout(limits.idle_s)
        body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the request's end drops it)
        while left:
            try:
                piece = self.wsgi_input.read(min(left, IN_MEMORY))
            except TimeoutError:
                self.abort()
                raise Refused("the body stopped") from None
            body.write(piece)
            left -= len(piece)
        body.seek(0)
        self.environ["wsgi.input"] = body
        self.server.debts.pop(self, None)
        self.socket.settimeout(limits.send_s)

    def upgrade(self, send_buffer: int) -> tuple[Any, bytes]:
        """Hand the connection over: the socket, and what the client sent too early."""
        self.socket.settimeout(0)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        early = b""
        with contextlib.suppress(ssl.SSLWantReadError):
            early = self.rfile.peek()  # b"" when there is nothing
        sock, self.socket, self.close_connection = self.socket, None, True
        self.headers_sent, self._orig_status = True, "101"  # as far as pywsgi is concerned
        if self.server.ssl_enabled:
            return TlsSocket(sock), early
        return PlainSocket(fileno=sock.detach()), early

    def abort(self) -> None:
        """Cut a client that did not keep its time; whoever reads from it sees the end."""
        with contextlib.suppress(OSError):
            if self.socket is not None:
                self.socket._sock.shutdown(socket.SHUT_RDWR)


class Server(pywsgi.WSGIServer):
    """`Server(listener(host, port), application)`; TLS with `ssl_context=`.

    A request to one of the paths in `timely` is an answer: the settle time waits until it is handled.
    """

    handler_class = Handler
    max_accept = 16  # at a time: who plays already comes before who arrives

    def __init__(
        self, listener: Any, application: Any, limits: WebLimits | None = None, log: Any = None,
        timely: frozenset[str] = frozenset(), **options: Any,
    ) -> None:
        super().__init__(listener, application, log=log, **options)
        self.timely = timely
        self.limits = limits or WebLimits()
        self.debts: dict[Handler, tuple[float, float]] = {}  # who owes us a head or a body: since, until
        self.last_file = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - self.limits.spare_files

    def start(self) -> None:
        super().start()
        arrivals.start()
        gevent.spawn(self._patrol)

    def do_read(self) -> Any:
        arrived = super().do_read()
        # The kernel gives the lowest free descriptor, so its number tells how many are in use.
        if arrived and (arrived[0].fileno() >= self.last_file or len(self.debts) >= self.limits.waiting):
            self._make_room()
            if arrived[0].fileno() >= self.last_file:
                arrived[0].close()
                return None
        return arrived

    def _make_room(self) -> None:
        """Cut the connection that has waited longest without a request, unless it is fresh."""
        oldest = next(iter(self.debts), None)
        if oldest is not None and monotonic() - self.debts[oldest][0] > self.limits.waiting_s:
            del self.debts[oldest]
            oldest.abort()

    def _patrol(self) -> None:
        while self.started:
            gevent.sleep(PATROL_S)
            now = monotonic()
            if any(until < now for _, until in self.debts.values()):
                take_turn()  # if it was us who stood still, what lies in the kernel is read first
                self._cut_overdue(now)

    def _cut_overdue(self, now: float) -> None:
        for handler in [handler for handler, (_, until) in self.debts.items() if until < now]:
            del self.debts[handler]
            handler.abort()

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """The TLS handshake, in time; then the handler closes the connection or hands it over."""
        secure = self.wrap_socket(client_socket, do_handshake_on_connect=False, **self.ssl_args)
        done = False
        with contextlib.suppress(OSError):
            green.wait_read(secure.fileno(), timeout=self.limits.head_s)
            with gevent.Timeout(self.limits.handshake_s, False):
                secure.do_handshake()
                done = True
        if done:
            self.handle(secure, address)
        else:
            secure.close()
