"""Completes a command with facts that only the shell knows, before the rules decide: no client is believed about
them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.shows import Reason, Seat
from app.services.shows.rights import has_another_in
from app.services.shows.seats import on_roll_in
from app.services.teams.on_stage import teams_of_seats_in
from quizzes.engine import AUDIENCE, JUDGE, Command
from quizzes.line_up import FIELD
from quizzes.refusals import Rejected
from quizzes.show.changes import ALONE, WAITS

OURS = ("roll", "room", "reason_ref", "ledger")
UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]").search
"""Characters that no database takes (NUL, half an emoji) or that nobody types into one line."""


def completed_in(db: Session, show_id: int, command: Command, member_id: int | None, units: str = "") -> Command:
    """With what the shell alone may say: who is on the roll now, who else is in the room, where the reason's text is
    kept, and whether points that are given would reach the ledger. `units`: the rules ask for units or for teams."""
    upto, apart = on_roll_in(db, show_id)
    known = {name: value for name, value in command.args.items() if name not in OURS}
    known["roll"] = {"upto": upto, "without": [number for number, _, lapsed in apart if lapsed]}
    room = room_in(db, show_id, apart, units)
    if room:
        known["room"] = room
    reason = known.get("reason")
    if isinstance(reason, str) and UNSTORABLE(reason.strip()):
        raise Rejected("bad_request", argument="reason")
    if isinstance(reason, str) and reason.strip():
        known["reason_ref"] = _keep_reason(db, show_id, reason.strip()[:400])
    if command.name == "adjust":
        known["ledger"] = _reaches_ledger(db, show_id, command.args.get("seat"), member_id)
    return Command(command.name, command.actor, command.at, known)


def room_in(db: Session, show_id: int, apart: list[tuple[int, str, bool]], units: str) -> dict[str, Any]:
    """Everybody besides the players: the audience and the judges. With `units` the chapter of each seat,
    or the team its member stands in."""
    room: dict[str, Any] = {
        name: found
        for name, wanted in (("watching", AUDIENCE), ("judges", JUDGE))
        if (found := [number for number, role, _ in apart if role == wanted])
    }
    if units == FIELD:
        room["units"] = {str(seat): team for seat, team in teams_of_seats_in(db, show_id)}
    elif units:
        chapters = select(Seat.number, Seat.chapter_id).where(Seat.show_id == show_id, Seat.chapter_id.is_not(None))
        room["units"] = {str(row.number): row.chapter_id for row in db.execute(chapters.order_by(Seat.number))}
    return room


def _reaches_ledger(db: Session, show_id: int, seat: object, by: int | None) -> str | None:
    """None for a guest's seat; else whether there is a second person to agree."""
    if not isinstance(seat, int) or not 0 < seat < 2**31:
        return None
    if db.scalar(select(Seat.member_id).where(Seat.show_id == show_id, Seat.number == seat)) is None:
        return None
    return WAITS if has_another_in(db, show_id, by) else ALONE


def _keep_reason(db: Session, show_id: int, text: str) -> int:
    row = Reason(show_id=show_id, text=text)
    db.add(row)
    db.flush()
    return row.id
