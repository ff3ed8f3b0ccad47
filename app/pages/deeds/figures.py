"""Figures of deeds for a page and a table: by kind for the whole subtree, and by chapter below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.services.deeds import kinds, looking
from app.services.people.chapters import ChapterLine
from quizzes.deeds.kinds import countable
from quizzes.deeds.sums import below


@dataclass(frozen=True)
class KindLine:
    """One counted name in a subtree. `sum`: verified and old figures together."""

    counted: str
    name: str
    step: str
    good: int
    waiting: int
    old: int

    @property
    def sum(self) -> int:
        return self.good + self.old


@dataclass(frozen=True)
class ChapterRow:
    """The figures of a chapter below, by counted name; or of the chapter itself, without those below (`id` 0)."""

    id: int
    name: str
    sums: dict[str, int]

    def of(self, counted: str) -> int:
        return self.sums.get(counted, 0)

    @property
    def total(self) -> int:
        return sum(self.sums.values())


def rows_of(chapter: ChapterLine, children: Sequence[ChapterLine]) -> tuple[list[KindLine], list[ChapterRow]]:
    """(by kind, by chapter): the rows of every column add up to the line of its kind."""
    own = looking.own_sums(chapter.path)
    lines, tables = list[KindLine](), dict[str, tuple[int, dict[str, int]]]()
    paths = {one.path: one for one in children}
    for name, kind, step in countable(kinds.all_kinds().values()):
        here = {path: of[name] for path, of in own.items() if name in of}
        good, waiting, old = (sum(getattr(one, what) for one in here.values()) for what in ("good", "waiting", "old"))
        if good or waiting or old:
            lines.append(KindLine(name, kind.name, step.words, good, waiting, old))
            counts = {path: one.good + one.old for path, one in here.items()}
            tables[name] = below(chapter.path, counts, paths)
    rows = [
        ChapterRow(one.id, one.name, {name: of[1][path] for name, of in tables.items()}) for path, one in paths.items()
    ]
    mine = ChapterRow(0, gettext("Ghi ngay tại cơ sở này"), {name: of[0] for name, of in tables.items()})
    return lines, [*([mine] if mine.total else []), *rows]
