"""gevent's HTTP server, hardened: who owes us something is cut in time, and descriptors never run out.

pywsgi alone waits for ever for a request's head, keeps 100 header lines of 64 KB each, and reads a body to its
end however slow or long it is.
"""

import contextlib
import resource
import socket
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import gevent
from gevent import pywsgi
from gevent import socket as green
from gevent.lock import Semaphore

from app.live.transport.arrivals import arrivals
from app.live.transport.kernel import ask_for_stamps, lain_s, round_trip_s, unread
from app.live.transport.limits import WebLimits
from app.live.transport.request import Handler
from app.live.transport.tls import Handshake
from app.live.transport.turns import take_turn

PATROL_S = 0.1  # the time between two looks at the debts


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
    set_up(sock)
    sock.setblocking(False)
    return sock


def set_up(sock: Any) -> None:
    """Receive stamps, and no delay: else the second answer on a kept connection waits 40 ms for the first's receipt."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ask_for_stamps(sock)


class Server(pywsgi.WSGIServer):
    """`Server(listener(host, port), application)`; TLS with `ssl_context=`.

    A request to one of the paths in `timely` is an answer: the settle time waits until it is handled. `may_upload`
    tells of a request's environ whether its long body is taken; at the paths `open_to_all` everybody's is.
    """

    handler_class = Handler
    max_accept = 16  # at a time: who plays already comes before who arrives

    def __init__(
        self,
        listener: Any,
        application: Any,
        limits: WebLimits | None = None,
        log: Any = None,
        timely: frozenset[str] = frozenset(),
        may_upload: Callable[[Any], bool] = lambda environ: True,
        open_to_all: frozenset[str] = frozenset(),
        **options: Any,
    ) -> None:
        super().__init__(listener, application, log=log, **options)
        self.timely, self.may_upload, self.open_to_all = timely, may_upload, open_to_all
        self.limits = limits or WebLimits()
        self.is_ending, self.under_way = False, 0  # True: each request ends its connection; those that go on
        self.uploads = Semaphore(self.limits.uploads)
        self.open_uploads = Semaphore(self.limits.open_uploads)
        # Connections that owe us a handshake, a head or a body: since, until; the oldest debt comes first.
        self.debts: dict[Handler | Handshake, tuple[float, float]] = {}
        self.last_file = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - self.limits.spare_files

    def start(self) -> None:
        super().start()
        arrivals.start()
        gevent.spawn(self._patrol)

    def finish(self, patience_s: float) -> None:
        """Wait for the requests under way."""
        until = monotonic() + patience_s
        while self.under_way and monotonic() < until:
            gevent.sleep(PATROL_S)

    def do_read(self) -> Any:
        arrived = super().do_read()
        # The kernel gives the lowest free descriptor, so its number tells how many are in use.
        if arrived and (arrived[0].fileno() >= self.last_file or len(self.debts) >= self.limits.waiting):
            self._make_room()
            if arrived[0].fileno() >= self.last_file:
                arrived[0].close()
                return None
        if arrived:  # a connection that waited before this process began has inherited nothing
            set_up(arrived[0])
        return arrived

    def owes(self, debtor: Handler | Handshake, seconds: float) -> None:
        """Cut it if its debt is not paid (taken from `debts`) in so many seconds."""
        self.debts.pop(debtor, None)
        now = monotonic()
        self.debts[debtor] = (now, now + seconds)

    def time_for_a_head(self, sock: Any) -> float:
        """Long enough that a lost packet can be sent again, which TCP begins after three round trips (RFC 6298).

        Counted from when the kernel had it: in a crowd that arrives at once, the last are accepted late. However
        long it has lain there, while this process was starting, reading it needs a moment.
        """
        longest = min(max(self.limits.head_s, 3.5 * round_trip_s(sock)), self.limits.far_s)
        return max(self.limits.least_s, longest - lain_s(sock))

    def _make_room(self) -> None:
        """Cut the connection that has waited longest without a request, unless it is fresh."""
        oldest = next(iter(self.debts), None)
        if oldest is not None and monotonic() - self.debts[oldest][0] > self.limits.waiting_s:
            self._cut([oldest])

    def _patrol(self) -> None:
        while self.started:
            gevent.sleep(PATROL_S)
            now = monotonic()
            self._cut(debtor for debtor in self._overdue(now) if not unread(debtor.fileno()))
            if self._overdue(now):
                take_turn()  # it is us who are late: what lies in the kernel is read first
                self._cut(self._overdue(now))

    def _overdue(self, now: float) -> list[Handler | Handshake]:
        return [debtor for debtor, (_, until) in self.debts.items() if until < now]

    def _cut(self, debtors: Iterable[Handler | Handshake]) -> None:
        for debtor in debtors:
            del self.debts[debtor]
            debtor.abort()

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """The TLS handshake, in time; then the handler closes the connection or hands it over."""
        with contextlib.suppress(OSError):
            secure = self.wrap_socket(client_socket, do_handshake_on_connect=False, **self.ssl_args)
            if self._shakes_hands(secure):
                self.handle(secure, address)
            else:
                secure.close()

    def _shakes_hands(self, secure: Any) -> bool:
        handshake = Handshake(secure)
        try:
            self.owes(handshake, self.time_for_a_head(secure))
            green.wait_read(secure.fileno())
            self.owes(handshake, self.limits.handshake_s)
            secure.do_handshake()
        except OSError:
            return False
        finally:
            self.debts.pop(handshake, None)
        return True
