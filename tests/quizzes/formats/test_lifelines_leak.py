"""Lifelines tell of a key only by `shown`: in twins that differ in the key of the question, every lifeline is asked for.

Random play comes to a lifeline too seldom. Twins that are given the same reveals look the same, byte for byte, unless
what was shown is not true under the other key.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import HOST
from quizzes.formats import FORMATS
from tests.quizzes.formats.test_every_format import public
from tests.quizzes.people import EVERYBODY, Stage, single
from tests.quizzes.twins import give_the_same_reveals, told_apart

HELPED = [key for key, fmt in FORMATS.items() if any("help" in moves for moves in fmt.moves.values())]
SEEDS = 15


def every_lifeline(key: str) -> dict[str, Any]:
    """All lifelines of the format, however its setting is called."""
    return {name: list(one.choices) for name, one in FORMATS[key].settings.items() if one.kind == "choices"}


def begun(key: str, right: int, seed: int) -> Stage:
    questions = [single(1, right), single(2), single(3)]
    stage = Stage({"format": key, "settings": every_lifeline(key)}, questions=[questions], seed=f"{seed}")
    stage.until("open")
    return stage


def do(twins: list[Stage], name: str, **args: Any) -> None:
    before = [(stage.state, len(stage.journal)) for stage in twins]
    for stage in twins:
        stage.command(name, HOST, **args)
        stage.settle()
    give_the_same_reveals(twins, before)


def answer(twins: list[Stage]) -> None:
    """Everybody who may answers, alike in both: the crowd before its contestant asks for help."""
    for ask in show.asks(twins[0].state):
        for place, seat in enumerate(EVERYBODY):
            if ask.status == "open" and show.may_answer(twins[0].state, ask.no, seat) and len(ask.roll) > 1:
                raw = show.possible_choices(twins[0].state, ask.no)[place % 4]
                for stage in twins:
                    stage.answer(seat, raw=raw, no=ask.no, after_s=1 + place)


@pytest.mark.parametrize("key", HELPED)
def test_no_lifeline_tells_the_key_but_by_what_is_shown(key: str) -> None:
    assert HELPED
    asked: Counter[str] = Counter()
    for seed in range(SEEDS):
        for other in (1, 2, 3):
            twins = [begun(key, right, seed) for right in (0, other)]
            answer(twins)
            while twins[0].phase == "open" and not any(one.name == "help" for one in show.possible(twins[0].state)):
                do(twins, "advance")
            for _ in range(6):
                offered = [one.args["what"] for one in show.possible(twins[0].state) if one.name == "help"]
                hang_up = any(one.name == "hang_up" for one in show.possible(twins[0].state))
                if not offered and not hang_up:
                    break
                do(twins, "hang_up") if hang_up else do(twins, "help", what=offered[0])
                if told_apart(twins):
                    break
                asked[offered[0] if offered else ""] += 1
                assert public(twins[0]) == public(twins[1]), (offered, seed, other)
    assert len(asked) > 1
    assert all(asked.values())
