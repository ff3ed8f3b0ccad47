"""`perform`: the only writer of journals. And the replicas that every worker folds from them.

    lock alone -> catch up -> decide on a copy (may raise Rejected) -> append -> commit -> replace -> poke

A state is an immutable value, so "a copy" costs nothing and a refused command leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fail_points import point
from app.models.engines import lock_show
from app.models.shows import Reason, Show
from app.services.banks.question_use import still_free_in
from app.services.commit import reading, repeatable, writing
from app.services.shows.completing import completed_in
from app.services.shows.journal import Line, done_before_in, newer_in, set_fences_in, write_in
from app.services.shows.seats import mark_kicked_in
from app.services.shows.spares import with_spare_in
from quizzes import show as rules
from quizzes.engine import CLOCK, Command, Event
from quizzes.refusals import Rejected

RECENT_S = 0.1  # how long a read head counts as new
WAITED_US = 500_000
"""From this age on (microseconds) a command counts as one that had to wait."""
V_STEP = 1_000_000
"""A screen's `v` is the journal number times this; the rest tells later renders of the same number apart."""


@dataclass(frozen=True)
class Replica:
    """A show as of journal number `seq`; `since` is the number at which phase and `no` last changed.

    After a restore the journal is shorter than what phones have seen: their screens go on `ahead` of it.
    """

    show_id: int
    seq: int
    since: int
    state: Any
    ahead: int = 0

    @property
    def v(self) -> int:
        return (self.ahead + self.seq) * V_STEP


_replicas: dict[int, Replica] = {}
_read_at: dict[int, float] = {}  # when the journal of a show was last looked at, monotonic
_listeners: list[Callable[[int, int], None]] = []


def when_moved(listener: Callable[[int, int], None]) -> None:
    """Call `listener(show_id, seq)` after every commit of this process that moved a show on."""
    _listeners.append(listener)


def known() -> dict[int, Replica]:
    """The replicas this process holds."""
    return dict(_replicas)


def forget(show_id: int) -> None:
    """Drop a replica; it is folded again when somebody asks."""
    _read_at.pop(show_id, None)
    _replicas.pop(show_id, None)


def _fold(replica: Replica | None, show_id: int, lines: Iterable[Any], ahead: int = 0) -> Replica:
    state, seq, since = (replica.state, replica.seq, replica.since) if replica else (None, 0, 0)
    for line in lines:
        event = Event(line.name, json.loads(line.data))
        was = (state.phase, state.no) if state is not None else None
        state = (
            rules.start(event, line.seq, line.at)
            if state is None
            else rules.evolve(state, event, line.seq, line.at, line.step)
        )
        seq = line.seq
        since = seq if (state.phase, state.no) != was else since
    if state is None:
        raise Rejected("no_such_show")
    return Replica(show_id, seq, since, state, replica.ahead if replica else ahead)


def catch_up_in(db: Session, show_id: int) -> Replica:
    """The show as this transaction finds it; the worker's replica stays as it is."""
    replica = _replicas.get(show_id)
    lines = newer_in(db, show_id, replica.seq if replica else 0)
    if replica is None:
        return _fold(None, show_id, lines, db.scalar(select(Show.ahead).where(Show.id == show_id)) or 0)
    return _fold(replica, show_id, lines) if lines else replica


def _keep(replica: Replica) -> Replica:
    mine = _replicas.get(replica.show_id)
    if mine is None or mine.seq < replica.seq:
        _replicas[replica.show_id] = replica
    return _replicas[replica.show_id]


@reading
def _read_up(db: Session, show_id: int) -> Replica:
    return catch_up_in(db, show_id)


def catch_up(show_id: int) -> Replica:
    """The show as of the last committed event. Raises Rejected("no_such_show")."""
    now = monotonic()
    replica = _keep(_read_up(show_id))
    _read_at[show_id] = now
    return replica


def recent(show_id: int) -> Replica:
    """The show as it was at most a tenth of a second ago: who asks in a crowd shares one look at the journal."""
    return replica(show_id) if monotonic() - _read_at.get(show_id, 0.0) < RECENT_S else catch_up(show_id)


def replica(show_id: int) -> Replica:
    """The show as this worker last knew it: a hint, good for screens, never for a refusal."""
    return _replicas.get(show_id) or catch_up(show_id)


def perform(
    show_id: int,
    command: Command,
    *,
    client_id: str | None = None,
    v: int | None = None,
    clock: Callable[[], int] | None = None,
    member_id: int | None = None,
) -> Replica:
    """Do what `command` asks, once: the same `client_id` from the same actor is answered as before.

    `v` is the screen the commander saw; Rejected("stale") where phase or `no` has moved on since. With the `clock` of
    the shows a command that had to wait for the database is one of the moment when it is carried out, but for what it
    ends: a question opened while PostgreSQL was away has all its seconds, and one closed then was closed then.
    `member_id` is the person who commands, where that is known: kept beside the journal's actor.
    """
    before, now = _replicas.get(show_id), monotonic()
    after = _perform(show_id, command, client_id, v, clock, member_id)
    point(f"performed-{command.name}")
    _keep(after)
    _read_at[show_id] = now  # under the lock of the show it was read up to its end
    if before is None or after.seq > before.seq:
        for listener in _listeners:
            listener(show_id, after.seq)
    return after


def actor_of(command: Command) -> str:
    """The journal's word for who commands."""
    return CLOCK if command.actor.role == CLOCK else f"seat:{command.actor.seat}"


@repeatable
@writing
def _perform(
    db: Session,
    show_id: int,
    command: Command,
    client_id: str | None,
    v: int | None,
    clock: Callable[[], int] | None,
    member_id: int | None,
) -> Replica:
    lock_show(db, show_id)
    now = catch_up_in(db, show_id)
    if client_id is not None and done_before_in(db, show_id, actor_of(command), client_id):
        return now
    if v is not None and v // V_STEP - now.ahead < now.since:
        raise Rejected("stale")
    command = completed_in(db, show_id, command, member_id, now.state.wants_units)
    command = with_spare_in(db, show_id, now.state, command)
    events = rules.decide(now.state, command)
    if clock and clock() - command.at > WAITED_US and not any(event.name in rules.ENDING for event in events):
        command = replace(command, at=clock())
        events = rules.decide(now.state, command)
    if any(event.name == "round" for event in events):
        still_free_in(db, show_id)
    return _append(db, now, events, command, client_id, member_id)


def _append(
    db: Session,
    now: Replica,
    events: Sequence[Event],
    command: Command,
    client_id: str | None,
    member_id: int | None = None,
) -> Replica:
    """Writes the events of a command into the journal and the fences with them; the replica after it."""
    lines = [
        Line(
            show_id=now.show_id,
            seq=now.seq + 1 + part,
            at=command.at,
            actor=actor_of(command),
            member_id=member_id,
            client_id=client_id,
            part=part,
            step=part == 0 and command.actor.role != CLOCK,
            name=event.name,
            data=json.dumps(event.data, ensure_ascii=False, separators=(",", ":")),
        )
        for part, event in enumerate(events)
    ]
    if not lines:
        return now
    after = _fold(now, now.show_id, lines)
    write_in(db, lines, over_at=command.at if after.state.phase == "over" else None)
    set_fences_in(db, now.show_id, rules.fences(now.state), rules.fences(after.state))
    for event in events:
        if event.name in ("kicked", "readmitted"):
            mark_kicked_in(db, now.show_id, rules.seats_of(event), command.at if event.name == "kicked" else None)
    return after


@reading
def reasons(db: Session, show_id: int, refs: Iterable[int]) -> dict[int, str]:
    """The words behind the journal's `reason_ref`; those erased meanwhile are left out."""
    query = select(Reason.id, Reason.text).where(Reason.show_id == show_id, Reason.id.in_(list(refs)))
    return {row.id: row.text for row in db.execute(query)}


@reading
def heads(db: Session) -> dict[int, int]:
    """Show -> last journal number, of every show that is not over."""
    running = (Show.over_at.is_(None), Show.removed_at.is_(None))
    return {row.id: row.head for row in db.execute(select(Show.id, Show.head).where(*running))}
