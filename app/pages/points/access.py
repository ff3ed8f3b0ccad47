"""Who may use the pages of points: one row for each."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule

ROWS: dict[str, Rule] = {
    "ranking.index": PUBLIC,
}
