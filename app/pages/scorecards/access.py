"""The access rows of scorecards."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "scorecards.advance": anywhere("organiser", "admin"),
    "scorecards.chapter": anywhere("organiser", "admin"),
    "scorecards.index": in_chapter("organiser"),
    "scorecards.minutes": anywhere("organiser", "admin"),
    "scorecards.new": in_chapter("organiser"),
    "scorecards.one": PUBLIC,
}
