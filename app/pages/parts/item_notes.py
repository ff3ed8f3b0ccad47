"""Notes on the faults of a question, made from its answers."""

from __future__ import annotations

from quizzes.refusals import N_

NOTES = {
    "check_key": N_("Người giỏi lại sai: xem lại đáp án"),
    "weak": N_("Không phân biệt được người giỏi"),
    "easy": N_("Quá dễ"),
    "hard": N_("Quá khó"),
}
