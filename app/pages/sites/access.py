"""The access rows of sites."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "sites.change": anywhere("organiser", "admin"),
    "sites.criteria": in_chapter("organiser"),
    "sites.index": PUBLIC,
    "sites.make": in_chapter("organiser"),
    "sites.one": PUBLIC,
}
