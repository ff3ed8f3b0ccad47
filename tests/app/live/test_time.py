"""Deadlines hold when the server stalls across one and when its system clock jumps."""

from __future__ import annotations

import copy
import json
import socket
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from tests.app.live.hall import SPEED, Hall, Person, together, wait_for
from tests.app.live.raw_socket import Raw, text
from tests.serving import Server
from tests.serving import serving as started

SOCKETS, HTTP = 40, 20
SPAN_S = 1.2
"""The answers are sent one after another over so long, the deadline in the middle."""
EDGE_S = 0.03
"""Answers sent nearer to the deadline than this may go either way: the kernel's stamp, and when we looked."""
JUMPING_CLOCK = Path(__file__).with_name("jumping_clock")


def script(seconds: int) -> dict[str, Any]:
    """A speed round with a short time to answer."""
    made = copy.deepcopy(SPEED)
    made["rounds"][0]["settings"] = {"seconds": seconds}
    return made


class Sender:
    """A phone that sends one answer at an exact time, over its socket or by HTTP, and remembers when."""

    def __init__(self, server: Server, ticket: str, number: int) -> None:
        self.port, self.ticket, self.number = int(server.url.rpartition(":")[2]), ticket, number
        self.by_http = number >= SOCKETS
        self.phone = None if self.by_http else Raw(self.port).join({"ticket": ticket})
        self.sock: socket.socket | None = None
        self.sent = (0.0, 0.0)

    def send(self, choice: str) -> None:
        answer = {"no": 1, "choice": choice, "id": f"answer-{self.number}"}
        if self.by_http:
            self.sock = socket.create_connection(("127.0.0.1", self.port))
            body = json.dumps(answer).encode()
            head = (f"POST /live/answer HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
                    f"Authorization: Bearer {self.ticket}\r\nContent-Type: application/json\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n").encode()
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
            return answered
        assert self.phone
        while not (said := self.phone.read()).startswith("43/live,7["):
            assert not said.startswith(("close", "end")), said
        acknowledged: dict[str, Any] = json.loads(said[len("43/live,7"):])[0]
        self.hang_up()
        return acknowledged

    def hang_up(self) -> None:
        """Close what is open."""
        for sock in (self.sock, self.phone and self.phone.sock):
            if sock:
                sock.close()


def test_a_loop_that_stalls_across_the_deadline_counts_what_was_sent_before_and_nothing_after(tmp_path: Path) -> None:
    points = tmp_path / "points"
    points.mkdir()
    with started(tmp_path / "instance", "--no-demo", SCS_FAIL_POINTS=str(points)) as server:
        hall = Hall.open(server, script(3))
        tickets = [hall.seat(f"Bạn {n}") for n in range(SOCKETS + HTTP)]
        senders = [Sender(server, ticket, n) for n, ticket in enumerate(tickets)]
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
            (points / "tick").write_text("stall 1.0")

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
        for one, said in zip(senders, told, strict=True):
            if one.sent[1] < deadline - EDGE_S:
                assert said["ok"], (one.number, one.sent, deadline, said)
            elif one.sent[0] > deadline + EDGE_S:
                assert said.get("code") == "too_late", (one.number, one.sent, deadline, said)
        accepted = {one.number + 1 for one, said in zip(senders, told, strict=True) if said["ok"]}
        assert judged(server, 1) == accepted
        hall.close()


def wait_until(at: float) -> None:
    time.sleep(max(0.0, at - time.time()))


def judged(server: Server, no: int) -> set[int]:
    """The seats whose answer the journal found right."""
    with sqlite3.connect(server.instance / "sanchoi.db") as db:
        found = db.execute("SELECT data FROM journal WHERE name = 'judged'").fetchall()
    events = [json.loads(data) for (data,) in found]
    return {int(seat) for event in events if event["no"] == no for seat in event["results"]}


def right_option(person: Person) -> str:
    """The id of the right option of the question this person sees: that of question n is its nth."""
    question = person.data["question"]
    n = int(question["text"][len("Câu hỏi "):-1])
    return str(next(one["id"] for one in question["options"] if one["text"] == f"Phương án {n}{'ABCD'[n]}"))


def test_a_system_clock_that_jumps_an_hour_in_the_middle_of_a_question_changes_nothing(tmp_path: Path) -> None:
    jump = tmp_path / "jump"
    variables = {"SCS_TEST_JUMP": str(jump), "PYTHONPATH": str(JUMPING_CLOCK)}
    with started(tmp_path / "instance", "--no-demo", **variables) as server:
        hall = Hall.open(server, script(3))
        an, _ = hall.join("An"), hall.join("Bình")
        for no, off_s in ((1, 3600), (2, -3600)):
            hall.advance("ready")
            hall.advance("open")
            opened = time.monotonic()
            jump.write_text(str(off_s))
            time.sleep(0.3)
            assert an.answer(right_option(an))["ok"]
            hall.wait("closed")
            assert 2.5 < time.monotonic() - opened < 6
            assert 1 in judged(server, no)
            hall.advance("revealed")
            hall.advance("standings")
        hall.close()
