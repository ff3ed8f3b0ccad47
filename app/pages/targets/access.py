"""The access rows of targets. Figures are sums of chapters: every member may see them."""

from __future__ import annotations

from app.security.access import SIGNED_IN, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "targets.index": SIGNED_IN,
    "targets.mine": SIGNED_IN,
    "targets.one": SIGNED_IN,
    "targets.report": SIGNED_IN,
    "targets.table": SIGNED_IN,
    "target_desk.change": anywhere("organiser", "admin"),
    "target_desk.figure": anywhere("organiser", "admin"),
    "target_desk.new": in_chapter("organiser"),
    "target_desk.off": anywhere("organiser", "admin"),
    "target_desk.preset": in_chapter("organiser"),
    "target_desk.remove": anywhere("organiser", "admin"),
    "target_desk.shares": anywhere("organiser", "admin"),
}
