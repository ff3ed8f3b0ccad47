"""The contract of an importer: what the shell opened goes in, drafts and problems come out; never raises.

The shell opens containers with limits (they may be hostile) and hands over one of

    tree      a Tree: plain values of a YAML or JSON file with the line of every node
    rows      a list of Sheets: rows of cells from XLSX, XLS, ODS or CSV
    text      one str
    xml       an xml.etree Element; every element has its line in the attribute LINE
    package   a Package: the files of a ZIP
    document  a Document: the paragraphs of a DOCX, with what is bold, underlined, coloured or marked
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes.problems import Path, Problem

LINE = "{line}line"
Given = Mapping[str, str]
"""The answers a person gave once for the whole file: type, topic, source, difficulty. A missing key was not given."""


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
"""The value that a cell shows; an empty cell is "". CSV has only text."""


class Dated(str):
    """A cell that shows a date, with the day it means: "07/01/26" may be 2026-01-07 or 2026-07-01."""

    day: str

    def __new__(cls, shown: str, day: str) -> Dated:
        made = super().__new__(cls, shown)
        made.day = day
        return made


@dataclass(frozen=True)
class Sheet:
    """The first row is row 1, the first column 0. Rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: Collection[int] = ()
    """Rows that a filter or a person hid."""
    spans: Collection[tuple[int, int, int, int]] = ()
    """Merged cells: first row, first column, last row, last column. A value stands in all rows of its first column."""
    strong: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    """(row, column) -> the words of the cell that are bold, underlined or coloured."""
    doubts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) -> why the cell may mean something else: scientific, rounded, regional, error."""
    unread: bool = False
    """A hidden sheet: only its name is known."""
    struck: Collection[tuple[int, int]] = ()
    """(row, column) of the cells that are struck out, wholly or in part."""
    hidden_columns: Collection[int] = ()


@dataclass(frozen=True)
class Run:
    """Words of a paragraph in one look. `look`: "", or italic, bold, underline, colour, highlight."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: Sequence[Run]
    cells: Sequence[str] = ()
    """A row of a table instead of a paragraph."""
    pictures: Sequence[str] = ()
    """In Base64; one that cannot be had is ""."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Document:
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True)
class Package:
    files: Mapping[str, bytes]
    elements: Mapping[str, Any] = field(default_factory=dict)
    """The XML files among them, opened."""


def as_text(cell: Cell) -> str:
    """A cell as a person reads it: 2025, 3,5, true."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return str(cell).lower() if isinstance(cell, bool) else str(cell).strip()


@dataclass
class Read:
    """One question of a file before anybody checked it. `rule`: how its key was found, where that is worth saying."""

    draft: dict[str, Any]
    place: int
    problems: list[Problem] = field(default_factory=list)
    rule: str = ""
    where: Any = None
    """The importer's own way to name the place, besides its number."""


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
    asked: list[str] = field(default_factory=list)
    """The fields that the file lacks and a person gives once for all of it: type, topic, source, difficulty."""
    rules: list[str] = field(default_factory=list)
    """Beside each draft: how its key was found; may be shorter than `drafts`."""
    pictures: dict[str, str] = field(default_factory=dict)
    """Name in a draft -> the picture in Base64, as it came."""

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if not one.warning]


@dataclass(frozen=True)
class Importer:
    key: str
    title: str
    container: str
    """tree, rows, text, xml, package or document."""
    suffixes: tuple[str, ...]
    read: Callable[..., Imported]
    """(content) or, where `asks`, (content, given)."""
    write: Callable[..., Any] | None = None
    """(questions, ...) -> what the container's writer takes."""
    knows: Callable[[Any], bool] | None = None
    """True when the content is of this format: several formats share the end of a name. None: the importer takes what
    no other knows."""
    asks: bool = False


def at_line(problems: Sequence[Problem], tree: Tree, path: Path) -> list[Problem]:
    """Problems of the node at `path`, moved to their place in the file."""
    return [replace(one, path=(*path, *one.path), line=tree.line((*path, *one.path))) for one in problems]
