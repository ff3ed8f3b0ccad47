"""Who may use the pages of teams: one row for each."""

from __future__ import annotations

from app.security.access import SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "teams.change": anywhere("organiser"),
    "teams.index": SIGNED_IN,
    "teams.make": in_chapter("organiser"),
    "teams.one": SIGNED_IN,
    "teams.rules": in_chapter("organiser"),
}
