"""Who may use the pages of lists from files: one row for each."""

from __future__ import annotations

from app.security.access import Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "lists.confirm": anywhere("organiser"),
    "lists.drop": anywhere("organiser"),
    "lists.new": in_chapter("organiser"),
    "lists.preview": anywhere("organiser"),
    "lists.problems": anywhere("organiser"),
    "lists.template": anywhere("organiser"),
}
