"""The questions of an opened contest laid out for drawing papers: once for a process, division and pool."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from app.models.engines import database
from app.services.contests.contests import Frozen
from quizzes.contest.setup.blueprint import Blueprint, practice_plan, size
from quizzes.contest.taking import paper
from quizzes.contest.taking.paper import Deck, Snapshot, plan_for

_decks: WeakKeyDictionary[Engine, dict[tuple[int, str, bool], Deck]] = WeakKeyDictionary()


def plan(contest: Frozen, division: str, *, practice: bool = False) -> Blueprint:
    """The blueprint of a division's papers."""
    own = next((one.blueprint for one in contest.rules.divisions if one.key == division), None)
    found = plan_for(contest.rules.blueprint, own)
    return practice_plan(found) if practice else found


def length(contest: Frozen, division: str, *, practice: bool = False) -> int:
    """Questions in a paper of the division."""
    return size(plan(contest, division, practice=practice))


def pool(contest: Frozen, *, practice: bool) -> Snapshot:
    """The frozen questions of tries that count, or of practice."""
    return contest.practice if practice else contest.paper


def deck(contest: Frozen, division: str, *, practice: bool = False) -> Deck:
    """The deck; Rejected("too_few_questions") where the pool cannot fill a paper."""
    known = _decks.setdefault(database.engine, {})
    key = (contest.contest_id, division, practice)
    if key not in known:
        known[key] = paper.deck(plan(contest, division, practice=practice), pool(contest, practice=practice))
    return known[key]
