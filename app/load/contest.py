"""A contest under load: everybody starts within a second, saves without pause, saves at 70 % of that, hands in.

    python3 -m app load --contest [--takers 1000] [--seconds 8] [--attempts-before 100000] [--json]

Its own server, durable, on SQLite. The limit is what the server takes while every person saves again as soon as
the last save is acknowledged; latencies are measured at 70 % of it, from the moment each save was due.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from app.load import contest_data
from app.load.figures import percentile
from app.load.loop import Loop
from app.load.server import Failed, Own, Running, reading
from app.load.taker import Taker
from app.models.engines import database

PATIENCE_S = 120.0
"""How long one step of a contest may take, seconds."""
SHARE = 0.7
"""The share of the measured limit at which saves are paced."""
SETTLE_S = 1.0
"""The rest before the server's figures are read, seconds."""


def parse(argv: list[str]) -> argparse.Namespace:
    """The options as typed."""
    parser = argparse.ArgumentParser("python3 -m app load --contest", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--contest", action="store_true", help="a contest instead of a show")
    parser.add_argument("--takers", type=int, default=1000, help="people (1000)")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long to save at each pace (8)")
    parser.add_argument("--attempts-before", type=int, default=0, metavar="N", help="finished tries in the tables (0)")
    parser.add_argument("--json", action="store_true", help="one line of figures")
    return parser.parse_args(argv)


def measure(argv: list[str]) -> dict[str, Any]:
    """The figures of one run."""
    from app.process_settings import read_settings

    options = parse(argv)
    own = Own(read_settings().instance)
    try:
        own.start()
        database.bind(f"sqlite:///{own.instance}/sanchoi.db")
        contest, people = contest_data.prepare(options.takers, options.attempts_before, own.instance)
        run = Run(
            own,
            [Taker(loop, own.addresses[0], number, one) for loop in (Loop(),) for number, one in enumerate(people)],
            options.seconds,
        )
        started = run.start(contest)
        limit = run.without_pause()
        paced = run.paced(limit["per_second"] * SHARE)
        submitted = run.submit()
        return figures(options, run, started, limit, paced, submitted)
    finally:
        database.dispose()
        own.stop()


@dataclass
class Phase:
    """The outcome of the requests of one phase."""

    began: float = field(default_factory=monotonic)
    waits: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0
    due: int = 0
    """How many were to be sent, where that is known before."""

    def told(self, code: str, wait: float) -> None:
        self.codes[code] += 1
        self.waits.append(wait)


class Run:
    """The people of a run and what they do together."""

    def __init__(self, server: Running, takers: list[Taker], seconds: float) -> None:
        self.server, self.takers, self.seconds = server, takers, seconds
        self.loop, self.came = takers[0].loop, len(takers)

    def _cpu(self) -> float:
        found = reading(self.server.pids)
        return found.cpu_s if found else 0.0

    def _rest(self) -> None:
        self.loop.run(lambda: False, SETTLE_S)

    def start(self, contest: str) -> Phase:
        """Everybody begins within one second and opens the paper."""
        phase, before, ready = Phase(), self._cpu(), [0]

        def begin(taker: Taker) -> None:
            since = monotonic()

            def opened(status: int) -> None:
                ready[0] += 1
                if status != 200:
                    phase.codes[f"paper {status}"] += 1

            taker.start(contest, lambda status: phase.told(str(status), monotonic() - since), opened)

        for number, taker in enumerate(self.takers):
            self.loop.at(phase.began + number / len(self.takers), lambda taker=taker: begin(taker))  # type: ignore[misc]
        self.loop.run(lambda: ready[0] == len(self.takers), PATIENCE_S)
        phase.cpu_s = self._cpu() - before
        self.takers = [taker for taker in self.takers if taker.ticket]
        if not self.takers:
            raise Failed(f"nobody got a paper; the starts were answered {dict(phase.codes)}")
        return phase

    def without_pause(self) -> dict[str, float]:
        """Everybody saves again as soon as the last save is acknowledged."""
        self._rest()
        phase, before = Phase(), self._cpu()
        until, open_ = phase.began + self.seconds, [0]

        def again(taker: Taker) -> None:
            if monotonic() < until:
                open_[0] += 1
                taker.save(lambda code, wait: heard(taker, code, wait))

        def heard(taker: Taker, code: str, wait: float) -> None:
            open_[0] -= 1
            phase.told(code, wait)
            again(taker)

        for taker in self.takers:
            again(taker)
        self.loop.run(lambda: not open_[0], PATIENCE_S)
        seconds, saved = monotonic() - phase.began, phase.codes["ok"] or 1
        return {
            "per_second": saved / seconds,
            "cpu_s": (self._cpu() - before) / saved,
            "refused": len(phase.waits) + open_[0] - phase.codes["ok"],
        }  # or never answered

    def paced(self, per_second: float) -> Phase:
        """Send so many saves a second, each due at its own moment; whoever is free takes it."""
        self._rest()
        count = int(per_second * self.seconds)
        phase, before = Phase(due=count), self._cpu()
        free = list(self.takers)

        def due(at: float) -> None:
            if not free:
                self.loop.at(monotonic() + 0.005, lambda: due(at))
                return
            taker = free.pop(0)

            def heard(code: str, wait: float) -> None:
                phase.told(code, wait)
                free.append(taker)

            taker.save(heard, since=at)

        for number in range(count):
            at = phase.began + number / per_second
            self.loop.at(at, lambda at=at: due(at))  # type: ignore[misc]
        self.loop.run(lambda: len(phase.waits) == count, PATIENCE_S)
        phase.cpu_s = self._cpu() - before
        return phase

    def submit(self) -> Phase:
        """Everybody hands in within one second."""
        self._rest()
        phase, before = Phase(), self._cpu()

        def hand_in(taker: Taker) -> None:
            since = monotonic()
            taker.tell(
                {"do": "submit"},
                lambda status, said: phase.told("ok" if said["ok"] else said["code"], monotonic() - since),
            )

        for number, taker in enumerate(self.takers):
            self.loop.at(phase.began + number / len(self.takers), lambda taker=taker: hand_in(taker))  # type: ignore[misc]
        self.loop.run(lambda: len(phase.waits) == len(self.takers), PATIENCE_S)
        phase.cpu_s = self._cpu() - before
        return phase

    def missing(self, submitted: Phase) -> dict[str, int]:
        """The people who came and got no paper, and those who did not hand in."""
        return {"without_paper": self.came - len(self.takers), "not_handed_in": self.came - submitted.codes["ok"]}

    def lost(self) -> int:
        """Acknowledged answers that are not stored, or not as acknowledged."""
        stored = contest_data.stored()
        return sum(
            stored.get((taker.attempt, place)) != kept for taker in self.takers for place, kept in taker.kept.items()
        )


def figures(
    options: argparse.Namespace, run: Run, started: Phase, limit: dict[str, float], paced: Phase, submitted: Phase
) -> dict[str, Any]:
    """One level of names and numbers."""

    def percentiles(phase: Phase, name: str = "") -> dict[str, float]:
        return {f"{name}p{share}_ms": round(percentile(phase.waits, share / 100) * 1000, 1) for share in (50, 99)}

    def each_ms(phase: Phase) -> float:
        return round(phase.cpu_s / max(1, len(phase.waits)) * 1000, 3)

    return {
        "takers": options.takers,
        "attempts_before": options.attempts_before,
        "saves_per_second_per_core": round(1 / limit["cpu_s"]),
        "saves_per_second": round(limit["per_second"]),
        "cpu_ms_per_save": round(limit["cpu_s"] * 1000, 3),
        "refused": int(limit["refused"]),
        "paced_per_second": round(limit["per_second"] * SHARE),
        **percentiles(paced),
        "paced_cpu_ms_per_save": each_ms(paced),
        "paced_refused": paced.due - paced.codes["ok"],
        "starts": dict(started.codes),
        **percentiles(started, "start_"),
        "cpu_ms_per_start": each_ms(started),
        "submitted": submitted.codes["ok"],
        **percentiles(submitted, "submit_"),
        "cpu_ms_per_submit": each_ms(submitted),
        "acknowledged": sum(len(taker.kept) for taker in run.takers),
        "lost": run.lost(),
        "handed_in": contest_data.handed_in(),
        **run.missing(submitted),
    }


def table(found: dict[str, Any]) -> str:
    """The figures for people."""
    return "\n".join(f"{name:<28} {json.dumps(value)}" for name, value in found.items())
