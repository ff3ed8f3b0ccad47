"""Chapters as lists name them: by code, by name, or by the whole path "Tỉnh đoàn A / Đoàn phường B / Chi đoàn C"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, under
from app.services.commit import in_turns, reading
from app.services.people.imports.columns import Row
from quizzes.text import fold

APART = " / "
STEPS = re.compile(r"\s+/\s+|\s*[›>»]\s*")
PIECE = 500
"""Chapters between two breaths."""
WRITTEN = (
    Chapter.id,
    Chapter.parent_id,
    Chapter.path,
    Chapter.sort_key,
    Chapter.code,
    Chapter.name,
    Chapter.kind,
    Chapter.valid_from,
    Chapter.valid_to,
)


class Subtree:
    """The chapters of a subtree, read when the first name is asked for."""

    def __init__(self, db: Session, scope: str) -> None:
        self.db, self.scope = db, scope
        self.codes: dict[str, int] = {}
        self.names: dict[str, list[tuple[int, str]]] = {}
        self.name_of: dict[int, str] = {}

    def find(self, row: Row, code: str, name: str) -> int | None:
        """The chapter a row names, None for none; a problem where it is not here or is one of several."""
        if not code and not name:
            return None
        self._read()
        if code in self.codes:
            return self.codes[code]
        column, words = ("chapter", row["chapter"]) if code else ("chapter_name", name)
        found = self._named(words)
        if len(found) == 1:
            return found[0][0]
        if found:
            row.wrong(column, "two_chapters", paths="; ".join(self.path(path) for _, path in found[:5]))
        else:
            row.wrong(column, "no_chapter")
        return None

    def _named(self, words: str) -> Sequence[tuple[int, str]]:
        whole = self.names.get(fold(words), [])
        if whole:
            return whole
        *above, last = [fold(one) for one in STEPS.split(words)]
        return [one for one in self.names.get(last, []) if self._hangs(one[1], above)]

    def _hangs(self, path: str, above: Sequence[str]) -> bool:
        """True when all those names stand above, in that order."""
        ways = iter(fold(self.name_of.get(number, "")) for number in _numbers(path)[:-1])
        return all(any(one == name for one in ways) for name in above)

    def path(self, path: str) -> str:
        """The names from the root down to a chapter."""
        return APART.join(self.name_of.get(number, "?") for number in _numbers(path))

    def read_names(self) -> None:
        """Read what stands on paths, and nothing by which chapters are found: that takes ten times as long."""
        for number, name in in_turns(self.db.execute(select(Chapter.id, Chapter.name).where(self._here)), PIECE):
            self.name_of[number] = name

    @property
    def _here(self) -> ColumnElement[bool]:
        return under(Chapter.path, self.scope) | Chapter.id.in_(_numbers(self.scope))

    def _read(self) -> None:
        if self.name_of:
            return
        for one in self.db.execute(select(Chapter.id, Chapter.code, Chapter.name, Chapter.path).where(self._here)):
            self.name_of[one.id] = one.name
            if one.path.startswith(self.scope):
                self.codes[one.code] = one.id
                self.names.setdefault(fold(one.name), []).append((one.id, one.path))


def _numbers(path: str) -> list[int]:
    return [int(one) for one in path.split("/") if one]


@reading
def written_paths(db: Session, scope: str) -> dict[int, tuple[str, str]]:
    """Chapter -> (code, whole path in names) of a subtree, as its exports have them and its imports read them."""
    subtree = Subtree(db, scope)
    subtree.read_names()
    rows = db.execute(select(Chapter.id, Chapter.code, Chapter.path).where(under(Chapter.path, scope)))
    return {one.id: (one.code, subtree.path(one.path)) for one in in_turns(rows, PIECE)}


@reading
def written_tree(db: Session, scope: str) -> list[tuple[str, str, str, str, str, date | None, date | None]]:
    """A subtree from its top down: code, name, kind, code and whole path of the chapter above, days of life.

    Of the top nothing above is told: it keeps its place when the table comes back in.
    """
    subtree = Subtree(db, scope)
    subtree.read_names()
    rows = db.execute(select(*WRITTEN).where(under(Chapter.path, scope)))
    found = sorted(in_turns(rows, PIECE), key=lambda one: (one.path.count("/"), one.sort_key))
    codes = {one.id: one.code for one in found}
    return [
        (
            one.code,
            one.name,
            one.kind,
            codes.get(one.parent_id or 0, ""),
            subtree.path(one.path.rpartition("/")[0].rpartition("/")[0] + "/") if one.path != scope else "",
            one.valid_from,
            one.valid_to,
        )
        for one in in_turns(found, PIECE)
    ]
