"""Who may use the pages of banks of questions: one row for each."""

from __future__ import annotations

from app.security.access import Rule, anywhere, in_chapter

ROWS: dict[str, Rule] = {
    # each page asks for the right in the bank's chapter
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
    "banks.edit": anywhere("author", "organiser"),
    "banks.index": anywhere("author", "reviewer", "organiser"),
    "banks.of_chapter": in_chapter("author", "organiser"),
    "banks.one": anywhere("author", "reviewer", "organiser"),
    "banks.question": anywhere("author", "reviewer", "organiser"),
    "banks.rename": anywhere("author", "organiser"),
    "banks.step": anywhere("author", "reviewer", "organiser"),
    "banks.step_one": anywhere("author", "reviewer", "organiser"),
    "banks.write_new": anywhere("author", "organiser"),
}
