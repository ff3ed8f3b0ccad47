"""Our frame parser against wsproto (as the client) and against noise."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Ping, Pong, Request, TextMessage

from app.live.transport.frames import BINARY, CLOSE, PING, PONG, TEXT, Frames, Violation, frame
from tests.app.live.raw_socket import masked

LIMIT, MOST = 20_000, 256


def client() -> WSConnection:
    """A wsproto client whose handshake is done."""
    connection = WSConnection(ConnectionType.CLIENT)
    server = WSConnection(ConnectionType.SERVER)
    server.receive_data(connection.send(Request(host="x", target="/")))
    next(server.events())
    connection.receive_data(server.send(AcceptConnection()))
    next(connection.events())
    return connection


said = st.one_of(
    st.tuples(st.just(TEXT), st.lists(st.text(max_size=200), min_size=1, max_size=4)),
    st.tuples(st.just(BINARY), st.lists(st.binary(max_size=400), min_size=1, max_size=4)),
    st.tuples(st.sampled_from((PING, PONG)), st.lists(st.binary(max_size=125), min_size=1, max_size=1)),
    st.tuples(st.just(TEXT), st.lists(st.text("ữ", min_size=40, max_size=6000), min_size=1, max_size=1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(said, max_size=6), st.lists(st.integers(1, 300), max_size=30))
def test_reads_what_wsproto_writes_however_it_is_cut(messages, cuts):
    connection, data, expected = client(), b"", []
    for kind, parts in messages:
        if kind in (PING, PONG):
            data += connection.send((Ping if kind == PING else Pong)(payload=parts[0]))
        else:
            make = TextMessage if kind == TEXT else BytesMessage
            for n, part in enumerate(parts):
                data += connection.send(make(data=part, message_finished=n == len(parts) - 1))
        expected.append((kind, ("" if kind == TEXT else b"").join(parts)))
    frames, got = Frames(LIMIT, MOST), []
    for cut in cuts:
        got += frames.feed(data[:cut])
        data = data[cut:]
    got += frames.feed(data)
    assert got == expected
    assert frames.rest == b""


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=500), st.integers(0, 3))
def test_wsproto_reads_what_we_write(message, scale):
    message = message * 10**scale
    connection = client()
    connection.receive_data(frame(TEXT, message.encode()) + frame(PING, b"x") + frame(CLOSE, b"\x03\xf0"))
    events = list(connection.events())
    assert "".join(event.data for event in events[:-2]) == message
    assert isinstance(events[-2], Ping)
    assert isinstance(events[-1], CloseConnection)
    assert events[-1].code == 1008


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=10))
def test_noise_is_refused_or_kept_small(chunks):
    frames = Frames(100, MOST)
    with suppress(Violation):
        for chunk in chunks:
            frames.feed(chunk)
            assert len(frames.rest) <= 100 + 14
            assert frames.size <= 100


@pytest.mark.parametrize("size", [0, 125, 126, 127, 65535, 65536, 70000])
def test_every_length_form_is_read(size):
    connection = client()
    message = "a" * size
    assert Frames(100_000, MOST).feed(connection.send(TextMessage(data=message))) == [(TEXT, message)]


def test_a_message_in_pieces_counts_as_a_whole():
    connection, frames = client(), Frames(1000, MOST)
    for _ in range(10):
        assert frames.feed(connection.send(TextMessage(data="a" * 100, message_finished=False))) == []
    with pytest.raises(Violation, match="too big"):
        frames.feed(connection.send(TextMessage(data="a", message_finished=True)))


def test_a_message_too_big_is_refused_at_its_head():
    with pytest.raises(Violation, match="too big"):
        Frames(LIMIT, MOST).feed(bytes((0x81, 0xFF)) + (60_000_000).to_bytes(8, "big"))


def test_of_frames_without_end_no_more_are_unmasked_than_may_come_at_once():
    frames = Frames(LIMIT, MOST)
    with pytest.raises(Violation, match="too many"):
        frames.feed(masked(PING, b"") * 10_000)
    assert frames.count == MOST + 1
    frames = Frames(LIMIT, MOST)
    assert len(frames.feed(masked(PING, b"") * MOST)) == MOST


def test_fragments_of_nothing_are_not_kept():
    frames = Frames(LIMIT, MOST)
    frames.feed(masked(TEXT, b"a", fin=False) + masked(0, b"", fin=False) * 100)
    assert frames.parts == [b"a"]
    assert frames.feed(masked(0, b"b")) == [(TEXT, "ab")]
