"""The access rows of contests."""

from __future__ import annotations

from app.security.access import PUBLIC, SIGNED_IN, Rule, anywhere

ROWS: dict[str, Rule] = {
    # one's own; organisers see those about their contests, the pages see to it
    "complaints.mine": SIGNED_IN,
    "complaints.of_contest": anywhere("organiser", "admin"),
    "complaints.one": SIGNED_IN,
    # the desk of organisers: the pages narrow to the contest's chapter
    "contest_desk.decide": anywhere("organiser", "admin"),
    "contest_desk.index": anywhere("organiser", "admin"),
    "contest_desk.publish": anywhere("organiser", "admin"),
    "contest_desk.signal": anywhere("organiser", "admin"),
    "contest_desk.signals": anywhere("organiser", "admin"),
    "contest_moving.index": anywhere("organiser", "admin"),
    "contest_figures.entrants_csv": anywhere("organiser", "admin"),
    "contest_figures.statistics": anywhere("organiser", "admin"),
    "contest_figures.statistics_xlsx": anywhere("organiser", "admin"),
    "contest_gain.learned": anywhere("organiser", "admin"),
    "contest_minutes.paper": anywhere("organiser", "admin"),
    # results, as far as the rules show them
    "contest_files.export": PUBLIC,
    "contest_files.key": PUBLIC,
    "contest_files.page": PUBLIC,
    "contest_results.chapters": PUBLIC,
    "contest_results.one": PUBLIC,
    # drafts are there for organisers of their chapter only, the pages see to it
    "contest_setup.cancel": anywhere("organiser"),
    "contest_setup.check": anywhere("organiser"),
    "contest_setup.copy": anywhere("organiser"),
    "contest_setup.discard": anywhere("organiser"),
    "contest_setup.new": anywhere("organiser"),
    "contest_setup.open_now": anywhere("organiser"),
    "contest_setup.setup": anywhere("organiser"),
    "headcounts.index": anywhere("organiser"),
    "headcounts.table": anywhere("organiser"),
    "headcounts.upload": anywhere("organiser"),
    "contests.index": PUBLIC,
    "contests.one": PUBLIC,
    "contests.rules_page": PUBLIC,
    # one's own tries only, others are not found
    "taking.enter": SIGNED_IN,
    "taking.paper": SIGNED_IN,
    "taking.result": SIGNED_IN,
    "taking.start": SIGNED_IN,
    "extra_time.index": anywhere("organiser", "admin"),
}
