"""The access rows of broadcasts."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "voice.index": PUBLIC,
    "voice.make": in_chapter("organiser"),
    "voice.one": PUBLIC,
    "voice.picture": PUBLIC,
    "voice.remove": anywhere("organiser"),
    "voice.sound": PUBLIC,
}
