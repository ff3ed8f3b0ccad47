"""Everybody comes back at once: the server is killed, or restarted as planned, while half of them have answered."""

from __future__ import annotations

from time import monotonic
from typing import Any

from app.load.crews import Crews
from app.load.figures import Question, percentile
from app.load.loop import Loop
from app.load.server import Own
from app.load.show import Plan, repeated
from app.load.show import script as script_of
from app.load.staff import Staff

PATIENCE_S = 120.0
"""How long one step of a storm may take, seconds."""
KILL, RESTART = "kill", "restart"


def script() -> dict[str, Any]:
    """One question, which does not close because those who are back first have answered."""
    plan = script_of(1)
    plan["settings"] |= {"auto_close": False}
    return plan


def weathered(server: Own, show: dict[str, Any], plan: Plan, how: str) -> tuple[dict[str, Any], list[Question]]:
    """Half answer, then everybody is cut off; how soon all are back, and what the other half answers then."""
    loop, crews = Loop(), Crews(server.addresses, plan.players, plan.processes)
    try:
        staff = opened(server, show, plan, crews, loop)
        no = staff.no or 0
        before = crews.do(loop, "answer", no, plan.spread_s, [], PATIENCE_S, 0)
        crews.do(loop, "wait_for_cut")
        began = monotonic()
        served_again = cut(server, how) - began
        back = sorted(at - began for part in crews.do(loop, "are_back", PATIENCE_S) for at in part)
        staff.wait(lambda: staff.phase in ("open", "suspended"), "the host to come back")
        if staff.phase == "suspended":
            staff.advance("open")
            crews.do(loop, "sees", "open", no)
        again = repeated(crews, loop)
        after = crews.do(loop, "answer", no, plan.spread_s, [], PATIENCE_S, 1)
    finally:
        crews.stop()
    question = Question([*before, *after], no, None, 0, None, again=again)
    told = {
        "players": plan.players,
        "storm": how,
        "served_again_s": round(served_again, 1),
        **returned(plan.players, back),
        "acknowledged": len(question.given),
        "acknowledged_before": sum(len(part.given) for part in before),
        "refused": dict(question.refused),
        "refused_again": again.total() - again["ok"],
        "unanswered": question.unanswered(plan.players),
    }
    return told, [question]


def opened(server: Own, show: dict[str, Any], plan: Plan, crews: Crews, loop: Loop) -> Staff:
    """Everybody comes in and sees a question."""
    staff = Staff(loop, server.addresses[0], show)
    staff.connect()
    pace = plan.per_second / plan.processes
    crews.do(loop, "join", [show["pin"]], pace)
    crews.do(loop, "connect", pace)
    staff.advance("ready")
    staff.advance("open")
    crews.do(loop, "sees", "open", staff.no)
    return staff


def returned(players: int, back: list[float]) -> dict[str, Any]:
    """The times until phones were back after the cut, seconds in order; a missing one was never let in or stayed
    away."""
    return {
        "back": len(back),
        "not_back": players - len(back),
        **{f"back_p{share}_s": round(percentile(back, share / 100), 1) if back else None for share in (50, 95, 99)},
        "all_back_s": round(back[-1], 1) if len(back) == players else None,
    }


def cut(server: Own, how: str) -> float:
    """Kill or restart the server; when it serves again."""
    if how == RESTART:
        server.restart()
    else:
        dead = server.pids[0]
        server.kill()
        server.wait(other_than=dead)
    return monotonic()
