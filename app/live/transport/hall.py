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
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

import gevent
import socketio
from engineio import packet as engine_packet

from app.live.transport import strict_json
from app.live.transport.arrivals import arrivals
from app.live.transport.frames import GOING_AWAY, POLICY, PROTOCOL_ERROR, TEXT, Violation, frame
from app.live.transport.kernel import unacknowledged
from app.live.transport.limits import Limits
from app.live.transport.phone import ENGINE_PING, Phone
from app.live.transport.turns import take_turn
from app.measures import BEHIND, CONNECTIONS

INTERNAL_ERROR = 1011
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
PATROL_S = 0.5
STOPPED_S = 1.0  # a patrol so late means that this process stood still: no phone is to blame for what it did not hear
IDLE_WORKERS = 64
EVENT = re.compile(r"42(?:(/[^,?\[]*)(?:\?[^,\[]*)?,)?([0-9]{0,16})(\[.*)", re.DOTALL).fullmatch
RESERVED = frozenset(("connect", "disconnect", "*"))  # as events of a client these would call handlers of the server


class Worker(gevent.Greenlet):
    """Handles the messages of one connection at a time; `received_us` is the arrival of the current one."""

    def __init__(self, hall: "Hall", phone: Phone) -> None:
        super().__init__()
        self.hall = hall
        self.phone: Phone | None = phone
        self.received_us = 0
        self.asked: tuple[Phone, bytes] | None = None  # whom to acknowledge, and the packet's beginning

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
        gevent.spawn(self._patrol_for_ever)

    # -- messages

    def serve(self, phone: Phone) -> None:
        """Lend a worker: at once where the hub asks; another greenlet that switched to one would never come back."""
        phone.busy = True
        if self.idle and gevent.getcurrent() is self.hub:
            self.idle.pop().switch(phone)
        else:
            Worker(self, phone).start()

    def is_inside(self, phone: Phone) -> bool:
        """Whether a connection has entered a namespace. What others send is dropped, also behind a refusal."""
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

    def _patrol_for_ever(self) -> None:
        before = monotonic()
        while True:
            take_turn()  # if it was us who stood still, what has come and gone since is seen first
            now = monotonic()
            if now - before > STOPPED_S:
                for phone in self.phones:
                    phone.forgive(now - before)
            before = now
            try:
                self.patrol(now)
            except Exception:
                self.log.exception("patrol failed")
            gevent.sleep(PATROL_S)

    def patrol(self, now: float) -> None:
        """Ping, and cut those who do not answer, do not read, or do not enter."""
        limits, reason = self.limits, self.eio.reason
        rooms = list(self.sio.manager.rooms.values())
        joined: set[str] = set().union(*(room[None].values() for room in rooms if None in room))
        for phone in list(self.phones):
            if phone.closed:
                if now > phone.deadline:
                    phone.drop()
            elif phone.last_ping is not None:
                if now - phone.last_ping > limits.ping_timeout_s:
                    phone.hang_up(POLICY, reason.PING_TIMEOUT)
            elif now >= phone.next_ping:
                phone.last_ping = now
                phone.write(ENGINE_PING)
            if phone.sid in joined and not phone.was_refused:  # who asks again stands among them meanwhile
                phone.nowhere_until = None
            elif phone.nowhere_until is None:
                phone.nowhere_until = now + limits.connect_s
            elif now > phone.nowhere_until and (not phone.busy or phone.was_refused):
                phone.hang_up(POLICY, reason.SERVER_DISCONNECT)
        for phone in list(self.full):
            if phone.is_stuck(now):
                phone.hang_up(POLICY, reason.TRANSPORT_ERROR, linger=False)

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
    """Whether something that was sent to this client before still waits here."""
    phone = sio.eio.sockets.get(sio.manager.eio_sid_from_sid(sid, namespace))
    return phone is not None and bool(phone.outbox)


def has_taken(sio: socketio.Server, sid: str, namespace: str) -> bool:
    """Whether the other side has acknowledged everything that was sent to this client."""
    phone = sio.eio.sockets.get(sio.manager.eio_sid_from_sid(sid, namespace))
    return phone is not None and not phone.outbox and phone.sock is not None and not unacknowledged(phone.sock.fileno())


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
