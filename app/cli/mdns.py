"""A name on the hall's own network: `sanchoi.local`, told to whoever asks by multicast DNS (RFC 6762).

Only questions for this one name are answered, with this machine's address on the network they came from; nothing is
announced or browsed. Where another program holds the port alone, the server goes on without the name.
"""

from __future__ import annotations

import socket
import struct

import gevent
import structlog

from app.cli import addresses

log = structlog.get_logger()

GROUP, PORT = "224.0.0.251", 5353
NAME = "sanchoi.local"
A, ANY, IN, FLUSH = 1, 255, 1, 0x8000
"""Numbers of RFC 1035 and 6762: the types and the class of a question, and the bit that lets an answer replace older
ones."""
TTL_S, LEGACY_TTL_S = 120, 10
"""How long a listener may keep our reply, and a plain resolver that asks from another port."""
LONGEST = 9000  # bytes of one packet


def reply(question: bytes, address: str, name: str = NAME, *, legacy: bool = False) -> bytes | None:
    """The reply to a packet of questions, or None where none of them is for this name. A plain resolver (`legacy`) is
    given its question back, no flush bit and a short life, as RFC 6762 has it in section 6.7."""
    try:
        number, flags, questions = struct.unpack_from("!HHH", question)
        ours = [one for one in _questions(question, questions) if _is_for(one, name)]
        if flags & 0x8000 or not ours:
            return None
    except (struct.error, IndexError, UnicodeDecodeError):
        return None
    kind, ttl = (IN, LEGACY_TTL_S) if legacy else (IN | FLUSH, TTL_S)
    record = struct.pack("!HHIH", A, kind, ttl, 4) + socket.inet_aton(address)
    asked = _labels(ours[0][0]) + struct.pack("!HH", ours[0][1], IN) if legacy else b""
    return struct.pack("!HHHHHH", number, 0x8400, int(legacy), 1, 0, 0) + asked + _labels(name) + record


def _is_for(question: tuple[str, int], name: str) -> bool:
    asked, kind = question
    return asked.lower() == name and kind in (A, ANY)


def _questions(packet: bytes, count: int) -> list[tuple[str, int]]:
    """(name, type) of each question. A name that points back is no question for us."""
    found: list[tuple[str, int]] = []
    at = 12
    for _ in range(min(count, 20)):
        labels = []
        while (length := packet[at]) != 0:
            if length > 63:
                return found
            labels.append(packet[at + 1 : at + 1 + length].decode())
            at += 1 + length
        kind, _class = struct.unpack_from("!HH", packet, at + 1)
        found.append((".".join(labels), kind))
        at += 5
    return found


def _labels(name: str) -> bytes:
    return b"".join(bytes([len(one)]) + one.encode() for one in name.split(".")) + b"\0"


def open_socket(address: str, port: int = PORT) -> socket.socket | None:
    """A socket in the group of this network, or None where somebody else has the port alone."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("", port))
        member = socket.inet_aton(GROUP) + socket.inet_aton(address)
        listening.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        listening.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    except OSError as problem:
        listening.close()
        log.info("no name on the network", name=NAME, why=str(problem))
        return None
    return listening


def serve(listening: socket.socket, address: str) -> None:
    """Answer for ever."""
    while True:
        packet, asker = listening.recvfrom(LONGEST)
        legacy = asker[1] != PORT  # another port gets an answer of its own
        if (found := reply(packet, address, legacy=legacy)) is not None:
            to = asker if legacy else (GROUP, PORT)
            try:
                listening.sendto(found, to)
            except OSError:
                log.info("a name could not be told")


def begin() -> str | None:
    """Tell the name from now on; the name, or None where this machine is on no network."""
    address = next(iter(addresses.of_this_machine()), None)
    listening = open_socket(address) if address else None
    if listening is None or address is None:
        return None
    gevent.spawn(serve, listening, address)
    return NAME
