"""A contest on the real server: saves in groups over HTTP, kill -9 in the middle, nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from app.models.engines import database
from app.services.contests.taking import starting, tickets, views
from app.services.contests.taking.starting import Entry
from quizzes.questions import of
from tests.contests import Held, hold, now
from tests.e2e.exam import SECRET
from tests.organisation import Organisation, plant, session_of
from tests.processes import wait_until
from tests.serving import Server, serving


class Phone(threading.Thread):
    """Saves one answer after the other; tries again the same save until it is acknowledged."""

    def __init__(self, server: Server, held: Held, member: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.address = server.url.removeprefix("http://")
        self.attempt = starting.start(Entry(held.id, member, False, now(), agreed=True))
        self.ticket = tickets.issue(SECRET, self.attempt, member, session_of(member))
        self.sheet = views.sheet(self.attempt, member, now())
        self.stop = stop
        self.kept: dict[int, Any] = {}
        self.late: list[str] = []

    def run(self) -> None:
        count, seen = 0, dict.fromkeys(range(len(self.sheet.asked)), 0)
        while not self.stop.is_set():
            place, count = count % len(seen), count + 1
            question, shown = self.sheet.asked[place]
            possible = of(question).possible(question, shown)
            choice = possible[count % len(possible)]
            message = {
                "do": "answer",
                "place": place,
                "choice": choice,
                "device": "phone",
                "count": count,
                "seen": seen[place],
            }
            while not self.stop.is_set():
                said = self.tell(message)
                if said and said["ok"]:
                    self.kept[place], seen[place] = of(question).read(question, shown, choice), said["revision"]
                    break
                if said and said["code"] not in ("busy", "slow_down"):
                    self.late.append(said["code"])
                time.sleep(0.05)

    def tell(self, message: dict[str, Any]) -> dict[str, Any] | None:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            headers = {"Authorization": f"Bearer {self.ticket}", "Content-Type": "application/json"}
            connection.request("POST", "/taking", json.dumps(message), headers)
            said: dict[str, Any] = json.loads(connection.getresponse().read())
            return said
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def test_every_acknowledged_answer_survives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as server:
        database.bind(f"sqlite:///{server.instance}/sanchoi.db")
        try:
            phones, stop = begun(server, plant()), threading.Event()
            for phone in phones:
                phone.stop = stop
                phone.start()
            for _ in range(2):
                before = sum(len(phone.kept) for phone in phones)
                wait_until(lambda: sum(len(one.kept) for one in phones) > min(before, 6), about="saves")  # noqa: B023
                time.sleep(0.5)
                pid = server.note["pid"]
                os.kill(pid, signal.SIGKILL)
                wait_until(lambda: server.is_up and server.note["pid"] != pid, about="the next server")  # noqa: B023
            time.sleep(1)
            stop.set()
            for phone in phones:
                phone.join(60)
                stored = {
                    place: one.choice
                    for place, one in views.sheet(phone.attempt, phone_member(phone), now()).answers.items()
                }
                assert phone.kept and phone.late == []
                assert {place: stored.get(place) for place in phone.kept} == phone.kept
        finally:
            database.dispose()


def begun(server: Server, org: Organisation) -> list[Phone]:
    held = hold(org)
    chosen = [member for name, member in org.members.items() if name != "Chi"]  # who may see every key
    return [Phone(server, held, member, threading.Event()) for member in chosen]


def phone_member(phone: Phone) -> int:
    return tickets.read(SECRET, phone.ticket)[1]
