"""The live transport's patience: who is too slow, too silent or one too many makes room for the others."""

import time
from contextlib import ExitStack, suppress

import pytest

from app.live.transport.hall import PATROL_S
from tests.app.live.attacks import TEXT
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import EchoServer, Raw, answers_at_once, eventually, masked, text

QUICK_S = 1.0
"""What `--quick` makes of the intervals and timeouts."""


@pytest.fixture(scope="module")
def quick():
    """A server with time limits of one second."""
    with EchoServer("--quick") as server:
        yield server


def test_who_enters_no_namespace_is_cut(quick):
    with Raw(quick.port).shake() as idle, Raw(quick.port).shake() as refused:
        refused.send(text('40/live,{"ticket":"bad"}'))
        assert refused.read().startswith("44/live,")
        assert idle.is_cut(3.5) == "close 1008"
        assert refused.is_cut(3.5) == "close 1008"


def test_who_answers_no_ping_is_cut(quick):
    with Raw(quick.port).join() as dead:
        assert dead.is_cut(4) == "close 1008"


def test_who_answers_pings_stays(quick):
    with Raw(quick.port).join() as alive:
        for _ in range(7):
            assert alive.ask("wait", 0.5) == 0.5  # `ask` answers the pings that come between
        answers_at_once(alive)


def test_a_full_connection_that_takes_nothing_is_cut(quick):
    with Raw(quick.port).join() as watcher, Raw(quick.port, receive_buffer=4096).join() as stuck:
        connected = watcher.ask("report", None)["phones"]
        stuck.send(text('42/live,["shout",{"count":40,"size":8000}]'))
        start = time.monotonic()
        while watcher.ask("report", None)["phones"] == connected and time.monotonic() - start < 4:
            stuck.send(text("3"))
            time.sleep(0.1)
        assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
    ],
    ids=["nothing", "half a line", "half a head", "half a body"],
)
def test_a_slow_request_is_cut(quick, start):
    with Raw(quick.port) as raw:
        raw.send(start)
        begin = time.monotonic()
        for n in range(40):
            try:
                raw.send(b"" if not start else b"a" if n < 5 else b"")
                raw.sock.settimeout(0.1)
                if raw.sock.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert 0.5 < time.monotonic() - begin < 3


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(90)) + b"\r\n", "400"),
        (b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 4000 + b"\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "400"),
        (b"GET /\r\n\r\n", "400"),
    ],
    ids=["long line", "long head", "many headers", "long body", "negative", "5,000 digits", "chunked", "HTTP/0.9"],
)
def test_a_request_out_of_bounds_is_refused(quick, request_, status):
    with no_more_than(MOST, quick.pid), Raw(quick.port) as raw:
        with suppress(ConnectionError):
            raw.send(request_)
        assert raw.response()[9:12] in (status, "")


def test_a_message_never_finished_is_kept_no_longer_than_its_connection(quick):
    """Who answers no ping is cut, whatever lies parked: after interval, timeout and a round of the patrol each."""
    with quick.crowd(20) as parked:
        begin = time.monotonic()
        for raw in parked:
            raw.send(masked(TEXT, b"4" + b"a" * 9000, fin=False) + masked(0, b"a" * 9000, fin=False))
        for raw in parked:
            assert raw.is_cut(QUICK_S * 2 + PATROL_S * 2 + begin - time.monotonic() + 0.5) == "close 1008"


def test_half_open_connections_make_room_for_honest_ones(quick):
    with ExitStack() as flood:
        half_open = [flood.enter_context(Raw(quick.port)) for _ in range(60)]
        time.sleep(0.4)
        half_open += [flood.enter_context(Raw(quick.port)) for _ in range(30)]
        with Raw(quick.port).join() as phone:
            answers_at_once(phone)
        for raw in half_open:
            assert raw.is_cut() == "end"


def test_running_out_of_file_descriptors_hurts_only_the_newcomers():
    with EchoServer(files=400) as server:
        with Raw(server.port).join() as honest:
            with server.crowd(400) as crowd:
                assert 150 < len(crowd) < 300
                answers_at_once(honest)
            assert eventually(lambda: honest.ask("report", None)["sockets"] == 1)
        with Raw(server.port).join() as newcomer:
            answers_at_once(newcomer)
