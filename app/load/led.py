"""Any script under load: the host leads on from phase to phase, and whoever is asked something answers it.

A question may be put to some seats only, several may be open at once, and buzzers, picks and votes are answered too; so
each opening is measured for itself, by the phones that it was put to.
"""

from __future__ import annotations

from app.load.crews import Crews
from app.load.figures import Question
from app.load.server import Failed, Running, reading
from app.load.staff import OVERTAKEN, Staff
from quizzes.grammar import SIDE

LOOK_S = 2.0
"""How long the phones of an opening are waited for, seconds: nobody knows their number."""
CLOSES_S = 4.0
"""How long the host waits for an ask to close by itself, seconds."""
MOST_STEPS = 2_000  # steps of a show, at most


def through(server: Running, staff: Staff, crews: Crews, rounds: int) -> list[Question]:
    """Lead this many openings of a show, or all to its end. Failed: the show stands still."""
    found: list[Question] = []
    for _ in range(MOST_STEPS):
        if staff.phase == "over" or len(found) >= rounds:
            return found
        if staff.phase == "open" and staff.asks:
            found += opened(server, staff, crews)
            staff.loop.run(lambda: staff.phase != "open", CLOSES_S)
        else:
            onward(staff)
    raise Failed("the show does not come to its end")


def opened(server: Running, staff: Staff, crews: Crews) -> list[Question]:
    """Every opening that stands: who sees it answers. Those beside the main one answer first, for all close with it."""
    found, loop = [], staff.loop
    for _, no in sorted({(ask.get("part") != SIDE, int(ask["no"])) for ask in staff.asks}):
        before = reading(server.pids)
        seen = [at for part in crews.do(loop, "sees", "open", no, LOOK_S) for at in part]
        answers = crews.do(loop, "answer", no, 0.0, server.pids)
        after = reading(server.pids)
        cpu = after.cpu_s - before.cpu_s if before and after else None
        fan_out = max(seen) - min(seen) if seen else None
        asked = sum(part.put_to for part in answers)
        found.append(Question(answers, no, fan_out_s=fan_out, bytes=None, cpu_s=cpu, seen=len(seen), put_to=asked))
    if not any(len(part.waits) for one in found for part in one.answers):  # nobody is asked by phone: answered aloud
        onward(staff)
    return found


def onward(staff: Staff) -> None:
    """The host's next step; where a clock was quicker it is done already."""
    was = staff.phase, staff.no
    said = staff.act("advance")
    if not said["ok"] and said.get("code") not in OVERTAKEN:
        raise Failed(f"advance in {was[0]}: {said}")
    staff.loop.run(lambda: (staff.phase, staff.no) != was, CLOSES_S)
