"""Teams: whose answer is the team's, where it answers with one voice. Points stay with the seat that spoke."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from quizzes.engine import Graded
from quizzes.line_up import FIRST, MAJORITY
from quizzes.questions.contract import FULL
from quizzes.round_state.cast import CAPTAINS_ANSWER, Cast

ONE_VOICE = (CAPTAINS_ANSWER, FIRST, MAJORITY)


def spoken(cast: Cast, graded: Sequence[Graded], typed: bool = False) -> Sequence[Graded]:
    """One ballot of each team: its first, or the first of those who chose what most of it chose; where two choices
    have as many, the one that came first. A seat without a team answers alone. `typed`: nobody chose from options."""
    if cast.voice not in (FIRST, MAJORITY):
        return graded
    by_team: dict[int, list[Graded]] = defaultdict(list)
    alone = []
    for one in sorted(graded, key=lambda one: (one.at, one.seat)):
        team = cast.teams.get(one.seat)
        if team is None:
            alone.append(one)
        else:
            by_team[team].append(one)
    return [*alone, *(_voice(cast.voice, theirs, typed) for theirs in by_team.values())]


def _voice(voice: str, theirs: Sequence[Graded], typed: bool) -> Graded:
    """`theirs` in the order they came."""
    if voice == FIRST:
        return theirs[0]
    votes: dict[object, list[Graded]] = defaultdict(list)
    for one in theirs:
        votes[_alike(one, typed)].append(one)
    return max(votes.values(), key=len)[0]


def _alike(one: Graded, typed: bool) -> object:
    """Equal for the same answer: all that is right, and words that differ in capitals only."""
    if one.right == FULL:
        return FULL
    words = typed and isinstance(one.choice, str)
    return one.choice.casefold() if words else json.dumps(one.choice, sort_keys=True)


def speaker(cast: Cast, results: Mapping[int, object], seat: int) -> int:
    """The seat whose result is this seat's: itself, or the one that spoke for its team."""
    if cast.voice not in ONE_VOICE or seat in results or seat not in cast.teams:
        return seat
    team = cast.teams[seat]
    return next((one for one in results if cast.teams.get(one) == team), seat)
