"""The waits of honest players while others attack: `python tests/bench/hostile.py [--turns 12] [--only blind_pongs]`.

200 honest phones play a show on a real server, durable: a question is opened, all answer within a second, it is closed
and revealed, and so on. Quiet turns and attacked ones follow each other, and which comes first alternates, so that a
machine that becomes slower does so for both. Every wait from a phone's own write to its acknowledgement goes into one
heap, quiet or attacked; printed is the p99 of each heap, their ratio with the range that nine of ten drawings of the
same turns give, the ratios of the middle turns and of the server's CPU, what quiet turns do beside each other (the
machine alone), and how much memory the attacks left. An attack begins with its turn, its arrival included; its process
is started before, and its connections are dead before the next turn: neither is the server's work."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.load.crowd import Crowd
from app.load.doomed import script
from app.load.figures import percentile
from app.load.server import Own, reading
from app.load.staff import Staff
from tests.app.live.attacks import ATTACKS, MORE_ATTACKS
from tests.app.live.hall import post
from tests.app.live.raw_socket import Raw, text

HONEST = 200
SPREAD_S = 1.0
"""All of them answer at any moment of so long."""
WARM = 3
"""Questions before anything is measured."""


def every_attack(port: int, ticket: str, pin: str) -> None:
    """Each attack of the tests on a connection of its own, ten a second."""
    for attack in itertools.cycle((ATTACKS | MORE_ATTACKS).values()):
        with contextlib.suppress(OSError, AssertionError), Raw(port).join({"ticket": ticket}) as raw:
            raw.send(attack)
            raw.is_cut(0.1)
        time.sleep(0.1)


def flood_of_events(port: int, ticket: str, pin: str) -> None:
    """Four times what a phone may send, then again on a new connection."""
    while True:
        with contextlib.suppress(OSError, AssertionError), Raw(port).join({"ticket": ticket}) as raw:
            for _ in range(10):
                raw.send(text('42/live,1["sync",{"v":0}]') * 25)
                time.sleep(0.1)


def flood_of_joins(port: int, ticket: str, pin: str) -> None:
    """Wrong PINs, twenty a second."""
    for number in itertools.count():
        with contextlib.suppress(OSError, ValueError):
            post(f"http://127.0.0.1:{port}/live/join", {"pin": str(number), "name": "An", "device": "d" * 20})
        time.sleep(0.05)


def requests_without_end(port: int, ticket: str, pin: str) -> None:
    """Four connections that ask for a page again and again, and wait for no answer."""
    asked = b"GET /play HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20
    crowd = [Raw(port) for _ in range(4)]
    while True:
        for raw in crowd:
            raw.sock.settimeout(0.02)
            with contextlib.suppress(OSError):
                raw.sock.send(asked)
            with contextlib.suppress(OSError):
                raw.sock.recv(65536)
        time.sleep(0.01)


def half_open(port: int, ticket: str, pin: str) -> None:
    """Connections that never finish their request, fifty a second."""
    waiting = []
    while True:
        with contextlib.suppress(OSError):
            raw = Raw(port)
            raw.send(b"GET /live HTTP/1.1\r\nHost: x\r\nX-A: ")
            waiting.append(raw)
        for raw in waiting[:-500]:
            raw.sock.close()
        del waiting[:-500]
        time.sleep(0.02)


def blind_pongs(port: int, ticket: str, pin: str) -> None:
    """Five connections each of four seats that ask for screens, never read, and answer pings that they have not seen:
    cut at their first pong, and back at once."""
    tickets = [ticket, *(seat(port, pin, f"Kẻ phá {number}") for number in range(3))]
    blind: dict[int, Raw] = {}
    while True:
        for number in range(20):
            with contextlib.suppress(OSError, KeyError):
                blind[number].send(text('42/live,1["sync",{"v":0}]') + text("3"))
                continue
            with contextlib.suppress(OSError, AssertionError):
                blind[number] = Raw(port, receive_buffer=4096).join({"ticket": tickets[number % 4]})
        time.sleep(0.5)


def seat(port: int, pin: str, name: str) -> str:
    """The ticket of one more seat; the same one at the second call."""
    asking = {"pin": pin, "name": name, "device": f"{name:_<20}"}
    return str(post(f"http://127.0.0.1:{port}/live/join", asking)[1]["ticket"])


KINDS: tuple[Callable[[int, str, str], None], ...] = (
    every_attack,
    flood_of_events,
    flood_of_joins,
    requests_without_end,
    half_open,
    blind_pongs,
)


Waits = list[float]
"""Of the honest, in seconds."""
AFTERMATH_S = 1.0
ENDS_S = 20.0  # how long an attacker may take to end
DRAWINGS = 1000
FRESH = multiprocessing.get_context("forkserver")
"""Attackers are no copies of the generator: a copied memory would slow the honest half of it down."""


def begin(kind: Callable[[int, str, str], None], ready: Event, go: Event, *where: Any) -> None:
    """The attacker's process: everything is loaded before it may go. Elsewhere it has a machine of its own, so its own
    work gives way to the server's and to the honest."""
    os.nice(10)
    ready.set()
    go.wait()
    kind(*where)


@contextlib.contextmanager
def attacked(kind: Callable[[int, str, str], None], *where: Any) -> Iterator[None]:
    """As long as this lasts they attack."""
    ready, go = FRESH.Event(), FRESH.Event()
    attacker = FRESH.Process(target=begin, args=(kind, ready, go, *where), daemon=True)
    attacker.start()
    ready.wait()
    go.set()
    try:
        yield
    finally:
        attacker.terminate()  # who has something under way may end it
        attacker.join(ENDS_S)
        attacker.kill()
        attacker.join()


class Play:
    """A show with the honest in front of it; attackers find it at `where`: port, ticket, PIN."""

    def __init__(self, server: Own, questions: int) -> None:
        plan = script(questions)
        plan["settings"] |= {"auto_close": False}
        show = server.new_show(plan)
        self.crowd = Crowd(server.addresses, HONEST, "thật")
        self.staff = Staff(self.crowd.loop, server.addresses[0], show)
        self.staff.connect()
        self.crowd.join([show["pin"]], 100.0)
        self.crowd.connect(100.0)
        port = server.addresses[0][1]
        self.where = port, seat(port, show["pin"], "Kẻ phá"), show["pin"]
        self.staff.advance("ready")
        self.turn(WARM)

    def turn(self, questions: int) -> Waits:
        """The waits of all players for an acknowledgement, in so many questions."""
        waits: Waits = []
        for _ in range(questions):
            self.staff.advance("open")
            no = self.staff.no or 0
            self.crowd.sees("open", no)
            waits += self.crowd.answer(no, SPREAD_S, []).waits
            self.staff.advance("closed")
            self.staff.advance("revealed")
            self.staff.act("advance")
            self.staff.wait(lambda: self.staff.phase in ("ready", "over"), "the next question")
        return waits


def p99(turns: Sequence[Waits]) -> float:
    """Of all answers of these turns."""
    return percentile(itertools.chain.from_iterable(turns), 0.99)


def typical(some: Sequence[Waits], others: Sequence[Waits]) -> float:
    """The same of the middle turn of each: neighbours on a shared machine strike few turns, an attack all of its
    own."""
    return median(p99([turn]) for turn in others) / median(p99([turn]) for turn in some)


def ratio(some: Sequence[Waits], others: Sequence[Waits]) -> tuple[float, float, float]:
    """The ratio of two p99s, others to some, and the range it has in 9 of 10 drawings of turns."""
    chance = random.Random(1)
    drawn = sorted(
        p99(chance.choices(others, k=len(others))) / p99(chance.choices(some, k=len(some))) for _ in range(DRAWINGS)
    )
    return p99(others) / p99(some), drawn[DRAWINGS // 20], drawn[-DRAWINGS // 20]


def main() -> None:
    """Measure and print two lines a kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=4, help="of each turn")
    parser.add_argument("--turns", type=int, default=12, help="quiet and attacked turns of each kind")
    parser.add_argument("--only", choices=[kind.__name__ for kind in KINDS], action="append", help="these kinds alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    server = Own(Path(tempfile.mkdtemp(prefix="hostile-")))
    try:
        server.start()
        for name, one in measured(server, options):
            print(json.dumps({name: one}) if options.json else line(name, one), flush=True)
    finally:
        server.stop()


def line(name: str, one: dict[str, Any]) -> str:
    """For people."""
    times, alone = one["ratio"], one["quiet_ratio"]
    return (
        f"{name:16} p99 {one['quiet_ms']:5.1f} ms quiet, {one['attacked_ms']:5.1f} attacked: x{times[0]:.2f} "
        f"({times[1]:.2f} to {times[2]:.2f}), x{one['typical']:.2f} in the middle turn; CPU x{one['work']:.2f}; quiet beside quiet x{alone[0]:.2f} ({alone[1]:.2f} to {alone[2]:.2f}); "
        f"{one['answers']} answers; memory {one['memory_mb']:+.1f} MB"
    )


def measured(server: Own, options: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of each kind, by name."""
    for kind in KINDS:
        if options.only and kind.__name__ not in options.only:
            continue
        play = Play(server, WARM + 2 * options.turns * options.questions)
        before = reading(server.pids)
        quiet, beside, work = turns(play, kind, options, lambda: used_s(server))
        after = reading(server.pids)
        yield (
            kind.__name__,
            {
                "quiet_ms": round(p99(quiet) * 1000, 1),
                "attacked_ms": round(p99(beside) * 1000, 1),
                "ratio": ratio(quiet, beside),
                "typical": typical(quiet, beside),
                "work": work[1] / work[0],
                "quiet_ratio": ratio(quiet[::2], quiet[1::2]),
                "answers": sum(map(len, quiet + beside)),
                "memory_mb": round((after.memory - before.memory) / 1e6, 1) if before and after else None,
            },
        )


def used_s(server: Own) -> float:
    """CPU of the server so far."""
    now = reading(server.pids)
    assert now
    return now.cpu_s


def turns(
    play: Play, kind: Callable[[int, str, str], None], options: argparse.Namespace, cpu: Callable[[], float]
) -> tuple[list[Waits], list[Waits], list[float]]:
    """Quiet turns, attacked ones, and the seconds of CPU that the server needed for either."""
    found: tuple[list[Waits], list[Waits]] = ([], [])
    work = [0.0, 0.0]
    for number in range(options.turns * 2):
        is_attacked = number % 4 in (1, 2)
        with attacked(kind, *play.where) if is_attacked else contextlib.nullcontext():
            before = cpu()
            found[is_attacked].append(play.turn(options.questions))
            work[is_attacked] += cpu() - before
        if is_attacked:
            play.staff.rest(AFTERMATH_S)
    return *found, work


if __name__ == "__main__":
    main()
