"""The serving process: prepared, announced, served. Loaded only after the standard library is patched."""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import gevent
import structlog
from flask import Flask
from gevent.pywsgi import WSGIServer

from app import logs, metrics
from app.cli import Stop, addresses, certificate, first_run, mdns, panel, running, sentence
from app.cli.supervisor import CANNOT_START
from app.cli.typed import settings_of
from app.config import Settings
from app.factory import create_app
from app.services.awards import demo
from app.services.movement import demo as province
from app.services.tournaments import demo as tournament
from app.telling import tell

BACKLOG = 4096  # connections that may wait to be accepted
PR_SET_PDEATHSIG = 1
"""The number of Linux's prctl for: kill this process when its parent dies."""
MOST_FILES = 1_048_576  # open files of one process, at most
DEMO_AFTER_S = 20.0
"""A new site's first page comes first; then the invented campaign is made beside it."""


def start(options: argparse.Namespace) -> int:
    """Serve on the supervisor's socket until told to stop."""
    worker, number, supervisor, restarts, pipe = options.child
    die_with(supervisor)
    raise_file_limit()
    listener = socket.socket(fileno=number)
    try:
        prepared = first_run.prepare(replace(located(settings_of(options), options, listener), worker=worker))
        logs.worker = str(worker)
        app = create_app(prepared.settings)
        welcome = first_run.welcome(app, prepared, demo=not options.no_demo)
    except Exception as problem:
        line = sentence(problem)
        if line is None:
            raise
        tell(line)
        return CANNOT_START

    def open_now() -> None:
        listen_now(listener)
        if prepared.settings.workers > 1:
            gevent.spawn(app.extensions["exposition"].write_for_ever)
        if worker == 0:
            running.announce(prepared.settings)
            if options.lan is not None and (name := mdns.begin()):
                tell(f"http://{name}:{prepared.settings.port}")
            if restarts == 0:
                panel.show(prepared.settings, welcome, supervisor)
        os.write(pipe, b".")

    try:
        if prepared.is_new and not options.no_demo and worker == 0:
            gevent.spawn_later(DEMO_AFTER_S, plant_demo)
        return serve_until_told(app, listener, prepared.settings, open_now)
    except Stop as problem:
        tell(str(problem))
        return CANNOT_START
    finally:
        running.withdraw(prepared.settings)


def plant_demo() -> None:
    """An invented province with its season, and a tournament of its branches."""
    if demo.plant() is not None:
        tournament.plant(province.CODE)


def listen_now(listener: socket.socket) -> None:
    """Until now a proxy was refused, and asked another worker; where a former child served, phones have waited."""
    try:
        listener.listen(BACKLOG)
    except OSError as problem:  # somebody else was faster
        raise Stop(f"Không mở được cổng. / Cannot listen: {problem.strerror}. Another port: --port=8001") from None


def located(settings: Settings, options: argparse.Namespace, listener: socket.socket) -> Settings:
    """The settings with the addresses this server has, the one for phones first."""
    port = listener.getsockname()[1]
    lan = options.lan is not None or settings.host in ("0.0.0.0", "::")  # noqa: S104
    found = [options.lan] if options.lan else []
    if lan:
        found += [address for address in addresses.of_this_machine() if address not in found]
    hosts = [*found, "127.0.0.1"] if lan else [settings.host]
    scheme, tls = "http", None
    if options.tls:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        scheme, tls = "https", certificate.for_addresses(settings.instance / "tls", hosts)
    shown = (f"[{host}]" if ":" in host else host for host in hosts)
    reached = tuple(f"{scheme}://{host}:{port}" for host in shown)
    return replace(settings, port=port, tls=tls, addresses=reached)


def serve_until_told(
    app: Flask, listener: socket.socket, settings: Settings, open_now: Callable[[], Any] = lambda: None
) -> int:
    """Serve until SIGTERM or SIGINT, which end the serving greenlet wherever it waits."""
    serving = gevent.spawn(serve, app, listener, settings, open_now)
    watching = gevent.spawn(metrics.watch_loop)
    told: list[int] = []

    def end(number: int) -> None:
        told.append(number)
        serving.kill(block=False)

    signals = [gevent.signal_handler(number, end, number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        serving.get()
    except Exception as problem:
        if not told:
            raise
        # It was ended while it was starting: what is broken off there (a statement, a connection) fails in its own way.
        structlog.get_logger().info("ended while starting", problem=type(problem).__name__)
    finally:
        watching.kill()
        for one in signals:
            one.cancel()
    return 0


def serve(app: Flask, listener: socket.socket, settings: Settings, open_now: Callable[[], Any]) -> None:
    """Answer until this greenlet is killed: by the live layer's server where it is there, else plainly."""
    if find_spec("app.serving"):
        from app import serving as server

        server.serve(app, listener, settings, open_now)
        return
    tls = {}
    if settings.tls:
        tls = {"certfile": str(settings.tls / "certificate.pem"), "keyfile": str(settings.tls / "key.pem")}
    plain = WSGIServer(listener, app, log=None, error_log=structlog.get_logger(), **tls)
    open_now()
    try:
        plain.serve_forever()
    finally:
        plain.stop(timeout=1)


def die_with(supervisor: int) -> None:
    """Let the kernel end this process when its supervisor is killed, so that the port is free again."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != supervisor:
        os._exit(CANNOT_START)


def raise_file_limit() -> None:
    """Every phone is an open file: take as many as the system allows us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
