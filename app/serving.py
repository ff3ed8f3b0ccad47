"""One serving process: Flask, Socket.IO and the saving of contests on one gevent server, with their clocks started."""

from __future__ import annotations

import gc
import socket
import ssl
import sys
from collections.abc import Callable
from typing import Any

import gevent
import socketio
from flask import Flask

from app.config import Settings
from app.live import ending, movement_clock, ticker, transport
from app.live.doors import sockets
from app.live.doors.gate import Gate
from app.live.protocol import NAMESPACE, GoingDown
from app.live.screens import warming
from app.live.worker import Live
from app.saving import contest_clock, door
from app.security import member_from_environ

SPREAD_S = 5.0
"""Within what time phones come back after a worker that stops, seconds."""
FINISH_S = 3.0
"""How long requests under way may go on after the last connection is closed, seconds."""
SWITCH_S = 0.0005
"""How long a thread runs before another one may, seconds."""
COLLECTED = (10_000, 20, 20)
"""The garbage collector's thresholds: new objects before a look, and how much more seldom it looks at older ones."""
ANSWER_PATH = "/live/answer"
"""The fallback's answers are timed like those of a socket."""
JOIN_PATH = "/live/join"
CHECKED_BY_ANYBODY = frozenset({"/c"})
"""The paths at which a stranger may send a long body: a document to be checked."""


def make(app: Flask, settings: Settings) -> tuple[Live, Any]:
    """The live layer of this process and the WSGI application that holds both."""
    io = socketio.Server(
        async_mode="gevent",
        async_handlers=False,
        json=transport.strict_json,
        namespaces=[NAMESPACE],
        transports=["websocket"],
        always_connect=False,
        cors_allowed_origins=lambda origin, environ: True,  # the gate has judged it
    )
    transport.install(io)
    live = Live(app, io)
    app.extensions["live"] = live
    sockets.install(live)
    in_turns = transport.InTurns(app, at_once=frozenset({ANSWER_PATH, door.PATH}), in_line=frozenset({JOIN_PATH}))
    return live, Gate(socketio.WSGIApp(io), in_turns, settings)


def serve(app: Flask, listener: socket.socket, settings: Settings, open_now: Callable[[], Any] = lambda: None) -> None:
    """Call `open_now` when all is prepared; serve until the greenlet is killed, then tell everybody to come back."""
    live, wsgi = make(app, settings)
    live.start()
    warming.warm(app)
    sockets.warm(live)
    ticker.start(live)
    gevent.spawn(ticker.for_ever, contest_clock.ContestClock().beat, contest_clock.BEAT_S)
    gevent.spawn(ticker.for_ever, movement_clock.MovementClock().beat, movement_clock.BEAT_S)
    app.extensions["taking"].begin()
    listener = transport.listener_of(listener)
    gevent.spawn_later(warming.WARM_AFTER_S, warming.warm_the_rest, app)
    settle_memory()
    share_fairly()
    server = transport.Server(
        listener,
        wsgi,
        timely=frozenset({ANSWER_PATH}),
        may_upload=lambda environ: member_from_environ(app, environ) is not None,
        open_to_all=CHECKED_BY_ANYBODY,
        **_tls(settings),
    )
    open_now()
    try:
        server.serve_forever()
    finally:
        end_well(live, server)


def end_well(live: Live, server: transport.Server) -> None:
    """Nobody comes in any more; who is here is told to come back, and what is under way is finished. Requests on kept
    connections are answered meanwhile, each for the last time: a proxy learns that there will be no more."""
    server.is_ending = live.is_ending = True
    live.io.emit("going_down", {"spread_s": GoingDown(SPREAD_S).spread_s}, namespace=NAMESPACE)
    transport.drain(live.io, SPREAD_S)
    server.finish(FINISH_S)
    ending.leave(live)


def settle_memory() -> None:
    """Take what stands at the start out of every later look for garbage: the whole program was walked through each
    second or so of a busy hall, and everybody waited 120 ms for it. Little of it is garbage: to find that would be a
    seventh of the start."""
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    gc.enable()


def share_fairly() -> None:
    """SQLite's writer is a thread: beside a busy loop it would wait 5 ms, Python's default, after each statement.

    gevent, too, runs what was called for so long before it looks at its sockets: wanted on every database.
    """
    sys.setswitchinterval(SWITCH_S)


def _tls(settings: Settings) -> dict[str, Any]:
    if not settings.tls:
        return {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.tls / "certificate.pem", settings.tls / "key.pem")
    return {"ssl_context": context}
