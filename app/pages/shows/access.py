"""Who may use the pages of shows: one row for each."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere

ROWS: dict[str, Rule] = {
    "results.download": anywhere("host", "organiser", "admin"),
    "results.one": PUBLIC,
    "results.second": anywhere("host", "organiser", "admin"),
    "script_copies.again": anywhere("host", "organiser", "admin"),
    "scripts.compose": anywhere("host", "organiser", "admin"),
    "script_copies.from_shipped": anywhere("host", "organiser", "admin"),
    "scripts.one": anywhere("host", "organiser", "admin"),
    "round_questions.pick": anywhere("host", "organiser", "admin"),
    "scripts.remove": anywhere("host", "organiser", "admin"),
    "round_questions.write": anywhere("host", "organiser", "admin"),
    "show_rules.one": PUBLIC,
    "shows.guests": anywhere("host", "organiser", "admin"),
    "shows.hand_over": anywhere("host", "organiser", "admin"),
    "shows.index": anywhere("host", "organiser", "admin"),
    "shows.new": anywhere("host", "organiser", "admin"),
    "shows.remove": anywhere("host", "organiser", "admin"),
    "shows.one": anywhere("host", "organiser", "admin"),
}
