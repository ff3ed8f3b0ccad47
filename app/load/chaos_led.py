"""Kill rounds in a shipped script of any formats: the server dies while those who are asked something answer.

Nobody knows which answer is right, so nothing is said of that: what was acknowledged has to be stored as it was given,
no opening is judged twice, the show replays to its own results, and every member has these points once.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from app.load import members
from app.load.chaos import SPREAD_S, Chaos
from app.load.choices import BUZZERS, choice_of
from app.load.doomed import Doomed
from app.load.found import judged_again
from app.load.server import Failed
from app.load.staff import OVERTAKEN
from app.load.steady import Seat

MOMENTS = ("any", "stored", "any", "storing", "long")
FEW = 4
"""Fewer people who are asked may all have answered before a point in the program is armed."""
CLOSES_S = 4.0
"""How long an opening that was answered by all may stay open, and how long a key may take, seconds."""
MOST_STEPS = 3_000  # steps of a show, at most


class ChaosLed(Chaos):
    """One show of a shipped script, killed in so many of its openings and then led to its end."""

    def __init__(self, server: Doomed, players: int, rounds: int, seed: int, script: dict[str, Any]) -> None:
        self.script = copy.deepcopy(script)
        self.script["settings"] = {**self.script.get("settings", {}), "breaks": False}
        super().__init__(server, players, rounds, seed)

    def plan(self) -> dict[str, Any]:
        return self.script

    def course(self) -> None:
        """Step by step to the end; the first openings that somebody is asked in are those of the kills."""
        killed = set[int]()
        for _ in range(MOST_STEPS):
            if self.host.phase == "over":
                return
            asked = self.asked() if self.host.phase == "open" else {}
            if asked and self.found.rounds < self.rounds and not asked.keys() & killed:
                killed |= asked.keys()
                self.kill_among(asked)
                self.found.rounds += 1
                self.loop.run(lambda: self.host.phase != "open", CLOSES_S)
            else:
                self.onward()
        raise Failed("the show does not come to its end")

    def asked(self) -> dict[int, list[Seat]]:
        """Opening -> the seats it is put to; a seat that may also ring a bell answers what it is asked."""
        asks = [ask for ask in self.host.asks if ask["kind"] != "sheet"]
        nos = {int(ask["no"]) for ask in asks}
        self.loop.run(lambda: all(seat.sees[0] == "open" for seat in self.seats), CLOSES_S)
        found: dict[int, list[Seat]] = {}
        for seat in self.seats:
            own = [one for one in seat.asks if one["no"] in nos]
            own.sort(key=lambda one: one["kind"] in BUZZERS)
            if own:
                found.setdefault(int(own[0]["no"]), []).append(seat)
        return found

    def kill_among(self, asked: dict[int, list[Seat]]) -> None:
        """Everybody answers within a moment in which the server dies; then all are acknowledged, or told why not."""
        answers = [(no, seat) for no, seats in asked.items() for seat in seats]
        now = self.now()
        for no, seat in answers:
            kind = next(one["kind"] for one in seat.asks if one["no"] == no)
            seat.give(no, choice_of(seat.question(no), seat.number, kind), now + self.chance.random() * SPREAD_S)
        moment = MOMENTS[self.found.rounds % len(MOMENTS)]
        self.strike(moment if len(answers) >= FEW or moment == "long" else "any")
        self.wait(lambda: bool(self.host.phase), "the host to be back")
        if self.host.phase == "suspended":
            self.onward()
            self.found.resumed += 1
        self.wait(lambda: all(seat.is_done(no) for no, seat in answers), "all to be acknowledged or refused")

    def onward(self) -> None:
        """The host's next step; where a clock was quicker it is done already."""
        was = self.host.seen
        self.host.act("advance", passes=OVERTAKEN)
        self.loop.run(lambda: self.host.seen != was, CLOSES_S)

    def end(self) -> None:
        """Everything is compared once the points are posted."""
        self.wait(lambda: members.is_posted(self.server.instance, self.show["id"]), "the points to be posted")
        record = self.server.record(self.show["id"])
        self.found.compare_stored(record, self.seats)
        replayed = json.loads(self.server.command("show", "replay", str(self.show["id"]), "--json"))
        self.found.problems += replayed["differences"]
        self.found.twice = judged_again(record["journal"])
        ends = {line["seat"]: line["points"] for line in replayed["results"]}
        self.found.compare_posted(ends, members.posted(self.server.instance, self.show["id"]))
