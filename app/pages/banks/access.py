"""The access rows of question banks."""

from __future__ import annotations

from app.security.access import Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    # each page asks for the right in the bank's chapter
    "bank_duplicates.look": anywhere("author", "reviewer", "organiser"),
    "bank_exports.choose": anywhere("author", "reviewer", "organiser"),
    "bank_exports.export": anywhere("author", "reviewer", "organiser"),
    "bank_exports.left_out": anywhere("author", "reviewer", "organiser"),
    "bank_exports.paper": anywhere("author", "reviewer", "organiser"),
    "bank_files.confirm": anywhere("author", "organiser"),
    "bank_files.drop": anywhere("author", "organiser"),
    "bank_files.preview": anywhere("author", "organiser"),
    "bank_files.problems": anywhere("author", "organiser"),
    "bank_files.complete": anywhere("author", "organiser"),
    "bank_files.template": anywhere("author", "reviewer", "organiser"),
    "bank_files.upload": anywhere("author", "organiser"),
    "bank_reviews.checklist": anywhere("author", "organiser"),
    "bank_reviews.comment": anywhere("author", "reviewer", "organiser"),
    "bank_reviews.ending": anywhere("author", "reviewer", "organiser"),
    "bank_reviews.plan": anywhere("author", "reviewer", "organiser"),
    "bank_reviews.queue": anywhere("reviewer", "organiser"),
    "bank_reviews.step": anywhere("reviewer", "organiser"),
    "bank_versions.change": anywhere("author", "organiser"),
    "bank_versions.listed": anywhere("author", "reviewer", "organiser"),
    "bank_writing.look": anywhere("author", "organiser"),
    "bank_writing.edit": anywhere("author", "organiser"),
    "banks.index": anywhere("author", "reviewer", "organiser"),
    "banks.of_chapter": in_chapter("author", "organiser"),
    "banks.one": anywhere("author", "reviewer", "organiser"),
    "banks.question": anywhere("author", "reviewer", "organiser"),
    "banks.rename": anywhere("author", "organiser"),
    "banks.step": anywhere("author", "reviewer", "organiser"),
    "banks.step_one": anywhere("author", "reviewer", "organiser"),
    "bank_writing.write_new": anywhere("author", "organiser"),
}
