"""Serve the program (the default command): --lan for a hall, --port, --tls, --no-demo.

Two processes. This one holds the listening socket and starts the other again when it dies, so that
phones wait in the queue of the socket instead of being refused, and a chapter needs no service manager.
The other one patches the standard library as its first act and serves.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import Any

from app.bootstrap import say
from app.cli import Stop, occupied
from app.cli.folder import make_folder
from app.cli.settings import read_settings
from app.config import Settings

CANNOT_START = 3
"""The child's exit code for what starting again would not mend, unless it has served before (its database is away)."""
PROVEN_S = 10
"""A child that lived so long can serve: it is started again for ever. Before that, only so many times."""
TRIES = 4
SERVED_S = 4
"""A child that lived so long has served: the next is started at once."""
BACKLOG = 4096
SLOWEST_RESTART_S = 5.0
STOPPING_S = 15


def run(argv: list[str]) -> int:
    """Supervise, or serve if the supervisor says so."""
    options = parse(argv)
    if options.child is None:
        return supervise(options, argv)
    from gevent import monkey

    monkey.patch_all()
    from app.cli import server

    return server.start(options)


def parse(argv: list[str]) -> argparse.Namespace:
    """The options as typed, with the supervisor's own ones hidden."""
    parser = argparse.ArgumentParser("python3 -m app", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lan", nargs="?", const="", metavar="ADDRESS",
                        help="serve phones on this network too; ADDRESS is the one printed first")
    parser.add_argument("--port", metavar="NUMBER", help="instead of SCS_PORT (8000)")
    parser.add_argument("--tls", action="store_true", help="serve https with an own certificate")
    parser.add_argument("--no-demo", action="store_true", help="no demo organisation in a new database")
    # What the supervisor gives its child: listening socket, own process id, restarts so far.
    parser.add_argument("--child", nargs=3, type=int, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings with the options put over them."""
    environ = dict(os.environ)
    if options.port:
        environ["SCS_PORT"] = options.port
    settings = read_settings(environ)
    return replace(settings, host="0.0.0.0") if options.lan is not None else settings  # noqa: S104


def listen(host: str, port: int) -> Any:
    """The listening socket, or the one line that says why there is none."""
    import socket

    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as problem:
        raise Stop(
            f"Không mở được cổng {port}. / Cannot listen on {host}, port {port}: {problem.strerror}. "
            "Another port: --port=8001"
        ) from None
    listener.set_inheritable(True)
    return listener


@dataclass
class Supervisor:
    """Keeps one child serving until it is told to stop."""

    argv: list[str]
    listener: Any
    child: subprocess.Popen[bytes] | None = None
    stopping: bool = False
    renewing: bool = False
    restarts: int = 0

    def run(self) -> int:
        """Start the child again whenever it dies of itself; the program's exit code."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        signal.signal(signal.SIGUSR2, self.renew)
        signal.signal(signal.SIGALRM, self.kill)
        pause_s, proven = 0.0, False
        while not self.stopping:
            began = time.monotonic()
            code = self.serve_once()
            signal.alarm(0)
            if self.stopping or (code == 0 and not self.renewing):
                break
            if self.renewing:
                self.renewing, self.restarts = False, self.restarts + 1
                continue
            lived_s = time.monotonic() - began
            proven |= lived_s > PROVEN_S
            if not proven and (code == CANNOT_START or self.restarts >= TRIES):
                return 1
            self.restarts += 1
            say(f"Máy chủ dừng bất ngờ, đang chạy lại. / The server died ({code}); starting it again.")
            pause_s = 0.0 if lived_s > SERVED_S else min(SLOWEST_RESTART_S, pause_s * 2 + 0.2)
            time.sleep(pause_s)
        return 0

    def serve_once(self) -> int:
        """Start one child and wait for its end."""
        number = self.listener.fileno()
        # In its own process group, so that Ctrl-C reaches it once, from us.
        self.child = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", *self.argv,
             "--child", str(number), str(os.getpid()), str(self.restarts)],
            pass_fds=[number], process_group=0,
        )
        if self.stopping:
            self.child.terminate()
        return self.child.wait()

    def stop(self, *_: object) -> None:
        """Ask the child to end; a second time, or after a while, do not ask."""
        if self.child and self.child.poll() is None:
            self.child.kill() if self.stopping else self.child.terminate()
            signal.alarm(STOPPING_S)
        self.stopping = True

    def renew(self, *_: object) -> None:
        """A planned restart: phones are told to come back, and wait in the queue of the socket meanwhile."""
        if self.child and self.child.poll() is None and not self.stopping:
            self.renewing = True
            self.child.terminate()
            signal.alarm(STOPPING_S)

    def kill(self, *_: object) -> None:
        """End a child that does not stop."""
        if self.child:
            self.child.kill()


def supervise(options: argparse.Namespace, argv: list[str]) -> int:
    """Read the settings, take the port, and keep a child serving on it."""
    settings = settings_of(options)
    make_folder(settings)
    with occupied.serving(settings):
        return Supervisor(argv, listen(settings.host, settings.port)).run()
