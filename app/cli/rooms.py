"""Draw which folders import which, from the code itself; --write puts the drawing into docs/architecture.md."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.environment import ROOT
from app.telling import tell

PAGE = ROOT / "docs" / "architecture.md"
MARKS = ("<!-- rooms -->", "<!-- /rooms -->")
DRAWN = ("quizzes", "app", "app/live")
"""The folders that are drawn, each with the rooms in it."""


def run(argv: list[str]) -> int:
    """Print the drawing, or write it where the page keeps it."""
    parser = argparse.ArgumentParser("python3 -m app rooms")
    parser.add_argument("--write", action="store_true", help="put the drawing into docs/architecture.md")
    if not parser.parse_args(argv).write:
        print(drawing())
        return 0
    PAGE.write_text(with_drawing(PAGE.read_text()))
    tell("docs/architecture.md")
    return 0


def with_drawing(page: str) -> str:
    """The page with the drawing of today between its marks."""
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    return f"{before}{MARKS[0]}\n{drawing()}\n{MARKS[1]}{after}"


def drawing() -> str:
    """A Mermaid flowchart for each folder: an arrow from a room to every room it imports."""
    return "\n\n".join(f"**{folder}/**\n\n```mermaid\n{_chart(folder)}\n```" for folder in DRAWN)


def _chart(folder: str) -> str:
    rooms = {path.name for path in (ROOT / folder).iterdir() if (path / "__init__.py").exists()}
    rooms |= {path.name for path in (ROOT / folder).iterdir() if path.is_dir() and any(path.glob("*.py"))}
    arrows = {
        (room, other)
        for room in rooms
        for other in _imported(folder, (ROOT / folder / room).rglob("*.py"))
        if other in rooms and other != room
    }
    lines = [f"  {name}[{name}/]" for name in sorted(rooms)] + [f"  {one} --> {other}" for one, other in sorted(arrows)]
    return "\n".join(["flowchart TD", *lines])


def _imported(folder: str, files: Iterable[Path]) -> Iterator[str]:
    """The rooms of the folder that these files import."""
    inside = re.compile(rf"{re.escape(folder.replace('/', '.'))}\.(\w+)")
    for path in files:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            yield from (found[1] for name in names if (found := inside.match(name)))
