"""Tables that become cards on a phone: each cell carries its column's name, for the heading row is not seen there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_OPENING = re.compile(r"<t([rdh])(?=[\s>])")


def labelled(rows: Markup, columns: Sequence[object]) -> Markup:
    """Rows of a table, each cell with its column's name and each element with its role, which a style would take."""
    at = -1

    def marked(found: re.Match[str]) -> str:
        nonlocal at
        if found[1] == "r":
            at = -1
            return '<tr role="row"'
        at += 1
        role, name = "rowheader" if found[1] == "h" else "cell", columns[at] if at < len(columns) else ""
        return f'<t{found[1]} role="{role}" data-label="{escape(name)}"'

    return Markup(_OPENING.sub(marked, rows))  # noqa: S704 (the template's own marks; names are escaped)
