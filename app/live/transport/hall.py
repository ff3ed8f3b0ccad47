"""All connections of one Socket.IO server: how they begin, who handles their messages, when they are cut.

Stock engineio and simple-websocket give each connection four greenlets and run each packet through three
parsers. Here a connection has none: the event loop reads, and a worker greenlet is lent for as long as one has
messages. What a handler sees (`sid`, rooms, namespaces, acknowledgements) is python-socketio's as ever.
"""

import base64
import binascii
import hashlib
import io
import logging
import random
import re
from time import monotonic
from typing import Any

import gevent
import socketio
from engineio import packet as engine_packet

from app.live.transport import strict_json
from app.live.transport.acknowledging import acknowledge
from app.live.transport.arrivals import arrivals
from app.live.transport.frames import GOING_AWAY, POLICY, PROTOCOL_ERROR, TEXT, Violation, frame
from app.live.transport.limits import Limits
from app.live.transport.patrol import Patrol
from app.live.transport.phone import Phone
from app.measures import BEHIND, CONNECTIONS

INTERNAL_ERROR = 1011
"""The code of RFC 6455 for a connection that is closed because of a bug of ours."""
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
IDLE_WORKERS = 64
"""How many worker greenlets are kept for the next message."""
EVENT = re.compile(r"42(?:(/[^,?\[]*)(?:\?[^,\[]*)?,)?([0-9]{0,16})(\[.*)", re.DOTALL).fullmatch
RESERVED = frozenset(("connect", "disconnect", "*"))  # from a client they would call handlers of the server


class Worker(gevent.Greenlet):
    """Handles the messages of one connection at a time; `received_us` is the arrival of the current one."""

    def __init__(self, hall: "Hall", phone: Phone) -> None:
        super().__init__()
        self.hall = hall
        self.phone: Phone | None = phone
        self.received_us = 0
        self.asked: tuple[Phone, bytes] | None = None  # the phone to acknowledge, and the packet's beginning

    def _run(self) -> None:
        idle, phone = self.hall.idle, self.phone
        try:
            while phone is not None:
                phone.work(self)
                self.received_us, self.phone, self.asked = 0, None, None
                if len(idle) >= IDLE_WORKERS:
                    return
                idle.append(self)
                phone = self.hall.hub.switch()
        finally:  # also when somebody's forgotten timeout strikes while this one is idle
            if self in idle:
                idle.remove(self)


class Hall:
    def __init__(self, sio: socketio.Server, limits: Limits) -> None:
        self.sio, self.eio, self.limits = sio, sio.eio, limits
        self.log = logging.getLogger("app.live.transport")
        self.farewell = frame(TEXT, b"4" + limits.farewell.encode())
        self.phones: set[Phone] = set()
        self.full: set[Phone] = set()  # those whose kernel buffer is full
        self.idle: list[Worker] = []
        CONNECTIONS.set_function(lambda: len(self.phones))
        BEHIND.set_function(lambda: len(self.full))
        self.hub: Any = None
        self.loop: Any = None

    # -- a connection begins

    def connect(self, environ: dict[str, Any], start_response: Any, transport: str, jsonp_index: Any = None) -> Any:
        """Stands for `engineio.Server._handle_connect`: answer the handshake and let the request end."""
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
        if not _is_handshake(environ, key):
            return self.eio._bad_request("Not a WebSocket handshake")
        if self.hub is None:
            self._begin()
        sock, early = environ.pop("live.upgrade")(self.limits.kernel_send_bytes)
        environ["wsgi.input"] = io.BytesIO()  # let go of the request's buffer
        # A hall that comes back at once is pinged at different times.
        first_ping = monotonic() + self.limits.ping_interval_s * random.uniform(0.5, 1)  # noqa: S311
        phone = Phone(self, self.eio.generate_id(), sock, first_ping)
        self.phones.add(phone)
        self.eio.sockets[phone.sid] = phone
        self.eio._trigger_event("connect", phone.sid, environ, run_async=False)
        accept = base64.b64encode(hashlib.sha1(key.encode() + MAGIC, usedforsecurity=False).digest())
        phone.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n" + self._open_packet(phone.sid)
        )
        if not phone.closed:
            phone.open()
            if early:
                phone.take(early, arrivals.stamp([]))
        return []

    def _open_packet(self, sid: str) -> bytes:
        limits = self.limits
        return frame(
            TEXT,
            b"0"
            + strict_json.encode(
                {
                    "sid": sid,
                    "upgrades": [],
                    "pingInterval": int(limits.ping_interval_s * 1000),
                    "pingTimeout": int(limits.ping_timeout_s * 1000),
                    "maxPayload": limits.message_bytes,
                }
            ),
        )

    def _begin(self) -> None:
        self.hub = gevent.get_hub()
        self.loop = self.hub.loop
        arrivals.start()
        gevent.spawn(Patrol(self.sio, self.limits, self.phones, self.full).run)

    # -- messages

    def serve(self, phone: Phone) -> None:
        """Lend a worker: at once where the hub asks; another greenlet that switched to one would never come back."""
        phone.busy = True
        if self.idle and gevent.getcurrent() is self.hub:
            self.idle.pop().switch(phone)
        else:
            Worker(self, phone).start()

    def is_inside(self, phone: Phone) -> bool:
        """True when a connection has entered a namespace. Messages from others are dropped, also behind a refusal."""
        manager = self.sio.manager
        return any(manager.is_connected(manager.sid_from_eio_sid(phone.sid, name), name) for name in manager.rooms)

    def handle(self, phone: Phone, text: str, worker: Worker) -> None:
        """One Engine.IO message from the client: a Socket.IO packet."""
        try:
            if text.startswith("42"):
                self._handle_event(phone, text, worker)
            elif text.startswith(("40", "41", "43")):
                self.sio._handle_eio_message(phone.sid, text[1:])
                phone.was_refused = not self.is_inside(phone)
                if phone.was_refused:
                    until = monotonic() + self.limits.refused_s
                    phone.nowhere_until = min(until, phone.nowhere_until or until)
            else:
                raise Violation(PROTOCOL_ERROR, "not a Socket.IO packet for a server")
        except Violation:
            raise
        except ValueError:
            self.log.info("a packet could not be read")
            raise Violation(POLICY, "unreadable packet") from None
        except (Exception, gevent.Timeout):
            # Nobody will be told of this message, so the client has to come back and ask again.
            self.log.exception("a handler failed")
            raise Violation(INTERNAL_ERROR, "internal error") from None

    def _handle_event(self, phone: Phone, text: str, worker: Worker) -> None:
        match = EVENT(text)
        if match is None:
            raise Violation(PROTOCOL_ERROR, "not an event")
        namespace, number, body = match.groups()
        data = strict_json.loads(body)
        if not data or type(data[0]) is not str:
            raise Violation(PROTOCOL_ERROR, "not an event")
        if data[0] in RESERVED:
            data[0] = f"reserved {data[0]}"  # an event like any other that nobody knows
        namespace = namespace or "/"
        sio = self.sio
        sid = sio.manager.sid_from_eio_sid(phone.sid, namespace)
        if sid is None or not sio.manager.is_connected(sid, namespace):
            return
        worker.asked = None
        if number:
            head = f"43{number}" if namespace == "/" else f"43{namespace},{number}"
            worker.asked = (phone, head.encode())
        result = sio._trigger_event(data[0], namespace, sid, *data[1:])
        if worker.asked is not None and result is not sio.not_handled:
            acknowledge(*worker.asked, result)

    # -- the end

    def left(self, phone: Phone) -> None:
        """Tell the application, in a worker, that a connection has ended."""
        try:
            self.eio._trigger_event("disconnect", phone.sid, phone.reason, run_async=False)
        finally:
            self.eio.sockets.pop(phone.sid, None)

    def drain(self, spread_s: float, per_second: int = 200) -> int:
        """Close everybody in slices, in random order; return how many were closed."""
        phones = [phone for phone in self.phones if not phone.closed]
        random.shuffle(phones)
        slices = max(1, min(int(spread_s * 20), len(phones) * 20 // per_second))
        size = -(-len(phones) // slices)
        for start in range(0, len(phones), max(1, size)):
            for phone in phones[start : start + size]:
                phone.hang_up(GOING_AWAY, self.eio.reason.SERVER_DISCONNECT)
            gevent.sleep(0.05)
        return len(phones)


def _is_handshake(environ: dict[str, Any], key: str) -> bool:
    if "live.upgrade" not in environ:
        raise RuntimeError("the live transport needs app.live.transport.Server as its web server")
    try:
        return (
            environ.get("CONTENT_LENGTH", "0") == "0"
            and environ["SERVER_PROTOCOL"] == "HTTP/1.1"
            and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
            and "upgrade" in re.split(r"[\t ]*,[\t ]*", environ.get("HTTP_CONNECTION", "").lower())
            and len(base64.b64decode(key, validate=True)) == 16
        )
    except (binascii.Error, ValueError):
        return False


def install(sio: socketio.Server, limits: Limits | None = None) -> None:
    """Put this transport under a python-socketio server. Call it once, before the first request."""
    hall = sio.hall = Hall(sio, limits or Limits())
    eio = sio.eio
    eio._handle_connect = hall.connect
    eio.transports, eio.allow_upgrades, eio.http_compression = ["websocket"], False, False
    eio.max_http_buffer_size = hall.limits.message_bytes
    eio.start_service_task = False  # `patrol` does its work
    sio.async_handlers = False  # keep the order of each client's events
    sio.namespaces = [name for name in sio.namespaces if name != "/"]  # nobody enters without a ticket
    sio.packet_class.json = engine_packet.Packet.json = sio.manager.json = strict_json


def drain(sio: socketio.Server, spread_s: float) -> int:
    """Before a planned end, after `going_down` was sent: close all connections, at least 200 a second.

    Returns how many there were, when the last has been told.
    """
    told: int = sio.hall.drain(spread_s)
    return told
