"""The living processes, how far each has read, and the seats that have a connection.

The newest beat of all decides which workers are alive, not a clock: clocks are set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import Presence, Worker
from app.services.commit import reading, writing

DEAD_AFTER_US = 5_000_000
"""A worker without a beat for this long counts as dead, microseconds."""
FRESH_US = 3_000_000
"""How old the last beat of a living worker may be, microseconds."""
BEFORE_US = 60_000_000
"""How far back beats of other workers are looked at, microseconds."""
ROWS = 200
"""In one statement."""
NEWEST = select(func.max(Worker.alive_at)).scalar_subquery()
Late = tuple[int, list[int]]
"""An opening, and the seats of one worker that have not taken it."""
LATE = (
    update(Presence.__table__)  # type: ignore[arg-type]
    .where(Presence.show_id == bindparam("show"), Presence.worker == bindparam("name"))
    .values(late=bindparam("said"))
)


@dataclass(frozen=True)
class LastBeat:
    """When any worker was last alive, by the time of the shows and by the database's clock."""

    alive_at: int
    db_at: int


@writing
def beat(
    db: Session,
    name: str,
    clock: Callable[[], int],
    read_until: int,
    changed: Mapping[int, list[int]],
    gone: Sequence[int] = (),
    late: Mapping[int, Late] | None = None,
) -> int:
    """Say that this worker lives, and where the seats it serves have changed since the last beat: `changed` shows with
    those it serves now, `gone` ones with none, `late` ones with those that lack a question. `clock` tells the time of
    the shows; it is read beside the database's, which is returned: the wait for this transaction is no difference
    between them."""
    now = now_us(db)
    values = {"alive_at": clock(), "db_at": now, "read_until": read_until}
    query = insert(db, Worker).values(name=name, **values)
    db.execute(query.on_conflict_do_update(index_elements=["name"], set_=values))
    if gone:
        db.execute(delete(Presence).where(Presence.worker == name, Presence.show_id.in_(gone)))
    if changed:
        here = insert(db, Presence.__table__)
        rows = [{"show_id": show_id, "worker": name, "seats": json.dumps(seats)} for show_id, seats in changed.items()]
        for start in range(0, len(rows), ROWS):
            db.execute(
                here.values(rows[start : start + ROWS]).on_conflict_do_update(
                    index_elements=["show_id", "worker"], set_={"seats": here.excluded.seats}
                )
            )
    if late:
        db.connection().execute(
            LATE, [{"show": show_id, "name": name, "said": json.dumps(those)} for show_id, those in late.items()]
        )
    return now


@writing
def leave(db: Session, name: str) -> None:
    """A worker that stops on purpose: nobody waits for it."""
    db.execute(delete(Presence).where(Presence.worker == name))
    db.execute(update(Worker).where(Worker.name == name).values(read_until=None))


@writing
def forget_dead(db: Session, name: str, at: int) -> None:
    """A worker without a beat near `at` is dead, or belongs to a clock that is no longer in use."""
    dead = select(Worker.name).where(
        Worker.name != name, or_(Worker.alive_at < at - BEFORE_US, Worker.alive_at > at + FRESH_US)
    )
    names = list(db.scalars(dead))
    db.execute(delete(Presence).where(Presence.worker.in_(names)))
    db.execute(delete(Worker).where(Worker.name.in_(names)))


@writing
def has_read(db: Session, name: str, read_until: int) -> None:
    """Between two beats: how far this worker has read by now."""
    db.execute(update(Worker).where(Worker.name == name).values(read_until=read_until))


@reading
def others_read_until(db: Session, name: str, as_of: int | None = None) -> int | None:
    """The earliest `read_until` among other workers that live; None when there is no other.

    A worker that lived at `as_of` (microseconds) counts too: after a database that was away one worker is the first to
    beat again, and the others are no deader than it was a moment before."""
    lives = Worker.alive_at > NEWEST - FRESH_US
    if as_of is not None:
        lives = or_(lives, Worker.alive_at > as_of - FRESH_US)
    return db.scalar(select(func.min(Worker.read_until)).where(Worker.name != name, lives))


@reading
def how_many(db: Session) -> int:
    """The number of living workers."""
    alive = (Worker.alive_at > NEWEST - FRESH_US) & Worker.read_until.is_not(None)
    return db.scalar(select(func.count()).where(alive)) or 0


@reading
def last_beat(db: Session) -> tuple[int, LastBeat | None]:
    """The database's clock, and the newest sign of life where a worker was there before."""
    row = db.execute(select(Worker.alive_at, Worker.db_at).order_by(Worker.alive_at.desc()).limit(1)).first()
    return now_us(db), LastBeat(row.alive_at, row.db_at) if row else None


@reading
def present_before(db: Session) -> dict[int, set[int]]:
    """Show -> the seats that had a connection to a worker that beat within the last minute, dead or alive."""
    found: dict[int, set[int]] = {}
    query = select(Presence.show_id, Presence.seats).join(Worker, Worker.name == Presence.worker)
    for row in db.execute(query.where(Worker.alive_at > NEWEST - BEFORE_US)):
        found.setdefault(row.show_id, set()).update(json.loads(row.seats))
    return found


@reading
def present_elsewhere(db: Session, name: str) -> dict[int, dict[str, set[int]]]:
    """Show -> other living worker -> the seats with a connection there; shows nobody is connected to elsewhere are
    left out. Of all shows in one look."""
    query = select(Presence.show_id, Presence.worker, Presence.seats).join(Worker, Worker.name == Presence.worker)
    found: dict[int, dict[str, set[int]]] = {}
    for row in db.execute(query.where(Presence.worker != name, Worker.alive_at > NEWEST - FRESH_US)):
        found.setdefault(row.show_id, {})[row.worker] = set(json.loads(row.seats))
    return found


@reading
def late_elsewhere(db: Session, name: str) -> dict[int, list[Late]]:
    """Show -> what each other living worker says of the seats that lack a question."""
    query = select(Presence.show_id, Presence.late).join(Worker, Worker.name == Presence.worker)
    others = (Presence.worker != name, Presence.late.is_not(None), Worker.alive_at > NEWEST - FRESH_US)
    found: dict[int, list[Late]] = {}
    for show_id, said in db.execute(query.where(*others)):
        no, seats = json.loads(said or "[0, []]")
        found.setdefault(show_id, []).append((no, seats))
    return found
