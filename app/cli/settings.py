"""List every setting with its meaning and default, as the table of docs/running.md."""

from __future__ import annotations

from app.config import table


def run(argv: list[str]) -> int:
    """Print the table."""
    print(table())
    return 0
