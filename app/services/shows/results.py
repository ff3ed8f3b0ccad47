"""After a show: its results, posted once; replayed, exported and verified by anyone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import lock_show
from app.models.shows import Ballot, JournalLine, Seat, Show
from app.services.commit import reading, writing
from app.services.points import post_in
from app.services.points.rules import dues_in
from app.services.shows import shows
from app.services.shows.asked import POINTS
from app.services.shows.ballots import last_of_each
from quizzes import show as rules
from quizzes.engine import Ballot as Given
from quizzes.engine import Event
from quizzes.ledger import Due

EXPORT_VERSION = 1
"""The version of the exported file's form."""


def digest_of(results: list[dict[str, Any]]) -> str:
    """The digest that identifies a result."""
    return hashlib.sha256(json.dumps(results, sort_keys=True).encode()).hexdigest()


def post_due() -> int:
    """Post every show that is over and has changed since it was posted; returns how many were new."""
    return sum(post(show_id) for show_id in _over())


@reading
def _over(db: Session) -> list[int]:
    return list(db.scalars(select(Show.id).where(Show.over_at.is_not(None), Show.posted_digest.is_(None))))


def post(show_id: int) -> bool:
    """Bring the ledger to what this show's results say. True when anything was new."""
    shows.catch_up(show_id)  # folded here, so that hardly anything is left to fold while the show is locked
    return _post_results(show_id)


@writing
def _post_results(db: Session, show_id: int) -> bool:
    """Posts the results of a show; True when it did. They are read again under the lock: the host may have undone or
    adjusted, another worker may have posted."""
    lock_show(db, show_id)
    state = shows.catch_up_in(db, show_id).state
    if state.phase != "over":
        return False
    results, withheld = rules.results(state), rules.withheld(state)
    digest = digest_of([*results, {"withheld": sorted(withheld.items())}] if withheld else results)
    if db.scalar(select(Show.posted_digest).where(Show.id == show_id)) == digest:
        return False
    members = {
        row.number: row.member_id
        for row in db.execute(
            select(Seat.number, Seat.member_id).where(Seat.show_id == show_id, Seat.member_id.is_not(None))
        )
    }
    sums: dict[int, int] = {}
    show = db.get_one(Show, show_id)
    for line in results if show.stakes == POINTS else ():
        if line["seat"] in members:
            points = line["points"] - withheld.get(line["seat"], 0)
            sums[members[line["seat"]]] = sums.get(members[line["seat"]], 0) + points
    own = {member: Due(points, None) for member, points in sums.items()}
    post_in(db, "show", show_id, dues_in(db, "show", own, show.chapter_id, show.over_at or 0))
    db.execute(update(Show).where(Show.id == show_id).values(posted_digest=digest))
    return True


# --- recomputing ------------------------------------------------------------------------------------


@reading
def record(db: Session, show_id: int) -> dict[str, Any]:
    """Everything that decides a result: journal and ballots, by opaque seat numbers, with names beside."""
    journal = [
        [row.seq, row.at, row.actor, row.step, row.name, json.loads(row.data)]
        for row in db.scalars(select(JournalLine).where(JournalLine.show_id == show_id).order_by(JournalLine.seq))
    ]
    given = [
        [row.no, row.seat, row.take, json.loads(row.choice), row.received_at, row.lag_us]
        for row in db.scalars(
            select(Ballot).where(Ballot.show_id == show_id).order_by(Ballot.no, Ballot.received_at, Ballot.seat)
        )
    ]
    names = {
        row.number: row.name
        for row in db.scalars(select(Seat).where(Seat.show_id == show_id, Seat.side == "public").order_by(Seat.number))
    }
    return {
        "format": "san-choi-so-show",
        "version": EXPORT_VERSION,
        "journal": journal,
        "ballots": given,
        "names": names,
    }


def replay(show: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Fold a record and grade its ballots again. Returns the state and every difference found.

    Only verdicts that stand are compared: an undone closing is followed by further ballots, and which of them its
    verdicts were made from is told by nothing. They decide nothing either.
    """
    state: Any = None
    verdicts: dict[int, tuple[Any, Event, int]] = {}
    for seq, at, _actor, step, name, data in show["journal"]:
        event = Event(name, data)
        if name == "judged":
            verdicts[data["no"]] = (state, event, at)
        state = rules.start(event, seq, at) if state is None else rules.evolve(state, event, seq, at, step)
        if name == "undone":
            verdicts = {no: said for no, said in verdicts.items() if _stands(state, no)}
    ballots = _counting(show["ballots"])
    return state, [found for said in verdicts.values() for found in _judged_otherwise(*said, ballots)]


def _stands(state: Any, no: int) -> bool:
    """True when an opening still has its verdicts after an undo."""
    found = state.opening(no)
    return found is not None and not found[1].live


def _counting(rows: Iterable[Sequence[Any]]) -> dict[int, list[Given]]:
    """Opening -> its ballots that count, as they are graded."""
    last = last_of_each(
        ((no, seat), take, at, Given(seat, choice, at, lag_us)) for no, seat, take, choice, at, lag_us in rows
    )
    found: dict[int, list[Given]] = {}
    for (no, _), ballot in last.items():
        found.setdefault(no, []).append(ballot)
    return {no: sorted(given, key=lambda ballot: (ballot.at, ballot.seat)) for no, given in found.items()}


def _judged_otherwise(state: Any, event: Event, at: int, ballots: Mapping[int, list[Given]]) -> list[str]:
    no = event.data["no"]
    again = rules.judge(state, no, rules.grade(state, no, ballots.get(no, [])), at)
    told = json.loads(json.dumps([e.data for e in again if e.name == "judged" and e.data["no"] == no]))
    return [] if told and told[0]["results"] == event.data["results"] else [f"opening {no} is judged otherwise"]
