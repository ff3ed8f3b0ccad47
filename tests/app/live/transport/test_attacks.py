"""The live transport under fire: raw sockets against a server process, an honest player always beside.

Every attack has to end within two seconds, may need less than 5 MB at its worst moment, and Bình, who plays beside it,
must be answered at once.
"""

import threading
from contextlib import suppress

import pytest

from app.live.transport.limits import Limits
from tests.app.live.attacks import ATTACKS, PING, PONG, TEXT
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import Raw, eventually, is_answered, masked, text


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_cut_without_harm(echo, honest, an, attack):
    with no_more_than(MOST, echo.pid):
        an.send(attack)
        assert an.is_cut()
    is_answered(honest)


def test_two_hundred_bombers_leave_nothing(echo, honest):
    sockets = honest.ask("report", None)["sockets"]
    with no_more_than(MOST, echo.pid):
        for name in ("compressed bomb", "60 MB announced", "60 MB in fragments", "9,000 levels closed") * 50:
            with Raw(echo.port).join() as raw:
                raw.send(ATTACKS[name])
                assert raw.is_cut()
        kept = dict.fromkeys(("sockets", "environs", "phones"), sockets)
        assert eventually(lambda: honest.ask("report", None).items() >= kept.items())


@pytest.mark.parametrize("piece", [1, 1000, 7000])
def test_a_message_in_fragments_is_cut_at_the_first_byte_too_many(echo, an, piece):
    whole, rest = divmod(Limits().message_bytes, piece)
    if piece == 1:  # so many frames cost more than one may send at once: one large piece, then single bytes
        whole, rest = 10, Limits().message_bytes - 10
    for number, size in enumerate([rest] + [piece] * whole):
        an.send(masked(0 if number else TEXT, b"a" * size, fin=False) + masked(PING, b"here"))
        assert an.frame() == (PONG, b"here"), "what fits is taken"
    an.send(masked(0, b"a", fin=False))
    assert an.is_cut() == "close 1009"


def test_an_unfinished_message_is_all_one_client_can_park(echo, honest):
    with no_more_than(MOST, echo.pid), echo.crowd(20) as parked:
        for raw in parked:
            raw.send(masked(TEXT, b"4" + b"a" * 9000, fin=False) + masked(0, b"a" * 9000, fin=False))
        is_answered(honest)


def test_compression_is_never_agreed(echo):
    with Raw(echo.port) as raw:
        raw.send(raw.head("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
        assert "extensions" not in raw.response().lower()


def test_a_client_that_never_reads_is_dropped(echo, honest):
    """Without a ping to answer: who pongs blindly is cut for that already."""
    with no_more_than(MOST, echo.pid), Raw(echo.port, receive_buffer=4096).join() as blind:
        blind.send(text('42/live,["shout",{"count":3000,"size":8000,"pause":0.0005}]'))
        connected = honest.ask("report", None)["phones"]

        assert eventually(lambda: honest.ask("report", None)["phones"] < connected)
    is_answered(honest)


def test_an_event_before_connecting_and_of_another_namespace_calls_nobody(echo, honest):
    with Raw(echo.port).shake() as raw:
        raw.send(text('42/live,1["stamp","stranger"]') + text('42/admin,1["stamp","stranger"]'))
        raw.send(text('40/admin,{"ticket":"good"}') + text("40") + text('40/live,{"ticket":"bad"}'))
        assert [raw.read() for _ in range(3)] == [
            '44/admin,"Unable to connect"',
            '44"Unable to connect"',
            '44/live,{"message":"bad_ticket"}',
        ]
    assert not any(name == "stranger" for name, _, _ in honest.ask("report", None)["seen"])


@pytest.mark.parametrize(
    "change",
    [
        ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"),
        ("Sec-WebSocket-Key: AAAA", "Sec-WebSocket-Key: AA"),
        ("Sec-WebSocket-Key: ", "X: "),
        ("Connection: Upgrade", "Connection: keep-alive"),
        ("transport=websocket", "transport=polling"),
        ("transport=websocket", "transport=websocket&j=0&sid=x"),
        ("EIO=4", "EIO=3"),
        ("Upgrade: websocket", "Upgrade: h2c"),
        ("Host: 127", "Origin: http://evil.example\r\nHost: 127"),
        ("Host: 127", "Origin: null\r\nHost: 127"),
    ],
)
def test_a_bad_handshake_is_refused(echo, change):
    with Raw(echo.port) as raw:
        head = raw.head().decode()
        assert change[0] in head
        raw.send(head.replace(*change).encode())
        assert raw.response().startswith("HTTP/1.1 400")


def test_an_upgrade_with_a_body_is_refused(echo):
    with Raw(echo.port) as raw:
        raw.send(raw.head("Content-Length: 5") + b"hello")
        assert raw.response().startswith("HTTP/1.1 400")


def test_more_messages_than_may_wait_are_cut(echo, honest):
    with no_more_than(MOST, echo.pid), Raw(echo.port).join() as raw:
        raw.send(text('42/live,1["wait",3]') + text('42/live,2["answer",{}]') * (Limits().inbox_cap + 1))
        assert raw.is_cut() == "close 1008"
    is_answered(honest)


def test_floods_beside_fifty_honest_players_harm_nobody(echo):
    stop = threading.Event()
    cut, turns = [], []

    def flood():
        while not stop.is_set():
            with suppress(OSError), Raw(echo.port).join() as raw:
                raw.send(ATTACKS["a flood of events"] * 5)
                cut.append(raw.is_cut())

    flooders = [threading.Thread(target=flood) for _ in range(4)]
    with echo.crowd(50) as players, no_more_than(MOST, echo.pid):
        for thread in flooders:
            thread.start()
        for _ in range(10):
            before = len(cut)
            assert eventually(lambda: len(cut) > before), "nobody floods"  # noqa: B023
            turns += [player.ask("turn", None) for player in players]
        stop.set()
        for thread in flooders:
            thread.join()
    assert all(cut)
    assert sorted(turns)[len(turns) * 99 // 100] <= 4 * Limits().inbox_cap, "what each flooder may have waiting"
