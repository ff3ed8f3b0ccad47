"""Follows a message to its phone: acknowledges one, and asks whether a phone has taken what was sent."""

from collections.abc import Callable
from functools import partial
from typing import Any

import gevent
import socketio

from app.live.transport import strict_json
from app.live.transport.frames import TEXT, frame
from app.live.transport.kernel import unacknowledged
from app.live.transport.phone import Phone


def acknowledge(phone: Phone, head: bytes, result: Any) -> None:
    """Send an acknowledgement; as in python-socketio a tuple is several arguments and None is none."""
    if phone.closed:
        return
    values = [] if result is None else list(result) if isinstance(result, tuple) else [result]
    phone.write(frame(TEXT, head + strict_json.encode(values)))


def acknowledge_later() -> Callable[[Any], None]:
    """In an event handler: acknowledge by calling what this returns, instead of by returning a value.

    So an answer needs no greenlet while it waits for its commit. The call may come from any greenlet of the
    loop; it does nothing when the client asked for no acknowledgement or is gone.
    """
    worker = gevent.getcurrent()
    asked = getattr(worker, "asked", None)
    if asked is None:
        return lambda result: None
    worker.asked = None
    return partial(acknowledge, *asked)


def is_behind(sio: socketio.Server, sid: str, namespace: str) -> bool:
    """True when something sent to this client earlier still waits here."""
    phone = sio.eio.sockets.get(sio.manager.eio_sid_from_sid(sid, namespace))
    return phone is not None and bool(phone.outbox)


def has_taken(sio: socketio.Server, sid: str, namespace: str) -> bool:
    """True when the other side has acknowledged everything that was sent to this client."""
    phone = sio.eio.sockets.get(sio.manager.eio_sid_from_sid(sid, namespace))
    return phone is not None and not phone.outbox and phone.sock is not None and not unacknowledged(phone.sock.fileno())
