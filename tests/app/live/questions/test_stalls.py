"""The server stands still for twelve seconds across a deadline: what was sent in time counts by its stamp, none is
busy."""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.app.live.hall import SPEED, Hall, port_of
from tests.app.live.raw_socket import Raw, text
from tests.serving import Server

SECONDS, STALL_S = 4, 12.0
"""How long a question is open, and the server is stopped or its database locked."""
EACH = 15
SCRIPT = {
    **SPEED,
    "settings": {"auto_close": False},
    "rounds": [{**SPEED["rounds"][0], "settings": {"seconds": SECONDS}}],
}  # type: ignore[index]


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    os.kill(server.note["pid"], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.note["pid"], signal.SIGCONT)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program holds the database's only write lock."""
    with sqlite3.connect(server.instance / "sanchoi.db", timeout=30, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")
    db.close()


Heard = dict[Raw, str]
"""The acknowledgements that phones were told while they waited."""


def rest(phones: list[Raw], heard: Heard, seconds: float = 0.0) -> None:
    """Time passes, and each phone answers the pings that come: who does not is cut after ten seconds."""
    until = time.monotonic() + seconds
    while True:
        left = max(0.0, until - time.monotonic())
        ready = select.select([phone.sock for phone in phones], [], [], left)[0]
        for phone in phones:
            if phone.sock in ready:
                hear(phone, heard)
        if not ready and time.monotonic() >= until:
            return


def hear(phone: Raw, heard: Heard) -> None:
    """The next thing a phone is told."""
    opcode, payload = phone.frame() or (0x8, b"")
    assert opcode == 0x1, f"cut: {payload!r}"
    said = payload.decode()
    if said == "2":
        phone.send(text("3"))
    elif said.startswith("43/live,7["):
        heard[phone] = said


def told(phone: Raw, heard: Heard) -> str:
    """ok, or the code of the refusal."""
    while phone not in heard:
        hear(phone, heard)
    said = heard[phone]
    answer: dict[str, Any] = json.loads(said[len("43/live,7") :])[0]
    return "ok" if answer["ok"] else str(answer["code"])


@pytest.mark.parametrize("stall", [stopped, locked])
def test_what_was_sent_before_the_close_counts_after_a_stall(
    server: Server, stall: Callable[..., Any], request: pytest.FixtureRequest
) -> None:
    hall = Hall.open(server, SCRIPT)
    request.addfinalizer(hall.close)
    phones = [Raw(port_of(server)).join({"ticket": hall.seat(f"Bạn {n}")}) for n in range(3 * EACH)]
    for phone in phones:
        phone.sock.settimeout(30)
        request.addfinalizer(phone.sock.close)
    heard: Heard = {}
    rest(phones, heard)  # a slow machine has pinged the first while the last came
    hall.advance("ready")
    hall.advance("open")
    data = hall.host.data
    right = next(one["id"] for one in data["question"]["options"] if one["text"].endswith("A"))
    answer = {"no": data["no"], "choice": right, "id": "only one"}
    frame = text(f'42/live,7["answer",{json.dumps(answer)}]')
    for phone in phones[:EACH]:  # some lie in the server's hands already
        phone.send(frame)
    with stall(server):
        began = time.monotonic()
        for phone in phones[EACH : 2 * EACH]:
            phone.send(frame)
        assert time.time() < data["closes_at"] - 0.1, "the machine was too slow for this test"
        rest(phones, heard, data["closes_at"] + 0.5 - time.time())
        for phone in phones[2 * EACH :]:
            phone.send(frame)
        rest(phones, heard, STALL_S - (time.monotonic() - began))
    codes = [told(phone, heard) for phone in phones]
    assert codes == ["ok"] * 2 * EACH + ["too_late"] * EACH
    hall.wait("closed")
    assert json.loads(judged(server, hall.show["id"]))["results"].keys() == {str(n) for n in range(1, 2 * EACH + 1)}


def judged(server: Server, show: int) -> str:
    with sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT data FROM journal WHERE show_id = ? AND name = 'judged'", [show]).fetchall()
    assert len(rows) == 1
    return str(rows[0][0])
