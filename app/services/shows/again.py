"""The same people play again: a new show, in which every browser that was here has its seat already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert, literal, null, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.shows import Seat
from app.services.commit import writing
from app.services.shows import listing, scripts, seats, shows
from app.services.shows.scripts import Created
from quizzes import show as rules
from quizzes.engine import CLOCK, Actor, Command
from quizzes.refusals import Rejected

KEPT = (
    Seat.number,
    Seat.side,
    Seat.role,
    Seat.name,
    Seat.name_key,
    Seat.device_hash,
    Seat.code,
    Seat.lang,
    Seat.member_id,
    Seat.chapter_id,
    Seat.source,
)


def again(show_id: int, at: int) -> listing.Listed:
    """The show after this one, made once: shipped scripts draw other questions, others ask the same again.

    Raises Rejected: not_now before the end, and what making a show may raise.
    """
    state = shows.catch_up(show_id).state
    if state.followed:
        return listing.by_public_id(state.followed)
    if state.phase != "over":
        raise Rejected("not_now")
    made = _made(listing.by_id(show_id), state)
    _seat_them(show_id, made.show_id, state.kicked)
    for line in seats.staff(show_id):
        if line.role not in scripts.STAFF:
            scripts.invite(made.show_id, line.role)
    shows.perform(show_id, Command("follow", Actor(CLOCK), at, {"show": made.public_id}))
    return listing.by_id(made.show_id)


def _made(before: listing.Listed, state: rules.ShowState) -> Created:
    script = scripts.available().get(before.script) or _as_played(before, state)
    return scripts.create(
        before.script,
        script=script,
        host_member_id=before.host_member_id,
        chapter_id=before.chapter_id,
        guests_allowed=before.guests_allowed,
        stakes=before.stakes,
    )


def _as_played(before: listing.Listed, state: rules.ShowState) -> dict[str, Any]:
    """A script of the host's own, with the questions that were asked."""
    asked = state.created["questions"]
    rounds = [{**one, "questions": _listed(one, those)} for one, those in zip(state.specs, asked, strict=True)]
    for one in rounds:
        one.pop("slots", None)
        if not one["title"]:
            del one["title"]
    teams = {"teams": dict(state.teams_setting)} if state.teams_setting else {}
    if brand := state.created["script"].get("brand"):
        teams["brand"] = dict(brand)
    return {"title": scripts.unmarked(before.title), "settings": dict(state.settings), **teams, "rounds": rounds}


def _listed(spec: Mapping[str, Any], questions: Sequence[Any]) -> Any:
    """In one list, or slot by slot as the script had them."""
    left = iter(questions)
    slots: Mapping[str, int] = spec.get("slots") or {}
    return {name: list(islice(left, count)) for name, count in slots.items()} if slots else list(questions)


def seat_after(show_id: int, number: int) -> seats.SeatLine:
    """The seat in the next show of who works in this one: of each role the first is the first there, and so on.

    Rejected: not_now where no show follows, bad_ticket where this role is not invited there.
    """
    state = shows.catch_up(show_id).state
    if not state.followed:
        raise Rejected("not_now")
    here = seats.staff(show_id)
    mine = next(one for one in here if one.number == number)
    rank = sum(1 for one in here if one.role == mine.role and one.number < number)
    there = [one for one in seats.staff(listing.by_public_id(state.followed).show_id) if one.role == mine.role]
    if rank >= len(there):
        raise Rejected("bad_ticket")
    return there[rank]


@writing
def _seat_them(db: Session, before: int, after: int, kicked: frozenset[int]) -> None:
    """Seats in the new show for those who are in the former one. They keep seat, name and code, and count once they
    come."""
    here = Seat.show_id == before, Seat.side == "public", Seat.kicked_at.is_(None), Seat.connected_at.is_not(None)
    those = select(literal(after), literal(now_us(db)), null(), *KEPT).where(*here, Seat.number.not_in(kicked))
    names = ["show_id", "joined_at", "connected_at", *(column.key for column in KEPT)]
    db.execute(insert(Seat).from_select(names, those))
