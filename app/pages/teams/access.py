"""The access rows of teams."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "contest_teams.enter": SIGNED_IN,
    "contest_teams.index": PUBLIC,
    "teams.change": anywhere("organiser"),
    "teams.index": SIGNED_IN,
    "teams.make": in_chapter("organiser"),
    "teams.one": SIGNED_IN,
    "teams.rules": in_chapter("organiser"),
}
