"""The contract of an importer: what the shell opened goes in, drafts and problems come out; never raises.

The shell opens containers with limits (they may be hostile) and hands over one of

    tree   a Tree: plain values of a YAML or JSON file with the line of every node
    rows   a list of Sheets: rows of cells from XLSX or CSV
    text   one str
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes.problems import Path, Problem


@dataclass(frozen=True)
class Tree:
    """`value` of plain lists, dicts, texts, numbers, bools, None. `lines`: path -> line, from 1."""

    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a node, or of the nearest one around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


Cell = str | int | float | bool
"""Dates come as text, "2026-07-01"; an empty cell is "". CSV has only text."""


@dataclass(frozen=True)
class Sheet:
    """The first row is row 1, the first column A. Rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]


def as_text(cell: Cell) -> str:
    """A cell as a person reads it: 2025, true."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell).strip()


@dataclass
class Imported:
    """`drafts` are the ones without errors; `places` their lines or rows; `seen` counts all of the file."""

    drafts: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    seen: int = 0
    title: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    public: bool = False

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if not one.warning]


@dataclass(frozen=True)
class Importer:
    key: str
    title: str
    container: str
    """tree, rows or text."""
    suffixes: tuple[str, ...]
    read: Callable[[Any], Imported]
    write: Callable[..., Any]
    """(questions, ...) -> what the container's writer takes."""


def at_line(problems: Sequence[Problem], tree: Tree, path: Path) -> list[Problem]:
    """Problems of the node at `path`, moved to their place in the file."""
    return [replace(one, path=(*path, *one.path), line=tree.line((*path, *one.path))) for one in problems]
