"""The access rows of 1+2.

A taught person has no account; their browser holds a token, and the pages see to it.
"""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "becoming.become": PUBLIC,
    "goal.code": SIGNED_IN,
    "goal.code_state": SIGNED_IN,
    "goal.index": SIGNED_IN,
    "goal.object_to": SIGNED_IN,
    "goal.one": SIGNED_IN,
    "goal.show": SIGNED_IN,
    "goal.teach": SIGNED_IN,
    "goal.visit": SIGNED_IN,
    "guardian.agree": PUBLIC,
    "movement.one": PUBLIC,
    "movement.share": PUBLIC,
    "movement.spread": PUBLIC,
    "movement.stage": PUBLIC,
    "movement_desk.campaigns": anywhere("organiser", "admin"),
    "movement_desk.card": anywhere("organiser", "admin"),
    "movement_desk.check": anywhere("organiser", "admin"),
    "movement_desk.desk": anywhere("organiser", "admin"),
    "movement_desk.new": in_chapter("organiser"),
    "movement_desk.remove_demo": anywhere("admin"),
    "movement_desk.review": anywhere("organiser", "admin"),
    "taught.number": PUBLIC,
    "taught.open_code": PUBLIC,
    "taught.page": PUBLIC,
    "taught.step": PUBLIC,
    "taught.start": PUBLIC,
    "taught.use": PUBLIC,
    "taught.withdraw": PUBLIC,
    "witness.card": PUBLIC,
    "witness.visit": PUBLIC,
}
