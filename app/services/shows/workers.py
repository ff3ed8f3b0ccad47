"""Which processes are alive, how far each has read, and which seats have a connection."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import Presence, Worker
from app.services.commit import reading, writing

DEAD_AFTER_US = 5_000_000
FRESH_US = 3_000_000
BEFORE_US = 60_000_000


@writing
def beat(db: Session, name: str, read_until: int, present: Mapping[int, list[int]]) -> tuple[int, int | None]:
    """Say that this worker lives. Returns (database's clock, when any worker was last alive before)."""
    now = now_us(db)
    last = db.scalar(select(func.max(Worker.alive_at)))
    values = {"alive_at": now, "read_until": read_until}
    query = insert(db, Worker).values(name=name, **values)
    db.execute(query.on_conflict_do_update(index_elements=["name"], set_=values))
    db.execute(delete(Presence).where(Presence.worker == name, Presence.show_id.not_in(list(present))))
    for show_id, seats in present.items():
        row = {"seats": json.dumps(seats), "at": now}
        here = insert(db, Presence).values(show_id=show_id, worker=name, **row)
        db.execute(here.on_conflict_do_update(index_elements=["show_id", "worker"], set_=row))
    return now, last


@writing
def leave(db: Session, name: str) -> None:
    """A worker that stops on purpose: nobody waits for it."""
    db.execute(delete(Presence).where(Presence.worker == name))
    db.execute(delete(Worker).where(Worker.name == name))


@writing
def has_read(db: Session, name: str, read_until: int) -> None:
    """Between two beats: how far this worker has read by now."""
    db.execute(update(Worker).where(Worker.name == name).values(read_until=read_until))


@reading
def others_read_until(db: Session, name: str) -> int | None:
    """The earliest `read_until` among other workers that live; None when there is no other."""
    return db.scalar(select(func.min(Worker.read_until)).where(
        Worker.name != name, Worker.alive_at > now_us(db) - FRESH_US))


@reading
def last_alive(db: Session) -> int | None:
    """When any worker was last alive."""
    return db.scalar(select(func.max(Worker.alive_at)))


@reading
def present_before(db: Session) -> dict[int, set[int]]:
    """Show -> the seats that had a connection to a worker that beat within the last minute, dead or alive."""
    found: dict[int, set[int]] = {}
    for row in db.execute(select(Presence.show_id, Presence.seats).where(Presence.at > now_us(db) - BEFORE_US)):
        found.setdefault(row.show_id, set()).update(json.loads(row.seats))
    return found


@reading
def present_elsewhere(db: Session, show_id: int, name: str) -> set[int]:
    """Seats of a show with a connection on other living workers."""
    query = select(Presence.seats).where(
        Presence.show_id == show_id, Presence.worker != name, Presence.at > now_us(db) - FRESH_US)
    return {seat for seats in db.scalars(query) for seat in json.loads(seats)}
