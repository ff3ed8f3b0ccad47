"""The access rows of records."""

from __future__ import annotations

from app.security.access import SIGNED_IN, Rule, anywhere, in_chapter, over_member

ROWS: dict[str, Rule] = {
    "records.export": in_chapter("organiser"),
    "records.index": in_chapter("organiser"),
    "records.mine": SIGNED_IN,
    "records.of_member": over_member("organiser"),
    "records.take_back": anywhere("organiser"),
}
