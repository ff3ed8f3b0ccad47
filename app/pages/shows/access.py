"""The access rows of shows."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    "parcels.approve": in_chapter("organiser"),
    "parcels.end": in_chapter("organiser"),
    "parcels.index": in_chapter("organiser"),
    "parcels.out": anywhere("host", "organiser", "admin"),
    "parcels.take": in_chapter("organiser"),
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
    "script_files.copy": anywhere("host", "organiser", "admin"),
    "script_files.from_file": anywhere("host", "organiser", "admin"),
    "script_files.look": anywhere("host", "organiser", "admin"),
    "script_files.out": anywhere("host", "organiser", "admin"),
    "script_files.share": anywhere("host", "organiser", "admin"),
    "show_reports.one": anywhere("host", "organiser", "admin"),
    "show_rules.one": PUBLIC,
    "shows.guests": anywhere("host", "organiser", "admin"),
    "shows.hand_over": anywhere("host", "organiser", "admin"),
    "shows.index": anywhere("host", "organiser", "admin"),
    "shows.new": anywhere("host", "organiser", "admin"),
    "shows.remove": anywhere("host", "organiser", "admin"),
    "shows.one": anywhere("host", "organiser", "admin"),
}
