"""The hardened live transport: a WebSocket driver for python-socketio under gevent, and its HTTP server.

    sio = socketio.Server(async_mode="gevent", json=strict_json, namespaces=["/live"])
    install(sio)
    Server(listener("127.0.0.1", 8000), socketio.WSGIApp(sio, flask_app)).serve_forever()

Measured beside the stock driver by `tests/bench/transport.py`; attacked by `tests/app/live/transport/test_attacks.py`.
"""

from app.live.transport import strict_json
from app.live.transport.acknowledging import acknowledge_later, has_taken, is_behind
from app.live.transport.arrivals import loop_lag, read_until, received_at
from app.live.transport.hall import drain, install
from app.live.transport.kernel import ask_for_stamps
from app.live.transport.limits import Limits, WebLimits
from app.live.transport.turns import InTurns, take_turn
from app.live.transport.web import Server, listener, listener_of, raise_file_limit

__all__ = [
    "InTurns",
    "Limits",
    "Server",
    "WebLimits",
    "acknowledge_later",
    "ask_for_stamps",
    "drain",
    "has_taken",
    "install",
    "is_behind",
    "listener",
    "listener_of",
    "loop_lag",
    "raise_file_limit",
    "read_until",
    "received_at",
    "strict_json",
    "take_turn",
]
