"""The organiser's recorded decisions that change results. Each is one row; results are computed again.

void        the question never was: out of everybody's score and of the number of questions
give        everybody whose paper has it gets it (fairer than void where papers differ)
rekey       `answers`: the keys that are right, one or several
restore     the question counts as it was asked
disqualify  `member`, in one `wave` or (None) in all; reinstate takes it back
cancel      `attempt` never was (a technical fault); the member may try again
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.problems import Problem
from quizzes.questions import of
from quizzes.questions.contract import Question
from quizzes.refusals import N_

ABOUT_QUESTIONS = ("void", "give", "rekey", "restore")
ABOUT_PEOPLE = ("disqualify", "reinstate", "cancel")


@dataclass(frozen=True)
class Decision:
    """A decision; they are applied in the order of `no`, and a later one about the same thing replaces an earlier one.
    The reason and the name of the person who decided are kept by the shell and never exported: reasons speak of
    persons."""

    no: int
    do: str
    question: str = ""
    answers: tuple[Any, ...] = ()
    member: int = 0
    wave: int | None = None
    attempt: int = 0


@dataclass(frozen=True)
class Ruling:
    """The way a question counts: "void", "give" or "rekey" with its right answers."""

    do: str
    answers: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Rulings:
    """All decisions, folded."""

    questions: Mapping[str, Ruling] = field(default_factory=dict)
    out: frozenset[tuple[int, int | None]] = frozenset()
    cancelled: frozenset[int] = frozenset()

    def excludes(self, member: int, wave: int) -> bool:
        return (member, None) in self.out or (member, wave) in self.out


def check(decision: Decision, snapshot: Mapping[str, Question]) -> list[Problem]:
    """The reasons why a decision about a question cannot be recorded."""
    if decision.do not in ABOUT_QUESTIONS:
        return []
    question = snapshot.get(decision.question)
    if question is None:
        return [Problem(("question",), "unknown_question", N_("Cuộc thi không có câu hỏi này."))]
    if decision.do != "rekey":
        return []
    if not decision.answers:
        return [Problem(("answers",), "no_answers", N_("Cần ít nhất một đáp án."))]
    found = [of(question).check({**question, "answer": key}) for key in decision.answers]
    return [problem for problems in found for problem in problems if not problem.warning]


def fold(decisions: Iterable[Decision]) -> Rulings:
    questions: dict[str, Ruling] = {}
    out: set[tuple[int, int | None]] = set()
    cancelled: set[int] = set()
    for one in sorted(decisions, key=lambda decision: decision.no):
        if one.do == "restore":
            questions.pop(one.question, None)
        elif one.do in ABOUT_QUESTIONS:
            questions[one.question] = Ruling(one.do, one.answers)
        elif one.do == "disqualify":
            out.add((one.member, one.wave))
        elif one.do == "reinstate":
            out = {(member, wave) for member, wave in out if member != one.member or one.wave not in (None, wave)}
        elif one.do == "cancel":
            cancelled.add(one.attempt)
        else:
            raise ValueError(f"no such decision: {one.do}")
    return Rulings(questions, frozenset(out), frozenset(cancelled))
