"""The access rows of activities."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "activities.change": anywhere("organiser"),
    "activities.desk": anywhere("organiser"),
    "activities.document": SIGNED_IN,
    "activities.index": PUBLIC,
    "activities.new": in_chapter("organiser"),
    "activities.show": PUBLIC,
    "attending.come": SIGNED_IN,
    "attending.door": anywhere("organiser"),
    "attending.export": in_chapter("organiser"),
    "attending.mine": SIGNED_IN,
    "attending.noted": anywhere("organiser"),
    "attending.scan": PUBLIC,
    "attending.screen": anywhere("organiser"),
    "attending.screen_code": anywhere("organiser"),
    "undertakings.index": SIGNED_IN,
    "undertakings.new": in_chapter("organiser"),
    "undertakings.one": SIGNED_IN,
    "undertakings.propose": SIGNED_IN,
}
