"""HTTP requests that attack: without end, with bodies nobody wants, for responses nobody reads."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from app.live.transport.limits import WebLimits
from app.live.transport.request import IMPATIENT_S
from app.load import members
from tests.app.live.hall import port_of
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import EchoServer, Raw, eventually, is_answered
from tests.serving import Server

TAKEN_BETWEEN = 20
"""How many of a flood on one connection may be answered while somebody else waits for one answer."""
LARGE = 5_000_000
GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def post(path: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(body) if length is None else length}",
        "Content-Type: application/json",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def without_end(port: int, request: bytes) -> Iterator[bytearray]:
    """While the block runs, one connection sends this again and again and waits for nothing; what it is answered."""
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.settimeout(0.1)
        stopped, answered = threading.Event(), bytearray()

        def send() -> None:
            while not stopped.is_set():
                with suppress(OSError):
                    sock.sendall(request * 50)

        def read() -> None:
            while not stopped.is_set():
                with suppress(OSError):
                    answered.extend(sock.recv(65536))

        threads = [threading.Thread(target=one) for one in (send, read)]
        for thread in threads:
            thread.start()
        eventually(lambda: answered)
        try:
            yield answered
        finally:
            stopped.set()
            for thread in threads:
                thread.join()


def test_who_asks_without_end_takes_turns_with_everybody_else(echo: EchoServer, honest: Raw) -> None:
    """By the server's own count: between an honest request's arrival and its answer the flood has two turns at most, and
    it pauses between any two."""
    with without_end(echo.port, GET):
        for _ in range(10):
            is_answered(honest)
            with Raw(echo.port) as other:
                other.send(GET.replace(b"/ ", b"/honest ", 1))
                assert other.response().startswith("HTTP/1.1 200")
        pages = eventually(lambda: len(told := honest.ask("report", None)["pages"]) >= 13 and told)
    flood = [at for path, _, at in pages if path == "/"]
    honest_ones = [(came, at) for path, came, at in pages if path == "/honest"]
    assert len(honest_ones) == 10
    assert max(sum(came < taken < at for taken in flood) for came, at in honest_ones) <= 2
    pauses = [later - earlier for earlier, later in itertools.pairwise(flood)]
    assert pauses
    assert not [pause for pause in pauses if pause < IMPATIENT_S * 1_000_000]


@pytest.mark.parametrize("path", ["/live/answer", "/taking", "/healthz", "/socket.io/", "/live/join"])
def test_no_path_of_ours_is_a_way_to_have_the_server_alone(server: Server, path: str) -> None:
    request = (
        post(path, b"{}")
        if path in ("/live/answer", "/taking", "/live/join")
        else GET.replace(b"/ ", path.encode() + b" ", 1)
    )
    with without_end(port_of(server), request) as answered:
        for other in ("/healthz", "/play"):
            with Raw(port_of(server)) as raw:
                before = answered.count(b"HTTP/1.1 ")
                raw.send(GET.replace(b"/ ", other.encode() + b" ", 1))
                assert raw.response().startswith("HTTP/1.1 200")
                assert answered.count(b"HTTP/1.1 ") - before <= TAKEN_BETWEEN


HOSTILE_JSON = {"lists": b"[],", "objects": b"{},", "depth": b"["}


@pytest.mark.parametrize("piece", HOSTILE_JSON.values(), ids=HOSTILE_JSON)
@pytest.mark.parametrize(("size", "status"), [(60_000, "400"), (5_700_000, "401")])
def test_no_stranger_has_large_json_read(server: Server, piece: bytes, size: int, status: str) -> None:
    """A small one is read and refused; of a large one nothing: the answer is there before its last byte is sent."""
    body = b"[" + piece * (size // len(piece)) + b"0]"
    kept_back = 1 if status == "401" else 0
    with no_more_than(MOST, server.note["pid"]), Raw(port_of(server)) as raw:
        with suppress(ConnectionError):
            raw.send(post("/live/join", body[: len(body) - kept_back], length=len(body)))
        assert raw.response()[9:12] == status


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b"\xff", b'{"pin": 1e999}', b'"' + b"a" * 9000 + b'"', b"[" * 8000]
)
def test_what_is_no_message_is_a_bad_request(server: Server, body: bytes) -> None:
    with Raw(port_of(server)) as raw:
        raw.send(post("/live/join", body))
        assert raw.response().startswith("HTTP/1.1 400")


@pytest.fixture(scope="module")
def cookie(server: Server) -> str:
    """The session of a member."""
    return members.signed_in(server.instance, 1)[0]


def test_an_upload_is_taken_of_members_only(server: Server, cookie: str) -> None:
    """A stranger is answered before the last byte is sent."""
    size = 5_000_000
    for headers, status in (([], "401"), (["Cookie: scs=nonsense"], "401"), ([f"Cookie: scs={cookie}"], "400")):
        with no_more_than(MOST, server.note["pid"]), Raw(port_of(server)) as raw:
            with suppress(ConnectionError):
                raw.send(post("/nowhere", bytes(size - (status == "401")), *headers, length=size))
            assert raw.response()[9:12] == status


def test_a_document_is_checked_for_anybody_and_takes_no_place_of_members(server: Server, cookie: str) -> None:
    """Its length is that of one with a seal and a scanned signature on it; 400: read, but sent from no form of ours."""
    with ExitStack() as held:
        for _ in range(WebLimits().open_uploads - 1):
            held.enter_context(Raw(port_of(server))).send(post("/c", bytes(1), length=600_000))
        for path, size, headers, status in (
            ("/c", 600_000, [], "400"),
            ("/c", 4_400_000, [], "413"),
            ("/c/", 600_000, [], "401"),
        ):
            with Raw(port_of(server)) as raw, suppress(ConnectionError):
                raw.send(post(path, bytes(size), *headers))
                assert raw.response()[9:12] == status, path
        last = held.enter_context(Raw(port_of(server)))
        last.send(post("/c", bytes(1), length=600_000))
        with Raw(port_of(server)) as raw:
            raw.send(post("/nowhere", bytes(600_000), f"Cookie: scs={cookie}"))
            assert raw.response()[9:12] == "400"


def test_a_body_that_is_not_taken_is_refused_in_words_and_its_connection_ends(server: Server) -> None:
    for path, size, status, code in (
        ("/live/join", 100_000, 401, "sign_in_first"),
        ("/nowhere", 17_000_000, 413, "file_too_big"),
    ):
        with Raw(port_of(server)) as raw:
            raw.send(post(path, bytes(size)))  # all of it is sent before anything is read: no reset loses the answer
            head = raw.response()
            assert head.startswith(f"HTTP/1.1 {status}")
            assert "Connection: close" in head
            while raw._more():
                pass
            assert json.loads(raw.rest)["code"] == code


def test_a_body_that_stops_in_the_middle_is_told_so() -> None:
    with EchoServer("--quick") as server, Raw(server.port) as raw:
        raw.send(post("/", bytes(1), length=60_000))
        head = raw.response()
        assert head.startswith("HTTP/1.1 403")
        assert "Connection: close" in head
        while not raw.rest.endswith(b"too_slow") and raw._more():
            pass
        assert raw.rest.endswith(b"too_slow")


def test_few_uploads_are_taken_at_a_time_and_the_next_when_one_has_ended() -> None:
    begun = post("/", bytes(1), length=WebLimits().short_body_bytes + 1)
    with EchoServer("--quick") as server, Raw(server.port) as one, Raw(server.port) as two, Raw(server.port) as third:
        for raw in (one, two):
            raw.send(begun)
        time.sleep(0.2)
        third.send(begun + bytes(WebLimits().short_body_bytes))
        third.sock.settimeout(0.5)
        with pytest.raises(TimeoutError):
            third.response()
        one.send(bytes(WebLimits().short_body_bytes))
        third.sock.settimeout(30)
        for raw in (one, third):
            assert raw.response().startswith("HTTP/1.1 200")


def test_a_response_that_nobody_reads_is_given_up(echo: EchoServer, honest: Raw) -> None:
    before = honest.ask("report", None)["workers"]
    with no_more_than(MOST + 10 * LARGE, echo.pid):
        crowd = [Raw(echo.port, receive_buffer=4096) for _ in range(10)]
        for raw in crowd:
            raw.send(GET.replace(b"/ ", b"/large ", 1))
        assert eventually(lambda: honest.ask("report", None)["workers"] >= before + 10)
        assert eventually(lambda: honest.ask("report", None)["workers"] <= before)
    for raw in crowd:
        raw.sock.close()


def test_a_response_that_is_read_little_by_little_arrives_whole(echo: EchoServer) -> None:
    with Raw(echo.port, receive_buffer=4096) as slow:
        slow.send(GET.replace(b"/ ", b"/large ", 1))
        got, began = 0, time.monotonic()
        while time.monotonic() - began < 4:  # longer than who reads nothing is waited for
            got += len(slow.sock.recv(4096))
            time.sleep(0.05)
        while data := slow.sock.recv(65536):
            got += len(data)
            if got > LARGE:
                break
    assert got > LARGE


def test_strangers_write_no_tracebacks(server: Server) -> None:
    port = port_of(server)
    with Raw(port) as raw:
        foreign, with_a_body = raw.head("Origin: http://["), raw.head("Content-Length: 2") + b"ab"
    requests = {
        "an Origin that is none": (post("/live/join", b"{}", "Origin: http://["), "400"),
        "the same at the sockets": (foreign, "400"),
        "the same at the contests": (post("/taking", b"{}", "Origin: http://["), "403"),
        "an upgrade with a body": (with_a_body, "400"),
        "two hundred lines of head": (GET[:-2] + b"".join(b"X-%d: a\r\n" % n for n in range(200)) + b"\r\n", "400"),
        "where to go on to": (GET.replace(b"/ ", b"/sign-in?next=/%09/[ ", 1), "200"),
    }
    for name, (request, status) in requests.items():
        with Raw(port) as raw:
            raw.send(request)
            assert raw.response()[9:12] in (status, ""), name
    assert "Traceback" not in server.said
