"""The live transport as honest clients meet it: raw sockets against a server process."""

import json
import time
from contextlib import ExitStack

import pytest
import socketio

from app.live.transport.hall import IDLE_WORKERS
from tests.app.live.attacks import ATTACKS, CLOSE, PING, PONG, TEXT
from tests.app.live.raw_socket import EchoServer, Raw, eventually, is_answered, masked, text


@pytest.fixture(scope="module")
def calm():
    """A server nobody has attacked."""
    with EchoServer() as server:
        yield server


# -- what honest clients do


def test_an_answer_is_acknowledged_at_once_and_later(an):
    assert an.ask("answer", {"no": 1}, number=3) == {"ok": True, "v": 17}
    assert an.ask("answer_later", {"no": 1}, number=4) == {"ok": True, "v": 17}


def test_the_ordinary_client_library_works(echo):
    client = socketio.Client(reconnection=False, request_timeout=30)
    heard = []
    client.on("screen", heard.append, namespace="/live")
    client.connect(
        f"http://127.0.0.1:{echo.port}", transports=["websocket"], namespaces=["/live"], auth={"ticket": "good"}
    )
    try:
        word = {"tên": "Dũng", "list": [1, 2.5, None, True], "emoji": "😀" * 100}
        assert client.call("echo", word, namespace="/live") == word
        client.call("shout", {"count": 3, "size": 300}, namespace="/live")
        assert eventually(lambda: len(heard) == 3)
    finally:
        client.disconnect()


def test_a_message_in_fragments_with_a_ping_between_is_one(an):
    whole = '42/live,5["echo","đoàn viên"]'.encode()
    an.send(masked(TEXT, whole[:20], fin=False) + masked(PING, b"hi") + masked(0, whole[20:21], fin=False))
    an.send(masked(0, whole[21:]))
    assert an.frame() == (PONG, b"hi")
    assert an.read() == '43/live,5["đoàn viên"]'


def test_events_of_one_client_are_handled_in_order_even_behind_a_slow_one(an):
    an.send(b"".join(text(f'42/live,{n}["wait",{0.2 if n == 1 else 0}]') for n in range(1, 9)))
    assert [an.read() for _ in range(8)] == [f"43/live,{n}[{0.2 if n == 1 else 0}]" for n in range(1, 9)]


def test_a_slow_handler_of_one_client_does_not_hold_another(an, honest):
    an.send(text('42/live,1["wait",1]'))
    is_answered(honest)


def test_a_frame_that_arrives_byte_by_byte_is_read(an):
    for byte in text('42/live,1["echo",1]'):
        an.send(bytes((byte,)))
        time.sleep(0.001)
    assert an.read() == "43/live,1[1]"


def test_what_is_sent_with_the_handshake_is_not_lost(echo):
    with Raw(echo.port) as raw:
        raw.send(raw.head() + text('40/live,{"ticket":"good"}'))
        assert raw.response().startswith("HTTP/1.1 101")
        assert raw.read().startswith("0")
        assert raw.read().startswith("40/live,")


def test_who_speaks_before_the_handshake_is_answered_leaves_nothing(echo, honest):
    before = honest.ask("report", None)["workers"]
    for _ in range(2 * IDLE_WORKERS):
        with Raw(echo.port) as raw:
            raw.send(raw.head() + text('40/live,{"ticket":"bad"}'))
            assert raw.response().startswith("HTTP/1.1 101")
            assert raw.read().startswith("0")
            assert raw.read().startswith("44/live,")
    assert eventually(lambda: honest.ask("report", None)["workers"] <= before + IDLE_WORKERS)


def test_a_close_is_answered_and_the_application_told_once(echo, honest):
    before = honest.ask("report", None)
    with Raw(echo.port).join() as raw:
        raw.send(masked(CLOSE, b"\x03\xe8"))
        assert raw.is_cut() == "close 1000"
    after = eventually(lambda: (r := honest.ask("report", None))["sockets"] == before["sockets"] and r)
    assert len(after["left"]) == len(before["left"]) + 1


def test_an_answer_sent_just_before_leaving_is_still_handled(echo, honest):
    raw = Raw(echo.port).join()
    raw.send(text('42/live,["stamp","leaving"]') + masked(CLOSE, b""))
    raw.sock.close()
    assert eventually(lambda: any(name == "leaving" for name, _, _ in honest.ask("report", None)["seen"]))


def test_pages_are_served_beside(echo):
    with Raw(echo.port) as raw:
        for body in (b"", b"a" * 1000, b"b" * 200_000):
            head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            raw.send(head.encode() + body)
            assert raw.response().startswith("HTTP/1.1 200")
            size, stamp = raw.rest.split() if b" " in raw.rest else raw.sock.recv(100).split()
            assert int(size) == len(body)
            assert abs(int(stamp) / 1e6 - time.time()) < 1
            raw.rest = b""


def test_a_slow_phone_gets_every_byte_in_order(echo, honest):
    with Raw(echo.port, receive_buffer=4096).join() as slow:
        slow.send(text('42/live,1["shout",{"count":60,"size":8000}]'))
        time.sleep(0.3)
        for n in range(60):
            assert slow.read() == f'42/live,["screen","{n}:{"x" * 8000}"]'
            time.sleep(0.01)
        assert slow.read() == "43/live,1[true]"
        is_answered(slow)


def test_a_phone_too_slow_gets_whole_messages_then_bye_then_the_end(echo, honest):
    with Raw(echo.port, receive_buffer=4096).join() as slow:
        slow.send(text('42/live,["shout",{"count":300,"size":8000}]'))
        time.sleep(0.5)
        n = 0
        while (got := slow.read()) == f'42/live,["screen","{n}:{"x" * 8000}"]':
            n += 1
        assert n < 300
        assert json.loads(got.removeprefix("42/live,")) == ["bye", {"code": "slow"}]
        assert slow.read() == "close 1008"
        assert slow.read() == "end"
    is_answered(honest)


# -- memory, time of arrival


def test_a_connected_phone_costs_less_than_75_kilobytes(calm):
    with Raw(calm.port).join() as first:
        first.ask("answer", {})
        before = calm.memory()
        with calm.crowd(500) as phones:
            first.send(text('42/live,["shout",{"count":20,"size":600,"to":"hall"}]'))
            for phone in phones:
                for _ in range(20):
                    assert phone.read().startswith("42/live,")
            assert len(phones) == 500
            assert (calm.memory() - before) / 500 < 75 * 1024


def test_the_kernels_stamp_survives_a_stalled_loop(echo, honest, an):
    honest.send(text('42/live,["stall",1.0]'))
    time.sleep(0.2)
    sent = time.time()
    an.send(text('42/live,1["stamp","stalled"]'))
    assert an.read() == "43/live,1[true]"
    ((received, read),) = [(a, b) for name, a, b in honest.ask("report", None)["seen"] if name == "stalled"]
    assert abs(received / 1e6 - sent) < 0.02
    assert read - received > 500_000


def test_read_until_waits_for_everything_that_arrived_in_a_stall(calm):
    with Raw(calm.port).join() as host, calm.crowd(500) as players:
        host.send(text('42/live,9["stall",1.0]'))
        time.sleep(0.1)
        for n, player in enumerate(players):
            player.send(text(f'42/live,["stamp","{n}"]'))
        last_sent = time.time() * 1e6
        assert host.read().startswith("43/live,9")
        time.sleep(1.5)
        report = host.ask("report", None)
        assert len(report["seen"]) == 500
        assert max(at for _, at, _ in report["seen"]) < last_sent + 20_000
        first_sent = min(at for _, at, _ in report["seen"])
        for read_until, seen in report["marks"]:
            assert read_until < first_sent or seen == 500 or sum(a <= read_until for _, a, _ in report["seen"]) <= seen
        assert any(read_until > last_sent for read_until, _ in report["marks"])
        assert report["read_until"] <= report["now"] - 50_000


def test_an_answer_behind_a_slow_handler_holds_read_until(echo, honest, an):
    an.send(text('42/live,1["wait",0.5]') + text('42/live,2["answer",{"no":1}]'))
    time.sleep(0.3)
    sent = time.time() * 1e6 - 300_000
    assert honest.ask("report", None)["read_until"] < sent + 50_000
    assert an.read() == "43/live,1[0.5]"
    assert an.read().startswith('43/live,2[{"ok":true')
    assert eventually(lambda: honest.ask("report", None)["read_until"] > sent + 300_000)


def test_whatever_else_waits_behind_a_slow_handler_holds_nothing(echo, honest, an):
    """A host who closes a question and asks for a screen would wait for himself."""
    an.send(text('42/live,1["wait",0.7]') + text('42/live,2["stamp","behind"]'))
    sent = time.time() * 1e6
    time.sleep(0.4)
    assert honest.ask("report", None)["read_until"] > sent + 200_000


def test_what_somebody_sends_before_being_let_in_holds_nobody(echo, honest):
    with Raw(echo.port).shake() as stranger:
        stranger.send(text('40/live,{"ticket":"held"}') + text('42/live,1["stamp","behind"]'))
        sent = time.time() * 1e6
        time.sleep(0.7)  # a patrol has passed
        stranger.send(text('42/live,2["stamp","behind"]'))
        time.sleep(0.3)
        assert honest.ask("report", None)["read_until"] > sent + 800_000
        assert stranger.read().startswith("44/live,")
        assert not any(name == "behind" and at >= sent for name, at, _ in honest.ask("report", None)["seen"])


# -- TLS, the planned end


def test_everything_works_over_tls_with_the_kernels_stamp():
    with EchoServer("--tls") as server, ExitStack() as hall:
        an, honest = (hall.enter_context(Raw(server.port, tls=True)).join() for _ in range(2))
        honest.send(text('42/live,["stall",0.5]'))
        time.sleep(0.1)
        sent = time.time()
        an.send(text('42/live,1["stamp","secret"]'))
        assert an.read() == "43/live,1[true]"
        ((_, received, _),) = honest.ask("report", None)["seen"]
        assert abs(received / 1e6 - sent) < 0.02
        assert honest.ask("echo", "y" * 15_000) == "y" * 15_000
        an.send(text('42/live,1["shout",{"count":60,"size":8000}]'))
        time.sleep(0.3)
        for n in range(60):
            assert an.read() == f'42/live,["screen","{n}:{"x" * 8000}"]'
        assert an.read() == "43/live,1[true]"
        an.send(ATTACKS["bad UTF-8"])
        assert an.is_cut()
        is_answered(honest)
        with Raw(server.port, tls=True) as early:  # all in one record, and more than is read at a time
            early.send(early.head() + masked(PING, b"x" * 100) * 30 + text('40/live,{"ticket":"good"}'))
            assert early.response().startswith("HTTP/1.1 101")
            assert early.read().startswith("0")
            assert early.read().startswith("40/live,")
        with Raw(server.port) as plain:  # no TLS at all
            plain.send(plain.head())
            assert plain.is_cut()


def test_a_planned_end_closes_everybody_in_slices(calm):
    with Raw(calm.port).join() as watcher:
        left = len(watcher.ask("report", None)["left"])
    with calm.crowd(100) as phones:
        phones[0].send(text('42/live,["drain",5]'))
        start, ends = time.monotonic(), []
        for phone in phones:
            assert phone.is_cut() == "close 1001"
            ends.append(time.monotonic() - start)
        assert 0.3 < max(ends) < 2
        with Raw(calm.port).join() as watcher:
            report = watcher.ask("report", None)
            assert len(report["left"]) == left + 100 + 1
            assert report["sockets"] == report["environs"] == 1
