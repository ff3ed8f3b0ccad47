"""A small Socket.IO server for the transport's tests and bench: `echo_server.py [--stock] [--tls] [--quick]`.

Prints its port, then serves until killed. `--stock` runs python-socketio as it comes, for comparison.
"""

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402
import gc  # noqa: E402
import ssl  # noqa: E402
from collections import deque  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402
import socketio  # noqa: E402
from gevent import pywsgi  # noqa: E402

from app.clock import now_us  # noqa: E402
from app.live import transport  # noqa: E402
from app.live.transport import flow, hall, patrol, phone, request, web, wire  # noqa: E402

LARGE = 5_000_000
block = monkey.get_original("time", "sleep")
options = argparse.ArgumentParser()
options.add_argument("--stock", action="store_true")
options.add_argument("--tls", action="store_true")
options.add_argument("--quick", action="store_true", help="short times, for the tests of time limits")
options.add_argument("--own-clock", action="store_true", help="time passes only where `pass_time` says so")
options = options.parse_args()

settings = {} if options.stock else {"json": transport.strict_json}
sio = socketio.Server(async_mode="gevent", namespaces=["/live"], async_handlers=False, **settings)
seen: list[tuple[str, int, int]] = []
handled: deque[int] = deque(maxlen=20_000)
pages: list[tuple[str, int, int]] = []
passed = [0.0]


def own_time() -> float:
    return passed[0]


if options.own_clock:
    for module in (flow, hall, patrol, phone, request, web, wire):
        module.monotonic = own_time
    patrol.PATROL_S = web.PATROL_S = 0.03
left: list[str] = []


def on(name):
    return sio.on(name, namespace="/live")


@on("connect")
def connect(sid, environ, auth):
    if (auth or {}).get("ticket") == "held":
        gevent.sleep(2)
    if (auth or {}).get("ticket") != "good":
        raise socketio.exceptions.ConnectionRefusedError("bad_ticket")
    sio.enter_room(sid, "hall", namespace="/live")


@on("disconnect")
def disconnect(sid, reason):
    left.append(reason)


@on("answer")
def answer(sid, data):
    handled.append(now_us())
    return {"ok": True, "v": 17}


@on("turn")
def turn(sid, data):
    """How many answers of others were handled between the arrival of this and its turn."""
    return sum(at > transport.received_at() for at in handled)


@on("pass_time")
def pass_time(sid, seconds):
    gevent.sleep(0.8)  # what was sent before is read, also of who sends without waiting
    while seconds > 0:
        passed[0] += min(seconds, 0.5)  # a patrol that finds more missing takes it for a stall of its own
        seconds -= 0.5
        gevent.sleep(0.1)
    return True


@on("echo")
def echo(sid, data):
    return data


@on("answer_later")
def answer_later(sid, data):
    gevent.spawn_later(0.05, transport.acknowledge_later(), {"ok": True, "v": 17})


@on("wait")
def wait(sid, seconds):
    gevent.sleep(seconds)
    return seconds


@on("fail")
def fail(sid, data):
    raise RuntimeError("as asked")


@on("stamp")
def stamp(sid, name):
    seen.append((name, transport.received_at(), now_us()))
    return True


@on("stall")
def stall(sid, seconds):
    """Block the loop, watching `read_until` before and after each 1 ms of the time that follows."""
    start = now_us()
    block(seconds)
    gevent.spawn(follow, start)
    return start


marks: list[tuple[int, int]] = []


def follow(start):
    until = now_us() + 3_000_000
    while now_us() < until:
        marks.append((transport.read_until(), len(seen)))
        gevent.sleep(0.001)


@on("report")
def report(sid, _):
    gc.collect()
    return {
        "seen": seen,
        "pages": pages,
        "marks": marks,
        "left": left,
        "sockets": len(sio.eio.sockets),
        "environs": len(sio.environ),
        "phones": 0 if options.stock else len(sio.hall.phones),
        "workers": len([o for o in gc.get_objects() if isinstance(o, gevent.Greenlet) and not o.dead]),
        "read_until": transport.read_until(),
        "now": now_us(),
        "lag": transport.loop_lag(),
    }


@on("shout")
def shout(sid, data):
    """Send `count` texts of `size` characters to everybody (or only to the sender)."""
    for n in range(data["count"]):
        sio.emit("screen", f"{n}:" + "x" * data["size"], to=data.get("to") or sid, namespace="/live")
        if data.get("pause"):
            gevent.sleep(data["pause"])
    return True


@on("drain")
def drain(sid, spread_s):
    gevent.spawn(transport.drain, sio, spread_s)
    return True


def page(environ, start_response):
    if "live.refused" in environ:
        start_response("403 Forbidden", [("Content-Type", "text/plain")])
        return [environ["live.refused"].encode()]
    if environ["PATH_INFO"] == "/long":
        gevent.sleep(1)
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [bytes(LARGE)]
    body = environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") else b""
    pages.append((environ["PATH_INFO"], transport.received_at(), now_us()))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(body)} {transport.received_at()}".encode()]


application = socketio.WSGIApp(sio, page)
if options.stock:
    server = pywsgi.WSGIServer(("127.0.0.1", 0), application, log=None, backlog=4096)
else:
    transport.raise_file_limit()
    quick = {"connect_s": 1.0, "ping_interval_s": 1.0, "ping_timeout_s": 1.0, "send_timeout_s": 1.0}
    transport.install(sio, transport.Limits(**(quick if options.quick else {})))
    bounds = (
        transport.WebLimits(head_s=1.0, idle_s=3.0, waiting=20, waiting_s=0.2, uploads=2) if options.quick else None
    )
    secure = {}
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(__file__).with_name("test_only.pem"))
        secure = {"ssl_context": context}
    server = transport.Server(transport.listener("127.0.0.1", 0), application, bounds, **secure)
server.start()
print(server.server_port, flush=True)
server.serve_forever()
