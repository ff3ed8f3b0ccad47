"""Puts the figures that a bench measured into docs/performance.md."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs/performance.md"


def write(name: str, text: str) -> None:
    """Replaces what stands between the marks of this name."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = FILE.read_text().partition(begin)
    if not found:
        raise LookupError(f"no mark {begin} in {FILE}")
    FILE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{rest.partition(end)[2]}")
