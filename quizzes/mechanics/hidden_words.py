"""Hidden words: rows and a keyword, the first question's, whose letters are counted in public and told later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.mechanics.parts import Shown
from quizzes.round_state.ask import Round

SHAPE, WORD = "shape", "word"
KEY = 0
"""The question of the keyword."""


def text_of(state: Round, index: int) -> str:
    """The word behind a row or the keyword."""
    body = state.body(index)
    return str(body["answer"][0]) if body["type"] == "text" else ""


def shapes(state: Round) -> list[list[int]]:
    """Return for each question the lengths of the words of its answer."""
    return [[len(word) for word in text_of(state, index).split()] for index in range(len(state.setup.questions))]


def told(state: Round, what: str) -> Any:
    """The things of this kind that were shown."""
    return next((one[what] for one in state.of(Shown).parts.values() if what in one), None)


def is_true_word(state: Round, data: Mapping[str, Any]) -> bool:
    return bool(data["parts"] == text_of(state, KEY))


def is_true_shape(state: Round, data: Mapping[str, Any]) -> bool:
    return bool(data["parts"] == shapes(state))
