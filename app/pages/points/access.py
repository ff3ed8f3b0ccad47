"""The access rows of points."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere, over_member

ROWS: dict[str, Rule] = {
    "adjustments.decide": anywhere("organiser", "admin"),
    "adjustments.index": anywhere("organiser", "admin"),
    "adjustments.propose": over_member("organiser"),
    "ledger.checkpoint": PUBLIC,
    "ledger.index": PUBLIC,
    "my_points.index": SIGNED_IN,
    "point_rules.index": PUBLIC,
    "point_rules.publish": anywhere("admin"),
    "point_rules.publish_campaign": anywhere("organiser", "admin"),
    "ranking.index": PUBLIC,
}
