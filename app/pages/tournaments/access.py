"""The access rows of tournaments."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "tournaments.change": anywhere("organiser"),
    "tournaments.index": in_chapter("organiser"),
    "tournaments.new": in_chapter("organiser"),
    "tournaments.one": PUBLIC,
    "tournaments.stage": PUBLIC,
}
