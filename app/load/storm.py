"""Everybody comes back at once: the server is killed, or restarted as planned, while a question is open."""

from __future__ import annotations

from time import monotonic
from typing import Any

from app.load.crews import Crews
from app.load.figures import Question, percentile
from app.load.loop import Loop
from app.load.server import Own
from app.load.show import Plan
from app.load.staff import Staff

PATIENCE_S = 60.0
KILL, RESTART = "kill", "restart"


def weathered(server: Own, show: dict[str, Any], plan: Plan, how: str) -> tuple[dict[str, Any], list[Question]]:
    """Cut everybody off in the middle of a question; how soon all are back, and what they answer then."""
    loop, crews = Loop(), Crews(server.addresses, plan.players, plan.processes)
    try:
        staff = Staff(loop, server.addresses[0], show)
        staff.connect()
        pace = plan.per_second / plan.processes
        crews.do(loop, "join", show["pin"], pace)
        crews.do(loop, "connect", pace)
        staff.advance("ready")
        staff.advance("open")
        no = staff.no or 0
        crews.do(loop, "sees", "open", no)
        crews.do(loop, "wait_for_cut")
        began = monotonic()
        served_again = cut(server, how) - began
        back = sorted(at - began for part in crews.do(loop, "are_back", PATIENCE_S) for at in part)
        staff.wait(lambda: staff.phase in ("open", "suspended"), "the host to come back")
        if staff.phase == "suspended":
            staff.advance("open")
            crews.do(loop, "sees", "open", no)
        answers = crews.do(loop, "answer", no, plan.spread_s, [])
    finally:
        crews.stop()
    asked = Question(answers, no, None, 0, None)
    told = {
        "players": plan.players, "storm": how, "back": len(back),
        "not_back": plan.players - len(back), "served_again_s": round(served_again, 1),
        **{f"back_p{share}_s": round(percentile(back, share / 100), 1) if back else None for share in (50, 95, 99)},
        "all_back_s": round(back[-1], 1) if back else None, "acknowledged": len(asked.given),
        "refused": dict(asked.refused), "unanswered": asked.unanswered(plan.players),
    }  # fmt: skip
    return told, [asked]


def cut(server: Own, how: str) -> float:
    """Kill or restart the server; when it serves again."""
    if how == RESTART:
        server.restart()
    else:
        dead = server.pids[0]
        server.kill()
        server.wait(other_than=dead)
    return monotonic()
