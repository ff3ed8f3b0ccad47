"""The transport stands on internals of engineio, python-socketio and gevent. This fails when they change.

After an upgrade: read the changed function beside `app/live/transport/`, run `test_transport.py` and `test_attacks.py`,
and put the new digest here."""

import hashlib
import inspect

import engineio
import engineio.packet
import gevent.baseserver
import gevent.pywsgi
import gevent.server
import pytest
import socketio
import socketio.packet
from engineio.async_drivers import gevent as driver
from gevent import socket as gevent_socket
from socketio.base_manager import BaseManager
from socketio.base_server import BaseServer
from socketio.manager import Manager

from app.live.transport.phone import Phone

Handler = gevent.pywsgi.WSGIHandler
RELIED_ON = {
    # what `Hall.connect` stands for, and who else touches a Phone as engineio's Socket
    engineio.Server.handle_request: "79302edd007f",
    engineio.Server._handle_connect: "049f7c2b2c23",
    engineio.Server._get_socket: "ae2f99e66d63",
    engineio.Server.send_packet: "81aec513663f",
    engineio.Server.disconnect: "3f5faf6e405f",
    engineio.Server._service_task: "9492b7b0d652",
    engineio.Server._trigger_event: "bc536417c304",
    engineio.Server.generate_id: "b6a591454237",
    engineio.packet.Packet.encode: "8f3d5d869711",
    # what `Hall.handle` shortens
    socketio.Server._handle_eio_connect: "4be135c046ed",
    socketio.Server._handle_eio_message: "65f309c138d6",
    socketio.Server._handle_eio_disconnect: "5c0002fcdb35",
    socketio.Server._handle_connect: "1b0ba130a57d",
    socketio.Server._handle_event: "3f64c030f25e",
    socketio.Server._handle_event_internal: "37e1c84a6974",
    socketio.Server._handle_ack: "7f114abcf99f",
    socketio.Server._trigger_event: "836cb0c8d232",
    socketio.Server._send_packet: "3289b949be8c",
    socketio.Server._send_eio_packet: "5fa452fb118c",
    socketio.packet.Packet.encode: "513c45be7518",
    socketio.packet.Packet.decode: "61ad7904b539",
    BaseServer.__init__: "6b998e091b34",
    BaseManager.sid_from_eio_sid: "15467098a36b",
    BaseManager.eio_sid_from_sid: "b0c0aeb5430d",
    BaseManager.is_connected: "d37721466718",
    BaseManager.set_server: "6ca0a0ef7fa2",
    BaseManager.pre_connect: "bfdba4c0c8f1",
    Manager.emit: "566510ea2de3",
    # what `web.Handler` and `web.Server` bend
    Handler.handle: "9e7238affc12",
    Handler.handle_one_request: "14e946e9fb33",
    Handler.handle_one_response: "16fcb501fa89",
    Handler.run_application: "46cef793ff43",
    Handler.process_result: "975218538151",
    Handler.read_request: "b1702b63da71",
    Handler.read_requestline: "72173107a177",
    Handler.get_environ: "fbd39b74e42d",
    Handler._sendall: "fa0861487226",
    Handler._handle_client_error: "a3fbde482b69",
    gevent.pywsgi.headers_factory: "98a39f0f3e7c",
    gevent.pywsgi.Input._discard: "bea0da8a7078",
    gevent.pywsgi.WSGIServer.handle: "2f3079ba9ee5",
    gevent.server.StreamServer.do_read: "6cb23b7571a8",
    gevent.server.StreamServer.do_close: "728ac328c411",
    gevent.server.StreamServer.init_socket: "10502b410ec3",
    gevent.server.StreamServer.wrap_socket_and_handle: "f866c5110e14",
    gevent.baseserver.BaseServer._do_read: "6a5f2ba39cbd",
    gevent_socket.socket.detach: "ae54a131955f",
}


def digest(function) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


@pytest.mark.parametrize("function", RELIED_ON, ids=lambda f: f"{f.__module__}.{f.__qualname__}")
def test_an_internal_the_transport_relies_on_is_unchanged(function):
    assert digest(function) == RELIED_ON[function], f"read {function.__qualname__} again, then put {digest(function)}"


def test_nothing_switched_the_websocket_driver():
    """gevent-websocket, once installed, silently takes the place of simple-websocket."""
    assert driver.SimpleWebSocketWSGI is not None


def test_a_phone_has_what_engineio_asks_of_its_socket():
    socket = inspect.getsource(engineio.server) + inspect.getsource(engineio.base_server)
    for name in ("closed", "connected", "upgraded", "session", "send", "close"):
        assert f".{name}" in socket
        assert hasattr(Phone, name)
