"""Answers to a question of the bank: its face, its choices, their worth and their count.

These are the parts of a `Kind`; a kind of ask that asks a question of the bank is made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzes import questions
from quizzes.engine import Command, Graded
from quizzes.grammar import Judge, Judged, Kind
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us
from quizzes.settings.values import half_points


def counts(state: Round, ask: Ask, graded: Sequence[Graded]) -> dict[str, int]:
    """Counts the ballots of each choice. Typed answers are counted by their worth: texts stay out of the journal."""
    if ask.shown:
        body = state.body(ask.question)
        return dict(questions.of(body).counts(body, ask.shown, [one.choice for one in graded]))
    right = sum(one.right == questions.contract.FULL for one in graded)
    partly = sum(0 < one.right < questions.contract.FULL for one in graded)
    return {"right": right, "partly": partly, "wrong": len(graded) - right - partly}


def points_for_right(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Each answer earns its share of what the question is worth."""
    worth = half_points(state.settings.get("points", 0))
    results = {
        one.seat: (worth * one.right // questions.contract.FULL, one.right, rounded_us(ask.elapsed_us(one.at)))
        for one in graded
        if one.right
    }
    return Judged(results, counts(state, ask, graded))


def face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    body = state.body(ask.question)
    return questions.of(body).face(body, ask.shown, lang)


def read(state: Round, ask: Ask, raw: Any) -> Any:
    body = state.body(ask.question)
    return questions.of(body).read(body, ask.shown, raw)


def grade(state: Round, ask: Ask, choice: Any) -> int:
    body = state.body(ask.question)
    return questions.of(body).grade(body, ask.shown, choice)


def possible(state: Round, ask: Ask) -> list[Any]:
    return list(questions.of(body := state.body(ask.question)).possible(body, ask.shown))


def asked(judge: Judge, **more: Any) -> Kind:
    """A kind of ask that puts such a question to people; `more`: what else there is to say of a Kind."""
    return Kind(face, read, grade, possible, judge, **more)
