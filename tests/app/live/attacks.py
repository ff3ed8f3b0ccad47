"""Bytes that only an attacker sends, each on a connection of its own."""

import zlib
from functools import cache

from tests.app.live.memory import MB
from tests.app.live.raw_socket import masked, text

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


@cache
def deflated(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(b"4" + b" " * size) + packer.flush(zlib.Z_SYNC_FLUSH)


ATTACKS = {
    "unmasked frame": masked(TEXT, b"3", mask=False),
    "reserved bits": masked(TEXT, b"3", reserved=0x20),
    "compressed bomb": masked(TEXT, deflated(100 * MB)[:19_000], reserved=0x40),
    "bad UTF-8": masked(TEXT, b'42/live,["echo","\xed\xa0\x80"]'),
    "bad UTF-8 over fragments": masked(TEXT, b"42\xc3", fin=False) + masked(0, b"(", fin=True),
    "unknown opcode": masked(0x3, b""),
    "unknown control frame": masked(0xB, b""),
    "long control frame": masked(PING, b"a" * 126),
    "fragmented control frame": masked(PING, b"a", fin=False),
    "continuation of nothing": masked(0, b"a"),
    "message inside a message": masked(TEXT, b"4", fin=False) + masked(TEXT, b"4"),
    "close with a code nobody may send": masked(CLOSE, b"\x03\xed"),
    "60 MB announced": bytes((0x81, 0xFF)) + (60 * MB).to_bytes(8, "big") + b"abcd",
    "2**63 announced": bytes((0x81, 0xFF)) + (1 << 63).to_bytes(8, "big"),
    "length in a long form": bytes((0x81, 0xFE, 0, 1)) + b"abcda",
    "60 MB in fragments": masked(TEXT, b"4", fin=False) + masked(0, b"a" * 9000, fin=False) * 3,
    "1-byte fragments for ever": masked(TEXT, b"4", fin=False) + masked(0, b"a", fin=False) * 300,
    "empty fragments for ever": masked(TEXT, b"4", fin=False) + masked(0, b"", fin=False) * 300,
    "a flood of pings": masked(PING, b"") * 300,
    "a flood of pongs": text("3") * 300,
    "a flood of events": text('42/live,["answer",{}]') * 300,
    "a flood of connects": text('40/live,{"ticket":"good"}') * 300,
    "binary message": masked(BINARY, b"4abc"),
    "binary in base64": text("bAAAA"),
    "upgrade packet": text("5"),
    "ping of an older protocol": text("2probe"),
    "open packet": text('0{"sid":"x"}'),
    "packet of an unknown type": text("49"),
    "packet of no type": text("4"),
    "empty message": text(""),
    "a million attachments": text('451000000-/live,["answer",{"_placeholder":true,"num":0}]'),
    "binary acknowledgement": text('461-/live,1[{"_placeholder":true,"num":0}]'),
    "connect error from a client": text('44/live,{"message":"x"}'),
    "100,000 levels": text('42/live,1["answer",' + "[" * 100_000),
    "9,000 levels closed": text('42/live,1["answer",' + "[" * 9000 + "]" * 9000 + "]"),
    "40 levels": text('42/live,1["answer",' + "[" * 40 + "]" * 40 + "]"),
    "deep ticket": text("40/live," + '{"a":' * 3000),
    "huge number": text('42/live,1["answer",' + "9" * 15_000 + "]"),
    "number of 25 digits": text('42/live,1["answer",' + "9" * 25 + "]"),
    "not a number": text('42/live,1["answer",NaN]'),
    "infinity": text('42/live,1["answer",1e999]'),
    "huge packet id": text("42/live," + "1" * 5000 + '["answer",{}]'),
    "id of other digits": text('42/live,²["answer",{}]'),
    "no JSON": text('42/live,1["answer"'),
    "not a list": text('42/live,1{"answer":1}'),
    "empty list": text("42/live,1[]"),
    "event with a number for a name": text("42/live,1[1,2]"),
    "acknowledgement with bad JSON": text("43/live,1[[["),
    "a handler that fails": text('42/live,1["fail",1]'),
    "too many arguments": text('42/live,1["answer",1,2,3]'),
    "HTTP into the stream": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
}
MORE_ATTACKS = {
    "98 KB bomb": masked(TEXT, deflated(100 * MB), reserved=0x40),
    "60 MB begun and never ended": bytes((0x01, 0xFF)) + (60 * MB).to_bytes(8, "big") + b"\0\0\0\0" + b"4" * 50_000,
}
