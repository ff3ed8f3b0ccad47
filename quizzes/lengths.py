"""Estimates how long a show will take, so that a host can plan an evening. The estimate comes from the script alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.formats import FORMATS
from quizzes.script import SETTINGS, questions_of, settings_of
from quizzes.settings.declared import with_defaults

OPEN_S = 25
"""How long a question without a limit is assumed to take, seconds."""
AROUND_S = 20
"""How long reading aloud, the reveal and the host's words to it take, seconds for each question."""
STANDINGS_S = 8  # how long standings are shown
ROUND_S = 60
"""How long the opening of a round takes, seconds: its name, its rules, a word to the hall."""


def seconds(script: Mapping[str, Any]) -> int:
    """About how long the rounds of this script last; it may be incomplete."""
    every = with_defaults(SETTINGS, script.get("settings"))["standings"] == SETTINGS["standings"].default
    teams = int((script.get("teams") or {}).get("count") or 0)
    return sum(_planned(one, every, teams) for one in script.get("rounds", ()) if questions(one))


def _planned(part: Mapping[str, Any], every: bool, teams: int) -> int:
    """The duration of a round as its script plans it, or else the estimate, seconds."""
    said = part.get("minutes")
    return 60 * said if isinstance(said, int) and said else round_seconds(part, questions(part), every, teams)


def round_seconds(part: Mapping[str, Any], count: int, every: bool, teams: int = 0) -> int:
    """About how long a round of `count` questions lasts; `every`: standings follow each of them."""
    return ROUND_S + _round(part, count, teams) + (count * STANDINGS_S if every else 0)


def minutes(script: Mapping[str, Any]) -> int:
    """The same in whole minutes; 0 where nothing is asked yet."""
    return -(-seconds(script) // 60)


def questions(part: Mapping[str, Any]) -> int:
    """The number of questions a round asks, or may ask at most."""
    return int(part["draw"]["count"]) if "draw" in part else len(questions_of(part))


def _round(part: Mapping[str, Any], count: int, teams: int) -> int:
    """Guesses a round's length as its format says, else by the settings that all formats name alike."""
    settings, own = settings_of(part), FORMATS[part["format"]].lasts
    if own is not None:
        return own({**settings, "contestants": teams or settings.get("contestants", 1)}, count)
    answering = settings.get("seconds", 0) or OPEN_S
    each = int(settings.get("reading_s", 0)) + answering + int(settings.get("answer_seconds", 0)) + AROUND_S
    return count * each
