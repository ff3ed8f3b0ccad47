"""The hall's own name by multicast DNS: one name, one kind of question, and nothing that is malformed."""

from __future__ import annotations

import socket
import struct

from app.cli import mdns


def question(name: str, kind: int = 1, flags: int = 0, number: int = 7) -> bytes:
    labels = b"".join(bytes([len(one)]) + one.encode() for one in name.split("."))
    return struct.pack("!HHHHHH", number, flags, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", kind, 1)


def test_the_name_is_told_in_any_case_and_nothing_else_is() -> None:
    for asked in ("sanchoi.local", "SanChoi.LOCAL"):
        answer = mdns.reply(question(asked), "10.10.0.1")
        assert answer is not None
        assert answer.endswith(struct.pack("!HHIH", 1, 0x8001, 120, 4) + socket.inet_aton("10.10.0.1"))
        assert struct.unpack_from("!HHHH", answer) == (7, 0x8400, 0, 1)
    assert mdns.reply(question("sanchoi.local", kind=255), "10.10.0.1")
    silent = (question("khac.local"), question("sanchoi.local", kind=28), question("sanchoi.local", flags=0x8400))
    assert [mdns.reply(one, "10.10.0.1") for one in silent] == [None] * 3


def test_what_is_malformed_is_not_answered_and_hurts_nobody() -> None:
    whole = question("sanchoi.local")
    for cut in range(len(whole)):
        assert mdns.reply(whole[:cut], "10.10.0.1") is None
    for bad in (b"\xff" * 40, whole[:12] + b"\xc0\x0c" + whole[12:], whole[:12] + b"\x03\xff\xfe\xfd\0\0\1\0\1"):
        assert mdns.reply(bad, "10.10.0.1") is None


def test_a_plain_resolver_gets_its_question_back_and_a_short_life() -> None:
    asked = question("SanChoi.local", number=9)
    answer = mdns.reply(asked, "10.10.0.1", legacy=True)
    assert answer
    assert struct.unpack_from("!HHHHHH", answer) == (9, 0x8400, 1, 1, 0, 0)
    assert answer[12:].startswith(asked[12:])
    assert answer.endswith(struct.pack("!HHIH", 1, 1, 10, 4) + socket.inet_aton("10.10.0.1"))


def test_who_asks_from_another_port_is_answered_alone() -> None:
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking, listening:
        asking.settimeout(60)
        asking.sendto(question("sanchoi.local"), listening.getsockname())
        packet, asker = listening.recvfrom(mdns.LONGEST)
        listening.sendto(mdns.reply(packet, "127.0.0.1") or b"", asker)
        assert asking.recv(200).endswith(socket.inet_aton("127.0.0.1"))
