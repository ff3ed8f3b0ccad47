"""Deadlines hold when the server stalls across one and when its system clock jumps."""

from __future__ import annotations

import copy
import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.app.live.hall import SPEED, Hall, together, wait_for
from tests.app.live.jumps import HOUR_S, jumping
from tests.app.live.raw_socket import Raw, text
from tests.app.live.verdicts import judged, right_option
from tests.serving import Server
from tests.serving import serving as started

SOCKETS, HTTP = 40, 20
SPAN_S = 1.2
"""The answers are sent one after another over so long, the deadline in the middle."""
EDGE_S = 0.03
"""Answers sent nearer to the deadline than this may go either way: the kernel's stamp, and when we looked."""


def script(seconds: int, questions: int = 3) -> dict[str, Any]:
    """A speed round with a short time to answer."""
    made = copy.deepcopy(SPEED)
    asked = [copy.deepcopy(SPEED["rounds"][0]["questions"][n % 3]) | {"id": f"q{n}"} for n in range(questions)]
    made["rounds"][0] |= {"questions": asked, "settings": {"seconds": seconds}}
    made["settings"] = {"standings": "never"}
    return made


class Sender:
    """A phone that sends one answer at an exact time, over its socket or by HTTP, and remembers when."""

    def __init__(self, server: Server, ticket: str, number: int, *, by_http: bool) -> None:
        self.port, self.ticket, self.number = int(server.url.rpartition(":")[2]), ticket, number
        self.is_accepted = False
        self.phone = None if by_http else Raw(self.port).join({"ticket": ticket})
        self.sock: socket.socket | None = None
        self.sent = (0.0, 0.0)

    def send(self, choice: str, no: int = 1) -> None:
        answer = {"no": no, "choice": choice, "id": f"answer-{no}-{self.number}"}
        if self.phone is None:
            self.sock = socket.create_connection(("127.0.0.1", self.port))
            body = json.dumps(answer).encode()
            head = (
                f"POST /live/answer HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
                f"Authorization: Bearer {self.ticket}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            ).encode()
        before = time.time()
        if self.sock:
            self.sock.sendall(head + body)
        elif self.phone:
            self.phone.send(text(f'42/live,7["answer",{json.dumps(answer)}]'))
        self.sent = (before, time.time())

    def told(self) -> dict[str, Any]:
        """The acknowledgement."""
        if self.sock:
            with self.sock.makefile("rb") as file:
                answered: dict[str, Any] = json.loads(file.read().partition(b"\r\n\r\n")[2])
            self.hang_up()
            self.is_accepted = answered["ok"]
            return answered
        assert self.phone
        while not (said := self.phone.read()).startswith("43/live,7["):
            assert not said.startswith(("close", "end")), said
        acknowledged: dict[str, Any] = json.loads(said[len("43/live,7") :])[0]
        self.hang_up()
        self.is_accepted = acknowledged["ok"]
        return acknowledged

    def hang_up(self) -> None:
        """Close what is open."""
        for sock in (self.sock, self.phone and self.phone.sock):
            if sock:
                sock.close()


STALLS_S = (1.0, 4.5)
"""The longer one lasts beyond the time that other workers would be waited for."""


@pytest.mark.parametrize("stall_s", STALLS_S)
def test_a_loop_that_stalls_across_the_deadline_counts_what_was_sent_before_and_nothing_after(
    tmp_path: Path, stall_s: float
) -> None:
    points = tmp_path / "points"
    points.mkdir()
    with started(tmp_path / "instance", "--no-demo", SCS_FAIL_POINTS=str(points)) as server:
        hall = Hall.open(server, script(3))
        tickets = [hall.seat(f"Bạn {n}") for n in range(SOCKETS + HTTP)]
        senders = [Sender(server, ticket, n, by_http=n >= SOCKETS) for n, ticket in enumerate(tickets)]
        hall.advance("ready")
        hall.advance("open")
        wait_for(lambda: hall.host.phase == "open")
        deadline = hall.host.data["closes_at"]
        choice = right_option(hall.host)

        def send_in_turn(mine: list[Sender]) -> None:
            for at, one in enumerate(mine):
                wait_until(deadline - SPAN_S / 2 + SPAN_S * at / len(mine))
                one.send(choice)

        def stall() -> None:
            wait_until(deadline - 0.55)
            (points / "tick").write_text(f"stall {stall_s}")

        threads = [threading.Thread(target=stall)]
        for mine in (senders[:SOCKETS], senders[SOCKETS:]):
            threads.append(threading.Thread(target=send_in_turn, args=(mine,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = together([one.told for one in senders])
        assert not (points / "tick").exists(), "the server did not stall"
        hall.wait("closed")
        as_sent(senders, told, deadline)
        accepted = {one.number + 1 for one in senders if one.is_accepted}
        assert judged(server, 1) == accepted
        hall.close()


def as_sent(senders: list[Sender], told: list[dict[str, Any]], deadline: float) -> set[bool]:
    """Two facts are checked: an answer sent before the deadline is taken, one sent after it is late. Returns which of
    the two there were."""
    found = set()
    for one, said in zip(senders, told, strict=True):
        if one.sent[1] < deadline - EDGE_S:
            assert said["ok"], (one.number, one.sent, deadline, said)
            found.add(True)
        elif one.sent[0] > deadline + EDGE_S:
            assert said.get("code") == "too_late", (one.number, one.sent, deadline, said)
            found.add(False)
    return found


def wait_until(at: float) -> None:
    time.sleep(max(0.0, at - time.time()))


class Choir:
    """An, Bình, Chi and Dũng, who answer one after another, two before the deadline and two after it."""

    ANSWERS_AT = (-0.45, -0.15, 0.15, 0.3)
    JUMPS_AT = -0.3
    STALLS_AT, STALL_S = -0.6, 1.0

    def __init__(self, server: Server, hall: Hall) -> None:
        self.server, self.hall = server, hall
        self.tickets = [hall.seat(name) for name in ("An", "Bình", "Chi", "Dũng")]

    def answer(self, jump: Callable[[], None], stall: Callable[[], None] | None) -> set[bool]:
        """Play a question in the middle of which the clock jumps; whether some were in time, and some late."""
        self.hall.advance("ready")
        senders = [Sender(self.server, ticket, n, by_http=n in (1, 3)) for n, ticket in enumerate(self.tickets)]
        self.hall.advance("open")
        data = self.hall.host.data
        deadline, choice = data["closes_at"], right_option(self.hall.host)

        def do(at: float, what: Callable[[], object]) -> Callable[[], object]:
            return lambda: (wait_until(deadline + at), what())

        work = [
            do(at, lambda one=one: one.send(choice, data["no"]))  # type: ignore[misc]
            for at, one in zip(self.ANSWERS_AT, senders, strict=True)
        ]
        together([*work, do(self.JUMPS_AT, jump), *([do(self.STALLS_AT, stall)] if stall else [])])
        checked = as_sent(senders, together([one.told for one in senders]), deadline)
        self.hall.wait("closed")
        accepted = {one.number + 1 for one in senders if one.is_accepted}
        assert judged(self.server, data["no"]) == accepted
        self.hall.advance("revealed")
        return checked


def test_a_system_clock_that_jumps_an_hour_in_the_middle_of_a_question_changes_nothing(tmp_path: Path) -> None:
    points, checked = tmp_path / "points", set[bool]()
    points.mkdir()
    with jumping(tmp_path, SCS_FAIL_POINTS=str(points)) as (server, clock):
        hall = Hall.open(server, script(3, questions=4))
        choir = Choir(server, hall)

        def stall() -> None:
            (points / "tick").write_text(f"stall {choir.STALL_S}")

        for off_s, stalls in ((HOUR_S, True), (0, True), (-HOUR_S, False), (0, False)):
            checked |= choir.answer(lambda off_s=off_s: clock.jump_to(off_s), stall if stalls else None)  # type: ignore[misc]
            assert not (points / "tick").exists(), "the server did not stall"
        assert checked == {True, False}
        hall.close()
