"""Floods against the whole server: of joins, events and connections. An, who plays beside them, is always heard."""

from __future__ import annotations

import json
import selectors
import socket
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from app.live.transport.limits import Limits, WebLimits
from app.load import wire
from app.load.crowd import Crowd
from app.services.shows.seat import MOST_SEATS
from tests.app.live.hall import CONNECTED, OPEN_ENDED, Hall, port_of, post, take_seat
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import Raw, asking, text
from tests.processes import wait_until
from tests.serving import Server

LINE = 150
"""How many of a flood of joins may be answered while an honest answer waits: the hundred under way, who wait for one
commit together, and some of the next."""
SINGLE = 2
"""The same of what is done one after another: what is under way, and the next."""
SEAT_BYTES = 18 * 1024
"""The memory a seat may cost while two thousand are taken at once, and wait together for their commit: a request (a
greenlet, its context, a reader's 2 KB), then a line of the roster and a row of the console. A quarter of a phone's
budget."""
HALF_OPEN_BYTES = 20 * 1024
"""The memory a connection costs before its request is whole: a greenlet, a handler and a reader's 2 KB."""


@pytest.fixture(scope="module")
def opened(server: Server) -> Hall:
    """A show whose question stays open; An may answer it."""
    hall = Hall.open(server, OPEN_ENDED)
    hall.seat("An")
    hall.advance("ready")
    hall.advance("open")
    return hall


@pytest.fixture
def hall(opened: Hall) -> Hall:
    """The same with its staff, who are seen off after each test."""
    for one in (opened.host, opened.stage):
        if one not in CONNECTED:
            one.connect()
    return opened


@contextmanager
def an_is_heard(hall: Hall, most: int) -> Iterator[list[float]]:
    """While the block runs, each of An's answers is acknowledged; with one id, as the first stands. The block tells
    when the server did something for others: `most` of that may lie between an answer and its acknowledgement."""
    ticket, question = hall.seat("An"), hall.host.data["question"]
    answer = {"no": hall.host.data["no"], "choice": question["options"][0]["id"], "id": "an's answer"}
    heard: list[tuple[bool, float, float]] = []
    served: list[float] = []
    stopped = threading.Event()

    def play() -> None:
        with Raw(port_of(hall.server)).join({"ticket": ticket}) as an:
            while not stopped.is_set() or len(heard) < 2:
                number = len(heard) + 1
                an.send(asking("answer", answer, number=number))
                sent = time.monotonic()
                heard.append((an.told(number)["ok"], sent, came_at(an.sock)))
                stopped.wait(0.15)  # a seat may ask ten times a second

    thread = threading.Thread(target=play)
    thread.start()
    try:
        wait_until(lambda: heard)
        yield served
    finally:
        stopped.set()
        thread.join(timeout=30)
    assert all(ok for ok, *_ in heard)
    assert max(sum(sent < at < came for at in served) for _, sent, came in heard) <= most


def came_at(sock: Any) -> float:
    """When the last data came, however late this side looks (`tcpi_last_data_recv`, whole milliseconds)."""
    told = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 56)
    return time.monotonic() - int.from_bytes(told[52:], sys.byteorder) / 1e3


# --- joins


def joining(show: dict[str, Any], name: str, port: int) -> bytes:
    message = {"pin": show["pin"], "name": name, "device": f"device of {name:_<20}"}
    return wire.post("/live/join", json.dumps(message).encode(), ("127.0.0.1", port))


def all_at_once(
    port: int, requests: list[bytes], served: list[float], within_s: float = 60
) -> list[tuple[int, dict[str, str], bytes]]:
    """Each request on a connection of its own; nobody waits for anybody. Status, headers and body of the answers;
    when they came goes into `served`."""
    told, until = [], time.monotonic() + within_s
    with selectors.DefaultSelector() as waiting, ExitStack() as open_:
        for request in requests:
            sock = open_.enter_context(socket.socket())
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
            waiting.register(sock, selectors.EVENT_WRITE, bytearray(request))
        while waiting.get_map() and time.monotonic() < until:
            for key, ready in waiting.select(1):
                sock, rest = key.fileobj, key.data
                if ready == selectors.EVENT_WRITE:
                    sock.send(rest)
                    waiting.modify(sock, selectors.EVENT_READ, bytearray())
                    continue
                rest += sock.recv(65536)
                if answer := wire.response(bytes(rest)):
                    served.append(came_at(sock))
                    told.append(answer)
                    waiting.unregister(sock)
    return told


def test_wrong_pins_are_slowed_and_the_right_one_never_is(server: Server, show: dict[str, Any], hall: Hall) -> None:
    port = port_of(server)
    wrong = [joining({"pin": f"{number:06d}"}, "An", port) for number in range(40)]
    with no_more_than(MOST, server.note["pid"]), an_is_heard(hall, len(wrong) // 2) as served:
        told = all_at_once(port, wrong[:20], served) + all_at_once(port, wrong[20:], served)
    assert [status for status, *_ in told] == [404] * 20 + [429] * 20
    assert all(int(headers["retry-after"]) >= 1 for status, headers, _ in told if status == 429)
    assert post(f"{server.url}/live/join", {"pin": show["pin"], "name": "Hoa", "device": "h" * 20})[0] == 201


def test_two_thousand_honest_phones_behind_one_address_all_get_in(server: Server, show: dict[str, Any]) -> None:
    crowd = Crowd([("127.0.0.1", port_of(server))], 2000, "h")
    joined = crowd.join([show["pin"]], 800.0)
    assert set(joined["told"]) <= {201, 429}  # told to wait is not refused: a phone asks again by itself
    assert joined["told"][201] == 2000
    crowd.comes_back = True  # whom a busy machine cuts off in the middle dials again, as a browser does
    crowd.connect(800.0)
    assert crowd.loop.run(lambda: all(phone.sock for phone in crowd.phones), 60.0)
    for phone in crowd.phones:
        phone.hang_up()


def seats_of(server: Server, show: dict[str, Any]) -> int:
    with sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        where = "show_id = ? AND side = 'public'"
        return int(db.execute(f"SELECT count(*) FROM seat WHERE {where}", [show["id"]]).fetchone()[0])


def fill_all_but(server: Server, show: dict[str, Any], left: int) -> int:
    """Seat so many in the table that only these are left; five thousand joins would take a while."""
    with sqlite3.connect(server.instance / "sanchoi.db") as db:
        db.execute(
            """
            WITH RECURSIVE more(number) AS (
                SELECT max(number) + 1 FROM seat WHERE show_id = :show AND side = 'public'
                UNION ALL SELECT number + 1 FROM more WHERE number < :last)
            INSERT INTO seat (show_id, number, side, role, name, name_key, device_hash, code, lang, joined_at,
                              connected_at)
            SELECT :show, number, 'public', 'player', 'Bạn ' || number, 'seated ' || number, randomblob(32),
                   printf('%c%03x', char(97 + number / 4096), number % 4096), 'vi', 0, 0 FROM more
            """,
            {"show": show["id"], "last": MOST_SEATS - left},
        )
    return left


def test_a_flood_of_joins_with_the_right_pin_takes_seats_or_is_told_when_to_come_again(
    server: Server, hall: Hall
) -> None:
    port, before = port_of(server), seats_of(server, hall.show)
    flood = [joining(hall.show, f"Kẻ phá {number}", port) for number in range(2000)]
    with no_more_than(MOST + 2000 * SEAT_BYTES, server.note["pid"]), an_is_heard(hall, LINE) as served:
        told = all_at_once(port, flood, served)
    statuses = Counter(status for status, *_ in told)
    assert set(statuses) <= {201, 429}
    assert statuses.total() == 2000
    assert all(int(headers["retry-after"]) >= 1 for status, headers, _ in told if status == 429)
    assert seats_of(server, hall.show) == before + statuses[201]


def test_a_flood_of_joins_takes_no_seat_beyond_the_shows_last(server: Server, show: dict[str, Any]) -> None:
    take_seat(server, show, "Bình")
    left = fill_all_but(server, show, 10)
    port = port_of(server)
    time.sleep(0.5)  # the floods before this have used up what may join in a second
    told = all_at_once(port, [joining(show, f"Người thứ {number}", port) for number in range(100)], [])
    assert Counter(status for status, *_ in told) == {201: left, 503: 100 - left}
    assert {json.loads(body)["code"] for status, _, body in told if status == 503} == {"full"}
    assert seats_of(server, show) == MOST_SEATS
    assert take_seat(server, show, "Bình"), "who has a seat keeps it"


# --- events


def test_a_flood_of_events_is_cut_at_the_transports_limit(server: Server, hall: Hall) -> None:
    limits, ticket = Limits(), hall.seat("Vội")
    flood = text('42/live,1["sync",{"v":0}]') * (2 * limits.inbound_burst // limits.frame_cost)
    with no_more_than(MOST, server.note["pid"]), an_is_heard(hall, SINGLE) as served:
        for _ in range(5):
            with Raw(port_of(server)).join({"ticket": ticket}) as raw:
                raw.send(flood)
                assert raw.is_cut()
                served.append(time.monotonic())


def test_phones_that_read_nothing_cost_no_memory(server: Server, hall: Hall) -> None:
    tickets = [hall.seat(f"Mù {number}") for number in range(4)]
    with no_more_than(MOST, server.note["pid"]), an_is_heard(hall, SINGLE) as served, ExitStack() as crowd:
        blind = [
            crowd.enter_context(Raw(port_of(server), receive_buffer=4096).join({"ticket": ticket}))
            for ticket in tickets * 5
        ]
        for _ in range(10):
            for raw in blind:
                raw.send(text('42/live,1["sync",{"v":0}]') * 3)
            for do in ("pause", "resume"):
                assert hall.act(do)["ok"]  # a screen to everybody
                served.append(time.monotonic())


# --- connections


def half_open(port: int, count: int, all_open: threading.Event) -> int:
    """Open so many connections with half a request; how many of them the server closed."""
    closed = 0
    with selectors.DefaultSelector() as open_:
        for _ in range(count):
            raw = Raw(port)
            raw.send(b"GET /live HTTP/1.1\r\nHost: x\r\nX-A: ")
            open_.register(raw.sock, selectors.EVENT_READ)
            closed += ended(open_, 0)
        all_open.set()
        while open_.get_map() and (more := ended(open_, 30)):
            closed += more
    return closed


def ended(open_: selectors.BaseSelector, within_s: float) -> int:
    """How many the server has closed by now; the first of them is waited for."""
    closed = open_.select(within_s)
    for key, _ in closed:
        with key.fileobj as sock:  # type: ignore[union-attr]
            assert sock.recv(1000) == b""
            open_.unregister(sock)
    return len(closed)


def test_half_open_connections_by_the_thousand_keep_nobody_out(server: Server, hall: Hall) -> None:
    """With the limits of a real hall, and more of them than may wait at all: each is closed, and Bình comes in first."""
    port, ticket, count = port_of(server), hall.seat("Bình"), WebLimits().waiting + 500
    with (
        no_more_than(MOST + count * HALF_OPEN_BYTES, server.note["pid"]),
        an_is_heard(hall, SINGLE),
        ThreadPoolExecutor(1) as pool,
    ):
        all_open = threading.Event()
        closed = pool.submit(half_open, port, count, all_open)
        assert all_open.wait(30)
        with Raw(port).join({"ticket": ticket}) as binh:
            assert "screen" in binh.ask("sync", {"v": 0})
        assert closed.result() == count
