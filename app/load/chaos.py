"""Kill rounds: a show in which the server is killed in every question, at random moments and at the worst ones.

    any            kill -9 at a random moment among the answers
    storing        just before an answer's commit: an acknowledgement that is out by then was given too soon
    stored         between an answer's commit and its acknowledgement
    performed-judge between the commit of the verdicts and their publication
    long           kill -9, and nobody starts it again for six seconds: the show is suspended, seconds are given back
    buzz           when the first buzz of a question is acknowledged: whoever buzzed is named without anybody's help
    over           between the end of the show and the posting of its points

Then the record of the show is held against what the phones were told, and the ledger against the record.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from typing import Any

from app.load import members
from app.load.doomed import Doomed, buzzer, script
from app.load.found import Found, counted_twice
from app.load.loop import Loop
from app.load.server import Failed
from app.load.steady import Host, Seat

SPREAD_S = 1.5
"""Seconds in which the answers of one question arrive; the kill falls among them."""
LONG_S = 6.0
"""How long a worker is left dead so that the others notice, seconds."""
BEAT_S = 3.0
"""The server's last sign of life may be as much older than its death, on a busy machine."""
PATIENCE_S = 120.0
"""How long one step of a round may take, seconds."""
AUTO_CLOSE_S = 15.0
"""How long a question that everybody answered may stay open, seconds."""
PROVEN_S = 10.0
"""How long a server serves before the first kill, seconds: earlier its supervisor gives up."""
JOINS_A_SECOND = 150  # phones that join in a second
MEMBERS = 5
"""How many players are signed in. Their points go to the ledger."""
DEATHS = ("any", "stored", "any", "performed-judge", "long", "storing", "any", "stored")
BUZZ_EVERY = 8
"""For so many questions there is one more with a buzzer, in the end."""
NAMED_S = 10.0
"""The window of a first buzz, the settling and a tick after a start, on a busy machine."""
AT_ANSWERS = ("storing", "stored")


class Chaos:
    """One show, killed in every round."""

    def __init__(self, server: Doomed, players: int, rounds: int, seed: int) -> None:
        self.server, self.rounds = server, rounds
        self.chance = random.Random(seed)  # noqa: S311
        self.loop = Loop()
        self.found = Found(players)
        self.buzzes = -(-rounds // BUZZ_EVERY)
        self.show = server.new_show(self.plan())
        address = server.addresses[0]
        self.host = Host(self.loop, address, self.show["host_ticket"])
        cookies = members.signed_in(server.instance, min(MEMBERS, players))
        cookies += [""] * (players - len(cookies))
        self.seats = [Seat(self.loop, address, number, cookie) for number, cookie in enumerate(cookies)]

    def plan(self) -> dict[str, Any]:
        """The script: questions, and some with a buzzer."""
        plan = script(self.rounds)
        plan["settings"] |= {"breaks": False}
        plan["rounds"].append(buzzer(self.buzzes))
        return plan

    def play(self) -> Found:
        """Everybody joins; then round after round to the end."""
        began = time.monotonic()
        for number, seat in enumerate(self.seats):
            self.loop.at(began + number / JOINS_A_SECOND, lambda seat=seat: seat.join(self.show["pin"]))  # type: ignore[misc]
        self.host.phone.connect()
        self.wait(lambda: bool(self.host.phase) and all(seat.phone.screen for seat in self.seats), "everybody to come")
        self.loop.run(lambda: time.monotonic() > began + PROVEN_S, PATIENCE_S)  # earlier its supervisor gives up
        self.course()
        self.end()
        return self.found

    def course(self) -> None:
        """Every question with its kill."""
        for number in range(self.rounds):
            self.round(DEATHS[number % len(DEATHS)])
            self.found.rounds += 1
        for number in range(self.buzzes):
            self.buzz(self.seats[number % len(self.seats)])

    def now(self) -> float:
        return time.monotonic()

    def wait(self, true: Any, about: str) -> None:
        """Let things happen until something is true."""
        if not self.loop.run(true, PATIENCE_S):
            raise Failed(f"waited {PATIENCE_S:.0f} s for {about}; the host sees {self.host.phase or 'nothing'}")

    def step(self, *phases: str) -> None:
        """The host's next step, which leads to one of these phases."""
        self.host.act("advance")
        self.wait(lambda: self.host.phase in phases, f"{phases}")

    def round(self, death: str) -> None:
        """One question and one kill."""
        self.step("ready")
        self.step("open")
        no, closes_at = self.host.no or 0, self.host.closes_at
        self.wait(lambda: all(seat.sees == ("open", no) for seat in self.seats), "everybody to see the question")
        now = time.monotonic()
        for seat in self.seats:
            seat.answer(no, self.chance.choice(("đúng", "đúng", "sai")), now + self.chance.random() * SPREAD_S)
        gone = self.strike(death)
        self.wait(lambda: bool(self.host.phase), "the host to be back")
        if self.host.no != no:
            self.found.problems.append(f"the show went on to {self.host.no} from {no}")
        if self.host.phase == "suspended":
            self.resume(closes_at - gone)
        self.wait(lambda: all(seat.is_done(no) for seat in self.seats), f"all to be acknowledged in {no}")
        if not self.loop.run(lambda: self.host.phase == "closed", AUTO_CLOSE_S):  # somebody's answer is not there
            self.step("closed")
        self.step("revealed")

    def buzz(self, first: Seat) -> None:
        """One question with a buzzer: the server dies when the first buzz is acknowledged."""
        self.step("ready")
        self.step("open")
        no = self.host.no or 0
        self.wait(lambda: first.sees == ("open", no), "the buzzer to be there")
        first.buzz(no)
        self.wait(lambda: first.is_done(no), "a buzz to be acknowledged")
        self.kill("buzz")
        self.wait(lambda: bool(self.host.phase), "the host to be back")
        if self.host.phase == "suspended":  # the start took long, on a busy machine
            self.step("open")
        if not self.loop.run(lambda: self.host.phase == "answering", NAMED_S):
            self.found.problems.append(f"nobody was named after the buzz in {no}; the host saw {self.host.phase}")
            self.step("closed", "answering")
        if self.host.phase == "answering":
            self.step("closed")
        self.step("revealed")

    def kill(self, death: str) -> None:
        """Kill the server now, and wait for the next."""
        dead, gone = self.server.pids[0], time.time()
        self.server.kill()
        self.host.gone()
        self.wait(lambda: self.server.is_up(dead), "the server to be started again")
        self.found.backs.append(time.time() - gone)
        self.found.kills[death] += 1

    def strike(self, death: str) -> float:
        """Kill the server here, and wait for the next; when it died, by the system's clock."""
        dead = self.server.pids[0]
        latest = SPREAD_S if death not in AT_ANSWERS else SPREAD_S / 2  # an answer has to come after it
        moment = time.monotonic() + self.chance.uniform(0.1, latest)
        if death in ("any", "long"):
            self.loop.run(lambda: time.monotonic() > moment, PATIENCE_S)
            if death == "long":
                self.server.hold(signal.SIGSTOP)
            self.server.kill()
        else:
            if death in AT_ANSWERS:
                self.loop.run(lambda: time.monotonic() > moment, PATIENCE_S)
            self.server.arm(death)
            self.wait(lambda: not _lives(dead), f"the server to die at {death}")
        gone = time.time()
        self.host.gone()
        if death == "long":
            self.loop.run(lambda: time.time() > gone + LONG_S, PATIENCE_S)
            self.server.hold(signal.SIGCONT)
        self.wait(lambda: self.server.is_up(dead), "the server to be started again")
        if death != "long":
            self.found.backs.append(time.time() - gone)
        self.found.kills[death] += 1
        return gone

    def resume(self, left: float) -> None:
        """After a long outage the host goes on; about as many seconds are left as when it began."""
        self.step("open")
        self.found.resumed += 1
        if not left - 1 < self.host.left_s < left + BEAT_S:
            self.found.problems.append(f"{self.host.left_s:.1f} s are left, of {left:.1f} before")

    def end(self) -> None:
        """To the end, killed once more before the points are posted; then everything is compared."""
        dead = self.server.pids[0]
        self.server.arm("over")
        self.host.act("advance", waits=False)
        self.wait(lambda: not _lives(dead), "the server to die at the end")
        self.host.gone()
        self.wait(lambda: self.server.is_up(dead), "the server to be started again")
        self.wait(lambda: self.host.phase == "over", "the end of the show")
        self.found.kills["over"] += 1
        self.wait(lambda: members.is_posted(self.server.instance, self.show["id"]), "the points to be posted")
        record = self.server.record(self.show["id"])
        self.found.compare(record, self.seats)
        self.found.compare_ledger(record, members.posted(self.server.instance, self.show["id"]))
        replayed = json.loads(self.server.command("show", "replay", str(self.show["id"]), "--json"))
        self.found.twice = counted_twice(record["journal"], replayed["results"])


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
