"""The access rows of awards."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "award_desk.batch": anywhere("organiser", "admin"),
    "award_desk.decide": anywhere("organiser", "admin"),
    "award_desk.example": in_chapter("organiser"),
    "award_desk.index": in_chapter("organiser"),
    "award_desk.letterhead": in_chapter("organiser"),
    "award_desk.new": in_chapter("organiser"),
    "award_desk.progress": anywhere("organiser", "admin"),
    "award_desk.revoke": anywhere("organiser", "admin"),
    "award_desk.sample": anywhere("organiser", "admin"),
    "award_desk.stage": anywhere("organiser", "admin"),
    "award_desk.stage_step": anywhere("organiser", "admin"),
    "certificates.check": PUBLIC,
    "certificates.content": SIGNED_IN,
    "certificates.one": PUBLIC,
    "certificates.share": SIGNED_IN,
}
