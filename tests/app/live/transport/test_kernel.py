"""The kernel's answers about connections: real ones."""

import socket
import time
from collections.abc import Iterator

import pytest

from app.live.transport.kernel import lain_s, round_trip_s, segments_under_way, unacknowledged, unread

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Ours, which never waits, and the other side, with little room."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        other = socket.create_connection(listening.getsockname())
        ours, _ = listening.accept()
    with ours, other:
        other.setblocking(False)
        yield other, ours


def fill(sock: socket.socket) -> None:
    while True:
        try:
            sock.send(bytes(65536))
        except BlockingIOError:
            return


def test_a_round_trip_on_one_machine_is_short(ends: Ends) -> None:
    assert 0 < round_trip_s(ends[0]) < 0.5


def test_who_does_not_read_leaves_our_bytes_with_us_and_nothing_under_way(ends: Ends) -> None:
    ours, other = ends
    fill(ours)
    time.sleep(0.3)
    left = unacknowledged(ours.fileno())
    assert left > 10_000
    assert segments_under_way(ours) == 0
    for _ in range(50):
        other.recv(1000)
    time.sleep(0.3)
    assert unacknowledged(ours.fileno()) < left


def test_what_nobody_reads_grows_old_in_the_kernel(ends: Ends) -> None:
    other, ours = ends
    with socket.create_server(("127.0.0.1", 0)) as listening:
        elder = socket.create_connection(listening.getsockname())
        silent, _ = listening.accept()
    with elder, silent:
        time.sleep(0.3)
        before = lain_s(silent)
        assert before > 0, "a connection without a byte"
        other.send(b"x")
        time.sleep(0.3)
        assert 0 < lain_s(ours) < lain_s(silent), "its newest byte counts"
        assert lain_s(silent) > before


def test_what_nobody_has_read_is_counted(ends: Ends) -> None:
    other, ours = ends
    assert unread(ours.fileno()) == 0
    other.send(b"abc")
    time.sleep(0.1)
    assert unread(ours.fileno()) == 3
    assert ours.recv(2) == b"ab"
    assert unread(ours.fileno()) == 1


def test_of_what_is_no_connection_nothing_is_known() -> None:
    with socket.socket(socket.AF_UNIX) as sock, open("/dev/null") as file:
        assert round_trip_s(sock) == lain_s(sock) == 0
        assert unacknowledged(file.fileno()) == 0
    assert unread(sock.fileno()) == 0, "closed"
