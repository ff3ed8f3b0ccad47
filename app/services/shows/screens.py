"""Every screen of a show by name: projectors, tablets, judges, consoles. Re-pointed and loaded anew by the host.

A screen is a browser: it has made itself a key, which it keeps. It is here while a living worker holds its connection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import ShowScreen, Worker
from app.services.commit import reading, writing
from app.services.shows.workers import FRESH_US, NEWEST
from quizzes.engine import STAGE
from quizzes.refusals import Rejected
from quizzes.text import clean_name

VIEWS = ("picture", "clean", "lower", "bug", "floor", "clock", "logo")
"""The views of a hall's screen: all, all without numbers, a lower third, a score bug, the contestants' floor, the clock
alone, the logo alone."""
MOST = 60  # screens of a show
LONGEST_KEY, LONGEST_NAME = 64, 40
"""The longest key and the longest name of a screen, letters."""
FORGOTTEN_US = 30 * 60 * 1_000_000
"""A nameless screen that has been gone for so long is no longer listed."""


@dataclass(frozen=True)
class ScreenLine:
    """A screen as the console lists it. `told`: what it said of itself; `reload` counts up with each wish."""

    screen_id: int
    key: str
    role: str
    number: int
    name: str
    view: str
    reload: int
    here: bool
    left_at: int | None
    told: dict[str, Any]


@writing
def came(db: Session, show_id: int, key: str, role: str, view: str, worker: str) -> None:
    """A screen is connected to this worker: a new one gets the next number of its role. Where the list is full, the
    nameless one that has been gone the longest makes room. Rejected: full."""
    known = select(ShowScreen.id).where(ShowScreen.show_id == show_id, ShowScreen.key == key)
    if (found := db.scalar(known)) is not None:
        db.execute(update(ShowScreen).where(ShowScreen.id == found).values(role=role, worker=worker, left_at=None))
        return
    counts = select(func.count(), func.max(ShowScreen.number)).where(ShowScreen.show_id == show_id)
    many, _ = db.execute(counts).one()
    if many >= MOST and not _make_room(db, show_id):
        raise Rejected("full")
    _, last = db.execute(counts.where(ShowScreen.role == role)).one()
    new = insert(db, ShowScreen).values(
        show_id=show_id,
        key=key,
        role=role,
        number=(last or 0) + 1,
        name="",
        view=view if view in VIEWS else VIEWS[0],
        reload=0,
        worker=worker,
        told="{}",
    )
    db.execute(new.on_conflict_do_update(index_elements=["show_id", "key"], set_={"worker": worker, "left_at": None}))


def _make_room(db: Session, show_id: int) -> bool:
    here, unnamed = ShowScreen.show_id == show_id, ShowScreen.name == ""
    gone = select(ShowScreen.id).where(here, unnamed, ShowScreen.worker.is_(None))
    oldest = db.scalar(gone.order_by(ShowScreen.left_at).limit(1))
    if oldest is not None:
        db.execute(delete(ShowScreen).where(ShowScreen.id == oldest))
    return oldest is not None


@writing
def left(db: Session, show_id: int, key: str, worker: str) -> None:
    """Its connection to this worker ended; it may have come to another meanwhile."""
    those = (ShowScreen.show_id == show_id, ShowScreen.key == key, ShowScreen.worker == worker)
    db.execute(update(ShowScreen).where(*those).values(worker=None, left_at=now_us(db)))


@writing
def report(db: Session, show_id: int, key: str, told: Mapping[str, Any]) -> None:
    """Stores the report of a screen: its sound is on or off, and how many of the pictures it has."""
    kept = {
        "sound": told.get("sound") is True,
        **{name: told[name] for name in ("media", "of") if _is_count(told.get(name))},
    }
    those = (ShowScreen.show_id == show_id, ShowScreen.key == key)
    db.execute(update(ShowScreen).where(*those).values(told=json.dumps(kept)))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000


SCREENS: Any = ShowScreen.__table__
OF_SHOWS = (
    select(SCREENS)
    .where(SCREENS.c.show_id.in_(bindparam("shows", expanding=True)))
    .order_by(SCREENS.c.role, SCREENS.c.number)
)
ALIVE = select(Worker.name).where(Worker.alive_at > NEWEST - FRESH_US)
"""Both built once: every worker asks each second."""


@reading
def of_shows(db: Session, show_ids: Iterable[int]) -> dict[int, list[ScreenLine]]:
    """Show -> its screens by role and number; nameless ones that left long ago are left out."""
    found: dict[int, list[ScreenLine]] = {}
    rows = db.connection().execute(OF_SHOWS, {"shows": list(show_ids)}).all()
    if not rows:
        return found
    alive, now = set(db.connection().scalars(ALIVE)), now_us(db)
    for row in rows:
        here = row.worker in alive
        if here or row.name or row.left_at is None or row.left_at > now - FORGOTTEN_US:
            found.setdefault(row.show_id, []).append(
                ScreenLine(
                    row.id,
                    row.key,
                    row.role,
                    row.number,
                    row.name,
                    row.view,
                    row.reload,
                    here,
                    row.left_at,
                    json.loads(row.told),
                )
            )
    return found


def of_show(show_id: int) -> list[ScreenLine]:
    """The screens of one show."""
    return of_shows([show_id]).get(show_id, [])


@writing
def point(db: Session, show_id: int, screen_id: object, view: object) -> None:
    """Show something else on a screen of the hall; others show what their role is given. Rejected: bad_request."""
    if view not in VIEWS:
        raise Rejected("bad_request", argument="view")
    _change(db, show_id, screen_id, ShowScreen.role == STAGE, view=view)


@writing
def rename(db: Session, show_id: int, screen_id: object, name: object) -> None:
    """Call a screen by a name: Màn hình trái, Máy tính bảng của MC."""
    if not isinstance(name, str):
        raise Rejected("bad_request", argument="name")
    _change(db, show_id, screen_id, name=clean_name(name)[:LONGEST_NAME] if name.strip() else "")


@writing
def load_anew(db: Session, show_id: int, screen_id: object) -> None:
    """Have a screen load its page again; 0: all of them."""
    those = [ShowScreen.show_id == show_id] + ([ShowScreen.id == screen_id] if screen_id != 0 else [])
    db.execute(update(ShowScreen).where(*those).values(reload=ShowScreen.reload + 1))


@writing
def forget(db: Session, show_id: int, screen_id: object) -> None:
    """Take a screen off the list; one that is connected comes back by itself."""
    if not isinstance(screen_id, int):
        raise Rejected("bad_request", argument="screen")
    db.execute(delete(ShowScreen).where(ShowScreen.show_id == show_id, ShowScreen.id == screen_id))


def _change(db: Session, show_id: int, screen_id: object, *more: Any, **values: Any) -> None:
    if not isinstance(screen_id, int):
        raise Rejected("bad_request", argument="screen")
    those = (ShowScreen.show_id == show_id, ShowScreen.id == screen_id, *more)
    if db.scalar(update(ShowScreen).where(*those).values(**values).returning(ShowScreen.id)) is None:
        raise Rejected("not_found")
