"""Serve the program (the default command): --lan for a hall, --port, --tls, --workers, --no-demo.

Two processes. This one holds the listening socket and starts the other again when it dies, so that
phones wait in the queue of the socket instead of being refused, and a chapter needs no service manager.
The other one patches the standard library as its first act and serves; with --workers there are several of it.
"""

from __future__ import annotations

import argparse
import gc
from typing import Any

from app.cli import Stop, occupied
from app.cli.folder import make_folder
from app.cli.supervisor import Supervisor
from app.cli.typed import settings_of

MOST_WORKERS = 64  # processes that serve, at most


def run(argv: list[str]) -> int:
    """Supervise, or serve if the supervisor says so."""
    options = parse(argv)
    if options.child is None:
        return supervise(options, argv)
    from gevent import monkey

    monkey.patch_all()
    gc.disable()  # until everything stands: `serving.settle_memory`
    from app.cli import server

    return server.start(options)


def parse(argv: list[str]) -> argparse.Namespace:
    """The options as typed, with the supervisor's own ones hidden."""
    parser = argparse.ArgumentParser("python3 -m app", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--lan",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="serve phones on this network too; ADDRESS is the one printed first",
    )
    parser.add_argument("--port", metavar="NUMBER", help="instead of SCS_PORT (8000)")
    parser.add_argument("--tls", action="store_true", help="serve https with an own certificate")
    parser.add_argument("--no-demo", action="store_true", help="no demo organisation in a new database")
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        choices=range(1, MOST_WORKERS + 1),
        metavar="NUMBER",
        help="so many processes, as one for each core; needs PostgreSQL",
    )
    # The supervisor gives its child: its number, listening socket, own process id, restarts so far, and where to
    # say that it serves.
    parser.add_argument("--child", nargs=5, type=int, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def bind(host: str, port: int) -> Any:
    """The socket that the first worker will listen on, or the one line that says why there is none."""
    import socket

    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        raise Stop(
            f"Không mở được cổng {port}. / Cannot listen on {host}, port {port}: {problem.strerror}. "
            "Another port: --port=8001"
        ) from None
    listener.set_inheritable(True)
    return listener


def supervise(options: argparse.Namespace, argv: list[str]) -> int:
    """Read the settings, take the port, and keep a child serving on it."""
    settings = settings_of(options)
    make_folder(settings)
    with occupied.serving(settings):
        return Supervisor(argv, bind(settings.host, settings.port), options.workers).run()
