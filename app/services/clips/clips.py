"""Clips: stored once they are made anew, read a part at a time."""

from __future__ import annotations

import secrets
import signal
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.clips import Clip, ClipPart
from app.models.engines import now_us
from app.models.shows import JournalLine, Opening, Show
from app.services.commit import breathe, reading, writing
from app.services.files.opening.clip_child import MOST_BYTES, TOO_HEAVY
from app.services.files.opening.sound_child import NO_READER, NO_SOUND, TOO_LONG
from app.services.files.sound import OUT_OF_TIME, by_child
from quizzes.hours import MINUTE
from quizzes.refusals import Rejected

PART = 1024 * 1024  # bytes of a stored part
QUIET = 10 * MINUTE
"""A show in which nothing was done for so long is not being played, microseconds."""
NAME_BYTES = 16  # random bytes of a stored name
REFUSALS = {
    NO_SOUND: "clip_bad",
    TOO_LONG: "clip_long",
    NO_READER: "media_missing",
    TOO_HEAVY: "clip_heavy",
    OUT_OF_TIME: "clip_slow",
    -signal.SIGKILL: "clip_heavy",
    -signal.SIGABRT: "clip_heavy",
}
"""A library that gets no memory aborts; a machine without memory kills."""
TYPES = {"mp3": "audio/mpeg", "mp4": "video/mp4"}


@dataclass(frozen=True)
class Stored:
    name: str
    seconds: int
    size: int

    @property
    def type(self) -> str:
        return TYPES[self.name.rpartition(".")[2]]


def store_clip(data: bytes) -> str:
    """Sound or film made anew; its name. Rejected: clip_bad, clip_big, clip_long, clip_slow, clip_heavy, media_missing,
    and clip_show_on while a show is played: it would take a core from the show."""
    if not data or len(data) > MOST_BYTES:
        raise Rejected("clip_big" if data else "clip_bad", field="picture")
    if _is_played():
        raise Rejected("clip_show_on", field="picture")
    made, said = by_child("clip_child", data, REFUSALS, "clip_bad", field="picture")
    kind, seconds = said.split()
    name = f"{secrets.token_urlsafe(NAME_BYTES)}.{kind}"
    _begin(name, int(seconds))
    for number in range(-(-len(made) // PART)):
        _add(name, number, made[number * PART : (number + 1) * PART])
        breathe()
    _end(name, len(made))
    return name


@reading
def _is_played(db: Session) -> bool:
    """True while somebody answers a question, or a show that has begun went on a moment ago: it may ask at any time."""
    if db.scalar(select(Opening.no).where(Opening.accepting).limit(1)) is not None:
        return True
    begun = select(Opening.show_id).where(Opening.show_id == Show.id).exists()
    lately = select(JournalLine.id).where(JournalLine.show_id == Show.id, JournalLine.at > now_us(db) - QUIET).exists()
    return db.scalar(select(Show.id).where(Show.over_at.is_(None), begun, lately).limit(1)) is not None


@writing
def _begin(db: Session, name: str, seconds: int) -> None:
    db.add(Clip(name=name, seconds=seconds, size=0, made_at=now_us(db)))


@writing
def _add(db: Session, name: str, number: int, data: bytes) -> None:
    db.add(ClipPart(name=name, number=number, data=data))


@writing
def _end(db: Session, name: str, size: int) -> None:
    db.get_one(Clip, name).size = size


@reading
def clip(db: Session, name: str) -> Stored | None:
    """A clip that is there whole."""
    found = db.get(Clip, name)
    return Stored(name, found.seconds, found.size) if found is not None and found.size else None


@reading
def part(db: Session, name: str, number: int) -> bytes:
    """One of its megabytes; b"" behind the last."""
    query = select(ClipPart.data).where(ClipPart.name == name, ClipPart.number == number)
    return db.scalar(query) or b""
