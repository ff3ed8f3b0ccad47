"""Begins a show: its first event freezes everything that it is played by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.engine import Event
from quizzes.script import resolved
from quizzes.show.state import FORMATS_OF, RULE_VERSION, ShowState
from quizzes.team_turns import in_turn


def create(
    script: Mapping[str, Any],
    questions_by_round: Sequence[Sequence[Mapping[str, Any]]],
    seed: str,
    title: Mapping[str, str],
    rule_version: int = RULE_VERSION,
) -> Event:
    """The first event of a show: freezes the checked script with every setting and each question as asked."""
    frozen, asked = in_turn(resolved(script), questions_by_round)
    data = {
        "rule_version": rule_version,
        "title": dict(title),
        "script": frozen,
        "questions": [list(questions) for questions in asked],
        "seed": seed,
    }
    return Event("created", json.loads(json.dumps(data, allow_nan=False)))


def start(event: Event, seq: int = 1, at: int = 0) -> ShowState:
    """The state after `created`. ValueError: no such event, or of rules that are not known here."""
    if event.name != "created" or event.data["rule_version"] not in FORMATS_OF:
        raise ValueError(f"no show of rule version {', '.join(map(str, FORMATS_OF))} begins with {event.name}")
    return ShowState(event.data, seq, at)
