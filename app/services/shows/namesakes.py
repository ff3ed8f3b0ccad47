"""A name is no identity: people of one name play in one show, each shown under a name that nobody else there bears."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.models.shows import Seat
from quizzes.text import fold, spelling

LONGEST = 120
"""Letters of a name, as the table has it."""


def key_of(name: str) -> str:
    """The key under which two names are one: marks count (Dũng is not Dung), case, spaces and the place of a tone do
    not."""
    return spelling(name) or fold(name)


class Namesakes:
    """The names of one show, as far as those who join need them; its seats are locked meanwhile."""

    def __init__(self, db: Session, show_id: int) -> None:
        self._db, self._show = db, show_id
        self._held: dict[str, int | None] = {}  # key -> the seat that has to give it up, or None: it keeps it
        self._numbers: dict[str, int] = {}

    def know(self, key: str, leaving: int | None) -> None:
        """Somebody has this name; `leaving`: the number of a seat that counts no more, which gives it up."""
        self._held[key] = leaving

    def is_taken(self, key: str) -> bool:
        return key in self._held and self._held[key] is None

    def take(self, key: str) -> int | None:
        """The name is somebody else's from now on; the seat that has to give it up."""
        before = self._held.get(key)
        self._held[key] = None
        return before

    def apart(self, name: str, chapter_id: int | None) -> str:
        """The same name with the chapter, else with a number."""
        chapter = self._db.scalar(select(Chapter.name).where(Chapter.id == chapter_id)) if chapter_id else None
        with_chapter = f"{name} ({chapter})"
        if chapter and len(with_chapter) <= LONGEST and not self._is_known(key_of(with_chapter)):
            return with_chapter
        numbered = self._numbered(name)
        while self._is_known(key_of(numbered)):
            numbered = self._numbered(name)
        return numbered

    def _is_known(self, key: str) -> bool:
        here = select(Seat.id).where(Seat.show_id == self._show, Seat.name_key == key)
        return key in self._held or self._db.scalar(here) is not None

    def _numbered(self, name: str) -> str:
        """With the number after the highest one given."""
        key = key_of(name)
        if key not in self._numbers:
            like = Seat.show_id == self._show, Seat.name_key.startswith(key, autoescape=True)
            ends = (one[len(key) :] for one in self._db.scalars(select(Seat.name_key).where(*like)))
            self._numbers[key] = max((int(end) for end in ends if re.fullmatch("[0-9]{1,4}", end)), default=1)
        self._numbers[key] += 1
        return f"{name[: LONGEST - 8]} ({self._numbers[key]})"
