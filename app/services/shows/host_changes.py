"""The changes that the host of a show made, as its results page tells them, and the second person's word on an
adjustment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.shows import JournalLine, Seat
from app.services.commit import reading
from app.services.shows import results, rights, seats, shows
from quizzes import show as rules
from quizzes.engine import Actor, Command
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.refusals import Rejected
from quizzes.show.changes import ADJUSTED, UNDONE, WAIT_US


@dataclass(frozen=True)
class Told:
    """One change in words' reach. `name`: whose points were changed; `question`: the text of what was voided; `reason`
    is "" where none was given or it was erased, `why` a ready reason.

    `verdict` of an adjustment as in quizzes.show.changes; `until` is when one that waits lapses; `followed` of a
    corrected verdict as in quizzes.show.consequences.
    """

    seq: int
    at: int
    what: str
    data: Mapping[str, Any]
    name: str
    question: Mapping[str, str]
    reason: str
    why: str
    verdict: str
    until: int
    followed: Mapping[str, Any]


def told(show_id: int, state: Any, at: int) -> list[Told]:
    """Every change of a show, in order."""
    refs = [one.data["reason_ref"] for one in state.changes if one.data.get("reason_ref") is not None]
    words = shows.reasons(show_id, refs)
    names = seats.names(show_id, {one.data["seat"] for one in state.changes if "seat" in one.data})
    return [
        Told(
            one.seq,
            one.at,
            one.what,
            one.data,
            names.get(one.data.get("seat", 0), ""),
            _question(state, one.data),
            words.get(one.data.get("reason_ref", 0), ""),
            one.data.get("why", ""),
            rules.verdict(state, one, at) if one.what == ADJUSTED else "",
            one.at + WAIT_US,
            rules.consequences(state, one.data) if one.what == CORRECTED else {},
        )
        for one in state.changes
    ]


def _question(state: Any, data: Mapping[str, Any]) -> Mapping[str, str]:
    """The text of the question a change is about, by language."""
    found = state.opening(data["no"]) if "no" in data else None
    if found is None:
        return {}
    text: Mapping[str, str] = rules.body_of(state, found[0], found[1].question, found[1].no)["text"]
    return text


def may_second(show_id: int, told: list[Told], member_id: int) -> set[int]:
    """The waiting adjustments this member may say yes or no to: not the own, and none of the own points."""
    waiting = [one for one in told if one.verdict == "waits"]
    if not waiting or not rights.may_run(member_id, show_id):
        return set()
    mine = _mine(show_id, member_id, [one.seq for one in waiting])
    own_seats = _seats_of(show_id, member_id)
    return {one.seq for one in waiting if one.seq not in mine and one.data["seat"] not in own_seats}


@reading
def _mine(db: Session, show_id: int, member_id: int, seqs: list[int]) -> set[int]:
    return set(
        db.scalars(
            select(JournalLine.seq).where(
                JournalLine.show_id == show_id, JournalLine.member_id == member_id, JournalLine.seq.in_(seqs)
            )
        )
    )


@reading
def _seats_of(db: Session, show_id: int, member_id: int) -> set[int]:
    return set(
        db.scalars(
            select(Seat.number).where(Seat.show_id == show_id, Seat.member_id == member_id, Seat.side == "public")
        )
    )


@reading
def _now(db: Session) -> int:
    return now_us(db)


def second(show_id: int, seq: int, member_id: int, agrees: bool) -> None:
    """A second person's word; the ledger follows at once. Rejected: forbidden, not_now, not_found."""
    replica = shows.catch_up(show_id)
    now = max(_now(), replica.state.at or 0)
    if seq not in may_second(show_id, told(show_id, replica.state, now), member_id):
        raise Rejected("forbidden")
    command = Command("second", Actor(rules.SECOND, 0), now, {"of": seq, "agrees": agrees})
    shows.perform(show_id, command, client_id=f"second-{seq}-{member_id}", member_id=member_id)
    results.post(show_id)


__all__ = ["ADJUSTED", "UNDONE", "Told", "may_second", "second", "told"]
