"""The access rows of boards."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "board.index": in_chapter("organiser"),
    "board.one": PUBLIC,
    "board.picture": PUBLIC,
    "board.take_down": anywhere("organiser", "admin"),
    "board.vote": PUBLIC,
}
