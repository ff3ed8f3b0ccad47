"""What honest players feel while others attack: `python tests/bench/hostile.py [--seconds 8]`.

200 honest phones answer on a real server, durable. Their p99 from own write to acknowledgement is taken in quiet and
beside each kind of attack, in turns and in one run; printed is the ratio, and how much memory the attacks left.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.load.chaos import script
from app.load.crowd import Crowd
from app.load.figures import percentile
from app.load.loop import Loop
from app.load.server import Own, reading
from app.load.staff import Staff
from tests.app.live.hall import post
from tests.app.live.raw_socket import Raw, text
from tests.app.live.test_hostile import MORE_ATTACKS
from tests.app.live.test_transport import ATTACKS

HONEST = 200
PER_SECOND = 200
"""Honest answers a second."""


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
    """Five connections each of four seats that ask for screens, answer pings and never read."""
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
    every_attack, flood_of_events, flood_of_joins, half_open, blind_pongs)


def quiet_or_not(crowd: Crowd, no: int, seconds: float) -> float:
    """The p99 of the honest, in seconds."""
    waits: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        waits += crowd.answer(no, HONEST / PER_SECOND, []).waits
    return percentile(waits, 0.99)


def main() -> None:
    """Measure and print one line a kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    parser.add_argument("--turns", type=int, default=3, help="quiet and attacked measurements of each kind")
    parser.add_argument("--lead", type=float, default=0.0, help="seconds an attack stands before it is measured (0)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    server = Own(Path(tempfile.mkdtemp(prefix="hostile-")))
    try:
        server.start()
        found = measured(server, options)
    finally:
        server.stop()
    print(json.dumps(found) if options.json else "\n".join(
        f"{name:18} p99 {one['quiet_ms']:6.1f} ms quiet, {one['attacked_ms']:6.1f} ms attacked: x{one['ratio']:.2f}; "
        f"memory {one['memory_mb']:+.1f} MB" for name, one in found.items()))


def measured(server: Own, options: argparse.Namespace) -> dict[str, Any]:
    """Ratio and memory of each kind."""
    plan = script(1)
    plan["settings"] |= {"auto_close": False}
    plan["rounds"][0]["settings"] = {"seconds": 0}
    show = server.new_show(plan)
    loop = Loop()
    staff = Staff(loop, server.addresses[0], show)
    staff.connect()
    crowd = Crowd(server.addresses, HONEST, "thật")
    crowd.join(show["pin"], 100.0)
    crowd.connect(100.0)
    port = server.addresses[0][1]
    ticket = seat(port, show["pin"], "Kẻ phá")
    staff.advance("ready")
    staff.advance("open")
    crowd.sees("open", 1)
    quiet_or_not(crowd, 1, 2.0)  # everybody's first answer is stored; the following ones repeat it under its id
    found = {}
    for kind in KINDS:
        quiet, attacked = [], []
        before = reading(server.pids)
        for _ in range(options.turns):
            quiet.append(quiet_or_not(crowd, 1, options.seconds))
            attacker = multiprocessing.Process(target=kind, args=(port, ticket, show["pin"]), daemon=True)
            attacker.start()
            quiet_or_not(crowd, 1, options.lead)
            attacked.append(quiet_or_not(crowd, 1, options.seconds))
            attacker.kill()
            attacker.join()
        time.sleep(2)
        after = reading(server.pids)
        found[kind.__name__] = {
            "quiet_ms": round(median(quiet) * 1000, 1), "attacked_ms": round(median(attacked) * 1000, 1),
            "ratio": round(median(attacked) / median(quiet), 2),
            "memory_mb": round((after.memory - before.memory) / 1e6, 1) if before and after else None,
        }  # fmt: skip
    return found


if __name__ == "__main__":
    main()
