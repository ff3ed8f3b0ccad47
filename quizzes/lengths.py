"""How long a show will take, so that a host can plan an evening: a guess from the script, never a promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.script import SETTINGS, settings_of
from quizzes.settings.declared import with_defaults

OPEN_S = 25
"""What a question without a limit is given, seconds."""
AROUND_S = 20
"""Reading aloud, the reveal and what the host says to it, seconds for each question."""
STANDINGS_S = 8
ROUND_S = 60
"""Opening a round: its name, its rules, a word to the hall."""


def seconds(script: Mapping[str, Any]) -> int:
    """About how long the rounds of this script last; it may be incomplete."""
    every = with_defaults(SETTINGS, script.get("settings"))["standings"] == SETTINGS["standings"].default
    return sum(
        ROUND_S + questions(one) * (_each(one) + (STANDINGS_S if every else 0))
        for one in script.get("rounds", ())
        if questions(one)
    )


def minutes(script: Mapping[str, Any]) -> int:
    """The same in whole minutes; 0 where nothing is asked yet."""
    return -(-seconds(script) // 60)


def questions(part: Mapping[str, Any]) -> int:
    """How many questions a round asks."""
    return int(part["draw"]["count"]) if "draw" in part else len(part.get("questions", ()))


def _each(part: Mapping[str, Any]) -> int:
    """Seconds of one question: what its format declares in seconds, by the names all formats share."""
    settings = settings_of(part)
    answering = settings.get("seconds", 0) or OPEN_S
    return int(settings.get("reading_s", 0)) + answering + int(settings.get("answer_seconds", 0)) + AROUND_S
