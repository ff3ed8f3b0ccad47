"""Siblings: questions that give each other away, such as "on which day" beside a stem that names the day.

They carry the same name in their field `siblings`, and one of them at most is drawn for a paper or a show.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from quizzes.draws import Draws
from quizzes.questions.contract import Question


def unit(question: Question) -> str:
    """The name of the group that is drawn as one: that of the siblings, or the question's own."""
    group: Any = question.get("siblings")
    return f"siblings {group}" if group else f"question {question['id']}"


def apart(questions: Sequence[Question], draws: Draws, taken: Collection[str] = ()) -> list[Question]:
    """One drawn question of each unit that is not among the `taken` ones, in the order given."""
    first: dict[str, str] = {}
    for question in draws.shuffled([one for one in questions if one.get("siblings")]):
        first.setdefault(unit(question), str(question["id"]))
    return [
        question
        for question in questions
        if unit(question) not in taken and first.get(unit(question), question["id"]) == question["id"]
    ]
