"""Who may use the pages of a hall without internet: one row for each."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule

ROWS: dict[str, Rule] = {"probes.answer": PUBLIC}
