"""Numbers in the cells of somebody's table."""

from __future__ import annotations

import re

from app.services.people.imports.columns import Row

MOST = 1_000_000_000  # the largest figure in a cell
GROUPED = re.compile(r"\d{1,9}|\d{1,3}([. ,])\d{3}(\1\d{3})*")
"""125, 1250, 1.250, 1 250 000."""


def number_in(row: Row, column: str, most: int = MOST) -> int:
    """The number of a cell; a problem where there is none, 0 then."""
    said = row[column]
    if not said:
        row.wrong(column, "needed")
    elif not GROUPED.fullmatch(said) or int(re.sub(r"\D", "", said)) > most:
        row.wrong(column, "figure", most=most)
    else:
        return int(re.sub(r"\D", "", said))
    return 0
