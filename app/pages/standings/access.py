"""The access rows of standings."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "standings.chapter": PUBLIC,
    "standings.export": PUBLIC,
    "standings.index": PUBLIC,
    "standings.members": SIGNED_IN,
    "standings.one": PUBLIC,
    "standings.report": SIGNED_IN,
    "standing_desk.compute": anywhere("organiser", "admin"),
    "standing_desk.freeze": anywhere("organiser", "admin"),
    "standing_desk.new": in_chapter("organiser"),
    "standing_desk.remove": anywhere("organiser", "admin"),
    "standing_desk.rules": anywhere("organiser", "admin"),
}
