"""Question types: every module here with QUESTION_TYPE is one. Nothing else to register."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from quizzes.questions.contract import Question, QuestionType, Shown, canonical, localized

__all__ = ["QUESTION_TYPES", "Question", "QuestionType", "Shown", "canonical", "localized", "of"]

QUESTION_TYPES: dict[str, QuestionType] = {
    module.QUESTION_TYPE.key: module.QUESTION_TYPE
    for module in (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    if hasattr(module, "QUESTION_TYPE")
}


def of(question: Question) -> QuestionType:
    """The type of a checked question."""
    return QUESTION_TYPES[question["type"]]
