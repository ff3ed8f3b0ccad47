"""A whole show under load: everybody joins, connects and answers every question; and the echo beside it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import Any

from app.load import led
from app.load.crews import Crews
from app.load.figures import Figures, Question, percentile
from app.load.loop import Loop
from app.load.server import ROOT, Failed, Running, reading
from app.load.staff import Staff
from app.load.troupe import Troupe

SETTLE_S, IDLE_S = 1.0, 2.0
"""The rest before figures are read, and how long an idle server is watched, seconds."""
AUTO_CLOSE_S = 8.0
"""How long a question that everybody answered may stay open, seconds: with several workers 2.5 for news of who has come
and up to 3 for the other workers' answers. A host who presses while it closes is refused."""
LOOKS = 20  # looks at the server, at most
FEW = 100
"""Fewer phones try whether all works; nobody waits for what their figures would say."""
NEXT = ("ready", "over")
ECHO_ROUNDS = 3  # rounds of the echo
MOST_ECHO = 1_000
"""Phones of the echo: its figures do not change with more."""


@dataclass(frozen=True)
class Plan:
    """The plan of a run. `spread_s` 0: all answer at once; `per_second`: how fast they join and connect."""

    players: int
    rounds: int
    spread_s: float = 0.0
    per_second: float = 250.0
    processes: int = 1
    shows: int = 1
    led: bool = False
    """Through a script of any formats, each opening answered by whom it is put to."""


def script(rounds: int) -> dict[str, Any]:
    """All answer questions drawn from the shipped banks, each followed by the standings."""
    return {
        "title": {"vi": "Thử tải", "en": "Load"},
        "settings": {"standings": "every"},
        "rounds": [
            {
                "format": "speed",
                "settings": {"seconds": 120},
                "draw": {"count": rounds, "types": ["single", "true_false"]},
            }
        ],
    }


def played(server: Running, shows: list[dict[str, Any]], plan: Plan) -> Figures:
    """Play shows with so many phones, dealt over them; several step by step together."""
    loop, figures = Loop(), Figures(plan.players)
    crews = Crews(server.addresses, plan.players, plan.processes)
    try:
        staff = Troupe(loop, server.addresses, shows) if len(shows) > 1 else Staff(loop, server.addresses[0], shows[0])
        staff.connect()
        begun = reading(server.pids)
        pace = plan.per_second / plan.processes
        figures.joins = crews.do(loop, "join", [one["pin"] for one in shows], pace)
        joined = reading(server.pids)
        figures.connects = [wait for part in crews.do(loop, "connect", pace) for wait in part]
        connected = reading(server.pids)
        if begun and joined and connected:
            figures.entry_cpu_s = joined.cpu_s - begun.cpu_s, connected.cpu_s - joined.cpu_s
        staff.rest(SETTLE_S)
        figures.idle_share = at_rest(loop, server) if plan.players >= FEW else idle_share(loop, server.pids)
        counted = _bytes(crews, loop)
        if plan.led and isinstance(staff, Staff):
            figures.questions += led.through(server, staff, crews, plan.rounds)
        while not plan.led and len(figures.questions) < plan.rounds and is_ready(staff):
            question, counted = asked(server, staff, crews, plan, counted)
            figures.questions.append(question)
        if not figures.questions:
            raise Failed("the show has no question left")
        figures.screen_bytes = max(crews.do(loop, "screen_bytes"))
        ended = reading(server.pids)
        figures.memory = ended.memory - begun.memory if begun and ended else None
    finally:
        crews.stop()
    return figures


def at_rest(loop: Loop, server: Running) -> float | None:
    """Wait until the server has done what a start leaves for later; what it costs while nothing happens."""
    share = idle_share(loop, server.pids)
    for _ in range(LOOKS):
        if server.is_at_rest(share):
            break
        share = idle_share(loop, server.pids)
    return share


def idle_share(loop: Loop, pids: list[int], seconds: float = IDLE_S) -> float | None:
    """CPU of a server while nothing happens, as a share of one core; None where there is no process to look at."""
    before = reading(pids)
    loop.run(lambda: False, seconds)
    after = reading(pids)
    return (after.cpu_s - before.cpu_s) / seconds if before and after else None


def is_ready(staff: Staff | Troupe) -> bool:
    """Lead to the next question; False where the show is over instead."""
    while staff.phase not in NEXT:
        staff.forward()
    return staff.phase == "ready"


def answered_by_all(asks: list[dict[str, Any]]) -> None:
    """Refuses an ask that only the first of the phones can answer."""
    if any(ask["kind"] == "buzz" for ask in asks):
        raise Failed("the show asks for the buzzer; a script in which all answer is needed, such as speed or poll")


def asked(server: Running, staff: Staff | Troupe, crews: Crews, plan: Plan, counted: int) -> tuple[Question, int]:
    """One question, from `ready` until the last screen before the next one is on every phone, the standings where
    there are any. `counted`: the bytes of all phones before `ready`, and in the end."""
    loop, bytes_before = staff.loop, counted
    crews.do(loop, "sees", "ready", staff.no)
    staff.rest(SETTLE_S)
    before = reading(server.pids)
    staff.advance("open")
    no = staff.no or 0
    answered_by_all(staff.asks)
    opened = [at for part in crews.do(loop, "sees", "open", no) for at in part]
    answers = crews.do(loop, "answer", no, plan.spread_s, server.pids)
    again = repeated(crews, loop)
    if not loop.run(lambda: staff.phase == "closed", AUTO_CLOSE_S):  # not everybody has answered
        staff.advance("closed")
    after = None
    while staff.forward() not in NEXT:
        crews.do(loop, "sees", staff.phase, staff.no)
        counted, after = _bytes(crews, loop), reading(server.pids)
    return Question(
        answers,
        no,
        fan_out_s=max(opened) - min(opened) if opened else None,
        bytes=counted - bytes_before,
        cpu_s=after.cpu_s - before.cpu_s if before and after else None,
        seen=len(opened),
        again=again,
    ), counted


def repeated(crews: Crews, loop: Loop) -> Counter[str]:
    """Some phones send what was acknowledged once more; what they are told."""
    return sum((Counter[str](part) for part in crews.do(loop, "repeat")), Counter[str]())


def _bytes(crews: Crews, loop: Loop) -> int:
    return sum(received + sent for received, sent in crews.do(loop, "bytes"))


def echoed(plan: Plan) -> dict[str, float]:
    """The same phones against a bare python-socketio server that acknowledges at once."""
    process = subprocess.Popen([sys.executable, "-m", "app.load.echo"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout  # noqa: S101
    players = min(plan.players, MOST_ECHO)
    loop, crews = Loop(), None
    try:
        port = int(process.stdout.readline())
        crews = Crews([("127.0.0.1", port)], players, plan.processes)
        crews.do(loop, "enter", "nobody", plan.per_second / plan.processes)
        rounds, idle = [], idle_share(loop, [process.pid])
        for _ in range(ECHO_ROUNDS):
            loop.run(lambda: False, SETTLE_S)
            rounds.append(Question(crews.do(loop, "answer", 1, plan.spread_s, [process.pid]), 1, None, 0, None))
        waits = [wait for one in rounds for part in one.answers for wait in part.waits]
        each = [us for one in rounds if (us := one.cpu_each_us(idle)) is not None]
        return {
            "echo_players": players,
            "echo_us_per_answer": round(mean(each), 1),
            "echo_ack_p99_ms": round(percentile(waits, 0.99) * 1000, 1),
        }
    finally:
        if crews:
            crews.stop()
        process.kill()
        process.wait()
        process.stdout.close()
