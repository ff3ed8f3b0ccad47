"""The access rows of deeds."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "deeds.back": SIGNED_IN,
    "deeds.code": SIGNED_IN,
    "deeds.index": SIGNED_IN,
    "deeds.partner": SIGNED_IN,
    "deeds.photo": SIGNED_IN,
    "deeds.remove_photo": SIGNED_IN,
    "deeds.send": SIGNED_IN,
    "deeds.send_photo": SIGNED_IN,
    "deeds.worker": PUBLIC,
    "deed_imports.columns": anywhere("organiser", "admin"),
    "deed_imports.confirm": anywhere("organiser", "admin"),
    "deed_imports.drop": anywhere("organiser", "admin"),
    "deed_imports.new": in_chapter("organiser"),
    "deed_imports.preview": anywhere("organiser", "admin"),
    "deed_imports.problems": anywhere("organiser", "admin"),
    "deed_imports.template": in_chapter("organiser"),
    "deed_desk.card": in_chapter("organiser"),
    "deed_desk.check": in_chapter("organiser"),
    "deed_desk.desk": in_chapter("organiser"),
    "deed_desk.figures": in_chapter("organiser"),
    "deed_desk.freeze": in_chapter("organiser"),
    "deed_desk.kind": in_chapter("organiser"),
    "deed_desk.person": in_chapter("organiser"),
    "deed_desk.review": in_chapter("organiser"),
    "deed_desk.table": in_chapter("organiser"),
}
