"""The live transport's patience: who is too slow, too silent or one too many makes room for the others.

When somebody is cut is shown by a server with a clock of its own (`timed`): a moment before, the connection stands; a
moment after, it is closed.
"""

import itertools
import socket
import sys
import time
from contextlib import ExitStack, suppress

import pytest

from app.live.transport.limits import Limits, WebLimits
from app.live.transport.web import Server
from tests.app.live.attacks import TEXT
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import EchoServer, Raw, eventually, is_answered, masked, text

BOUNDS, WEB = Limits(), WebLimits()


@pytest.fixture(scope="module")
def quick():
    """A server with time limits of one second."""
    with EchoServer("--quick") as server:
        yield server


@pytest.fixture(scope="module")
def timed():
    """A server with the limits of a real hall, whose time passes where a test says so."""
    with EchoServer("--own-clock") as server:
        yield server


@pytest.fixture(scope="module")
def timed_tls():
    with EchoServer("--own-clock", "--tls") as server:
        yield server


def closed(connections):
    """How many of them the server has closed, once that is all of them or long after."""
    return eventually(lambda: (n := sum(raw.is_closed() for raw in connections)) == len(connections) and n) or sum(
        raw.is_closed() for raw in connections
    )


def test_who_enters_no_namespace_is_cut(quick):
    with Raw(quick.port).shake() as idle, Raw(quick.port).shake() as refused:
        refused.send(text('40/live,{"ticket":"bad"}'))
        assert refused.read().startswith("44/live,")
        assert idle.is_cut() == "close 1008"
        assert refused.is_cut() == "close 1008"


def test_who_answers_no_ping_is_cut(quick):
    with Raw(quick.port).join() as dead:
        assert dead.is_cut() == "close 1008"


def test_who_answers_pings_stays(quick):
    with Raw(quick.port).join() as alive:
        for _ in range(7):
            assert alive.ask("wait", 0.5) == 0.5  # `ask` answers the pings that come between
        is_answered(alive)


def test_who_is_refused_may_try_again_for_a_moment(timed):
    with Raw(timed.port).shake() as stranger, Raw(timed.port).shake() as late:
        for raw in (stranger, late):
            raw.send(text('40/live,{"ticket":"bad"}'))
            assert raw.read().startswith("44/live,")
        timed.pass_time(BOUNDS.refused_s / 2)
        late.send(text('40/live,{"ticket":"good"}'))
        assert late.read().startswith("40/live,")
        timed.pass_time(BOUNDS.refused_s / 2 + 0.1)
        assert stranger.is_cut() == "close 1008"
        is_answered(late)


def test_who_is_refused_does_not_stay_by_asking_on(echo):
    """Each of these is worked on for two seconds before it is refused."""
    with Raw(echo.port).shake() as stranger:
        for _ in range(20):
            stranger.send(text('40/live,{"ticket":"held"}'))
        assert stranger.is_cut() == "close 1008"


def test_a_pong_that_nobody_asked_for_is_cut(echo):
    """A connection that reads nothing can only guess when it is asked."""
    with Raw(echo.port).join() as blind:
        blind.send(text("3"))
        assert blind.is_cut() == "close 1002"


def test_a_full_connection_that_takes_nothing_is_cut(echo):
    with Raw(echo.port).join() as watcher, Raw(echo.port, receive_buffer=4096).join() as stuck:
        connected = watcher.ask("report", None)["phones"]
        stuck.send(text('42/live,["shout",{"count":40,"size":8000}]'))
        assert eventually(lambda: watcher.ask("report", None)["phones"] < connected)


def test_who_was_full_before_has_no_longer(echo):
    with Raw(echo.port).join() as watcher, Raw(echo.port, receive_buffer=4096).join() as stuck:
        connected = watcher.ask("report", None)["phones"]
        stuck.send(text('42/live,1["shout",{"count":40,"size":8000}]'))
        time.sleep(0.6)  # a patrol has seen it full
        while stuck.read() != "43/live,1[true]":
            continue
        stuck.send(text('42/live,["shout",{"count":40,"size":8000}]'))
        assert eventually(lambda: watcher.ask("report", None)["phones"] < connected)


@pytest.mark.parametrize("stall_s", [0.9, 1.4])
def test_a_stall_of_the_server_is_not_the_fault_of_who_is_full(echo, stall_s):
    with Raw(echo.port, receive_buffer=4096).join() as phone:
        phone.send(text('42/live,1["shout",{"count":60,"size":8000}]') + text(f'42/live,2["stall",{stall_s}]'))
        for n in range(60):
            assert phone.read() == f'42/live,["screen","{n}:{"x" * 8000}"]'
        assert phone.read() == "43/live,1[true]"
        assert phone.read().startswith("43/live,2[")


def test_a_full_connection_that_takes_little_by_little_gets_everything(echo):
    """Ten kilobytes a second: for longer than the limit the kernel's buffer has no room for more."""
    with Raw(echo.port, receive_buffer=4096).join() as slow:
        slow.send(text('42/live,["shout",{"count":40,"size":8000}]'))
        slow.sock.settimeout(60)
        until, got = time.monotonic() + 6, slow.rest
        while time.monotonic() < until:
            got += slow.sock.recv(1000)
            time.sleep(0.1)
        slow.rest = got
        assert [slow.read() for _ in range(40)] == [f'42/live,["screen","{n}:{"x" * 8000}"]' for n in range(40)]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(90)) + b"\r\n", "400"),
        (b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 4000 + b"\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n", "403"),
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
    """A connection that answers no ping is cut, whatever lies parked."""
    with quick.crowd(20) as parked:
        for raw in parked:
            raw.send(masked(TEXT, b"4" + b"a" * 9000, fin=False) + masked(0, b"a" * 9000, fin=False))
        assert {raw.is_cut() for raw in parked} == {"close 1008"}


WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


HALVES = {
    "nothing": (b"", b""),
    "half a line": (b"", b"GET / HT"),
    "half a head": (b"", WHOLE[:-2] + b"X-A: "),
    "a letter after a whole one": (WHOLE, b"G"),
    "half a head after a whole one": (WHOLE, WHOLE[:-2] + b"X-A: "),
}


def begun(half, server, crowd):
    before, start = half
    raw = crowd.enter_context(Raw(server.port))
    if before:
        raw.send(before)
        assert raw.response().startswith("HTTP/1.1 200")
    raw.send(start)
    return raw


def test_half_a_request_is_cut_after_a_second_and_a_half(timed):
    """Silence follows, or one byte after another."""
    halves = list(itertools.product(HALVES.values(), (b"", b"a")))
    with ExitStack() as crowd:
        opened = [begun(half, timed, crowd) for half, _ in halves]
        timed.pass_time(WEB.least_s - 0.05)
        assert not any(raw.is_closed() for raw in opened)
        for raw, (_, trickle) in zip(opened, halves, strict=True):
            with suppress(OSError):
                raw.send(trickle)
        timed.pass_time(WEB.head_s)
        assert closed(opened) == len(halves)


def test_a_browsers_connection_is_kept_for_its_next_request_and_not_for_ever(timed):
    with Raw(timed.port) as raw:
        for _ in range(2):
            raw.send(WHOLE)
            assert raw.response().startswith("HTTP/1.1 200")
            assert raw.rest or raw.sock.recv(1000), "the page itself"
            raw.rest = b""
            timed.pass_time(WEB.idle_s * 0.9)
            assert not raw.is_closed()
            raw.sock.settimeout(30)
        timed.pass_time(WEB.idle_s * 0.2)
        assert closed([raw])


@pytest.mark.parametrize(("round_trip_s", "seconds"), [(0.0001, 1.5), (0.4, 1.5), (1.2, 4.2), (60.0, 8.0)])
def test_who_is_far_away_has_time_to_send_a_lost_packet_again(round_trip_s, seconds):
    """TCP waits three round trips before it does."""

    class Far:
        def getsockopt(self, *_):
            return bytes(8 + 4 * 15) + int(round_trip_s * 1e6).to_bytes(4, sys.byteorder) + bytes(32)

    with socket.socket() as listening:
        assert Server(listening, None).time_for_a_head(Far()) == pytest.approx(seconds)


def test_over_tls_silence_is_cut_as_soon_and_a_phone_far_away_is_served(timed_tls):
    with Raw(timed_tls.port) as silent, Raw(timed_tls.port, tls=True) as far:
        timed_tls.pass_time(WEB.least_s - 0.05)
        assert not silent.is_closed()
        timed_tls.pass_time(WEB.head_s)
        assert closed([silent])
        far.send(WHOLE)
        assert far.response().startswith("HTTP/1.1 200")
        far.rest = b""
        far.send(WHOLE[:9])
        timed_tls.pass_time(WEB.least_s - 0.05)
        assert not far.is_closed()
        timed_tls.pass_time(WEB.head_s)
        assert closed([far])


def test_a_clients_mistakes_fill_no_log(capfd):
    with EchoServer("--quick") as server:
        for start in (WHOLE[:9], b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na", b"nonsense\r\n\r\n"):
            with Raw(server.port) as raw:
                raw.send(start)
                assert closed([raw])
        with Raw(server.port) as raw:
            raw.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na")
        time.sleep(0.2)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("tls", [False, True], ids=["", "TLS"])
@pytest.mark.parametrize("size", [9, 9_000_000])
def test_a_body_that_stops_is_cut_long_before_its_time(size, tls):
    """9 MB are waited for minutes while they come."""
    with EchoServer("--quick", *["--tls"] * tls) as server, Raw(server.port, tls=tls) as raw:
        raw.send(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode() + b"a" * (size // 90))
        assert closed([raw])


def test_a_head_that_arrives_while_the_server_stands_still_is_read(echo):
    with Raw(echo.port).join() as host, Raw(echo.port) as raw:
        raw.send(WHOLE[:9])
        time.sleep(0.5)
        host.send(text('42/live,["stall",2.5]'))
        time.sleep(0.2)
        raw.send(WHOLE[9:])
        assert raw.response().startswith("HTTP/1.1 200")


def test_idle_connections_make_room_for_honest_ones(quick):
    """For each newcomer the oldest, once it has waited for a moment, while there are more than may wait."""
    with ExitStack() as flood:
        idle = [flood.enter_context(Raw(quick.port)) for _ in range(30)]
        for raw in idle:
            raw.send(WHOLE)
        time.sleep(0.4)
        for _ in range(30):
            flood.enter_context(Raw(quick.port))
        with Raw(quick.port).join() as phone:
            is_answered(phone)
        assert eventually(lambda: sum(raw.is_closed() for raw in idle) > 20)


def test_the_oldest_connection_that_stirs_protects_nobody_behind_it(quick):
    with ExitStack() as flood:
        idle = [flood.enter_context(Raw(quick.port)) for _ in range(30)]
        for raw in idle:
            raw.send(WHOLE)
            assert raw.response().startswith("HTTP/1.1 200")
        time.sleep(0.4)
        idle[0].send(b"G")
        time.sleep(0.05)
        for _ in range(10):
            flood.enter_context(Raw(quick.port))
            time.sleep(0.01)
        assert eventually(lambda: sum(raw.is_closed() for raw in idle[1:11]) >= 8)


def test_running_out_of_file_descriptors_hurts_only_the_newcomers():
    with EchoServer(files=400) as server:
        with Raw(server.port).join() as honest:
            with server.crowd(400) as crowd:
                assert 150 < len(crowd) < 300
                is_answered(honest)
            assert eventually(lambda: honest.ask("report", None)["sockets"] == 1)
        with Raw(server.port).join() as newcomer:
            is_answered(newcomer)
