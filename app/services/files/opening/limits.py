"""Limits the size of a stranger's file, and refuses one that is larger or broken."""

from __future__ import annotations

from typing import Any

from quizzes.problems import Problem
from quizzes.refusals import Rejected

MB = 1024 * 1024
FILE_BYTES = 5 * MB
"""Bytes of a file as it arrives."""
YAML_BYTES = 2 * MB
"""Bytes of a YAML file."""
UNPACKED_BYTES = 50 * MB
"""Bytes of all parts of a packed file together."""
MEMBERS = {"book": 200, "document": 2000, "package": 6000}
RATIO = 100
"""How many times its packed size a file may unpack to."""
SHEETS = 20
"""Worksheets of a workbook."""
ROWS = 120_000
"""Rows of a worksheet."""
COLUMNS = 120  # columns of a sheet
CELL_LETTERS = 32_767
"""The most letters in one cell; Excel has the same limit."""
ALL_LETTERS = 20_000_000  # characters of a file
XML_DEPTH = 60  # levels of nested elements
XML_NODES = 300_000  # elements of a file
DOCX_PARAGRAPHS = 30_000  # paragraphs of a file
YAML_DEPTH = 20  # levels of nested lists and mappings
YAML_NODES = 300_000  # values of a file
CHILD_MEMORY = 256 * MB
"""Bytes the reading child may map."""
CHILD_CPU_S = 5
"""The CPU time in which a child opens a file, seconds."""
CHILD_WALL_S = 20
"""The time in which a child opens a file, seconds."""


class Unreadable(Rejected):
    """A file that cannot be opened; `problem` says why and, where it can, in which line or row."""

    def __init__(self, code: str, sentence: str, line: int | None = None, row: int | None = None, **about: Any) -> None:
        super().__init__("bad_file", why=code)
        self.problem = Problem((), code, sentence, about, line=line, row=row)
