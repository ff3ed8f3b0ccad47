"""The access rows of lists from files."""

from __future__ import annotations

from app.security.access import Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "lists.columns": anywhere("organiser"),
    "lists.confirm": anywhere("organiser"),
    "lists.drop": anywhere("organiser"),
    "lists.new": in_chapter("organiser"),
    "lists.preview": anywhere("organiser"),
    "lists.problems": anywhere("organiser"),
    "lists.template": anywhere("organiser"),
}
