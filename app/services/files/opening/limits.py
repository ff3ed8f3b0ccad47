"""How large a file from a stranger may be, and the refusal when it is larger or broken."""

from __future__ import annotations

from typing import Any

from quizzes.problems import Problem
from quizzes.refusals import Rejected

MB = 1024 * 1024
FILE_BYTES = 5 * MB
YAML_BYTES = 2 * MB
UNPACKED_BYTES = 50 * MB
MEMBERS = {"book": 200, "document": 2000, "package": 6000}
RATIO = 100
SHEETS = 20
ROWS = 120_000
COLUMNS = 120
CELL_LETTERS = 32_767
"""What Excel itself allows."""
ALL_LETTERS = 20_000_000
XML_DEPTH = 60
XML_NODES = 300_000
DOCX_PARAGRAPHS = 30_000
YAML_DEPTH = 20
YAML_NODES = 300_000
CHILD_MEMORY = 256 * MB
CHILD_CPU_S = 5
CHILD_WALL_S = 20


class Unreadable(Rejected):
    """A file that cannot be opened; `problem` says why and, where it can, in which line or row."""

    def __init__(self, code: str, sentence: str, line: int | None = None, row: int | None = None, **about: Any) -> None:
        super().__init__("bad_file", why=code)
        self.problem = Problem((), code, sentence, about, line=line, row=row)
