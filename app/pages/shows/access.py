"""Who may use the pages of shows: one row for each."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere

ROWS: dict[str, Rule] = {
    "results.download": anywhere("host", "organiser", "admin"),
    "results.one": PUBLIC,
    "results.second": anywhere("host", "organiser", "admin"),
    "shows.compose": anywhere("host", "organiser", "admin"),
    "shows.guests": anywhere("host", "organiser", "admin"),
    "shows.hand_over": anywhere("host", "organiser", "admin"),
    "shows.index": anywhere("host", "organiser", "admin"),
    "shows.new": anywhere("host", "organiser", "admin"),
    "shows.one": anywhere("host", "organiser", "admin"),
}
