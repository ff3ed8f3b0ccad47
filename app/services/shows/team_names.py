"""The names of a show's teams: the journal knows them by numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.services.points.reading import chapter_names
from app.services.teams.on_stage import names_of
from quizzes.line_up import KNOWN_BEFORE, UNIT


def of_teams(state: Any, numbered: Callable[[int], str]) -> dict[int, str]:
    """Team -> the script's name for it, else `numbered`; where units are teams, the chapter's name; where teams of
    the field are, theirs. {}: no teams."""
    wanted = state.teams_setting
    if wanted is None:
        return {}
    if wanted["form"] in KNOWN_BEFORE:
        units = sorted({team for team in state.teams.values() if team})
        named = chapter_names(units) if wanted["form"] == UNIT else names_of(units)
        return {team: named.get(team, "") for team in units}
    given = dict(enumerate(wanted["names"], start=1))
    return {team: given.get(team) or numbered(team) for team in range(1, wanted["count"] + 1)}
