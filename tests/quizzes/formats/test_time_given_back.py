"""Undo of several steps gives the clock back in every format that has one, a call's and a solver's, too."""

from __future__ import annotations

import json

import pytest

from quizzes import show
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from tests.quizzes.people import SECOND, Stage
from tests.quizzes.twins import askable, opened, playout

SEEDS = range(6)
WITHOUT = ("judged", "poll", "warm_up")
"""The formats whose clock the host or nobody starts, as they are set when nothing is changed."""


def running(fmt: Format, seed: int) -> Stage | None:
    """A show of the format that has come to a question whose clock runs; None where this play has none."""
    settings = {name: json.loads(json.dumps(one.default)) for name, one in fmt.settings.items()}
    played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}", **settings)
    for _ in playout([played], seed):
        due = show.deadline(played.state)
        if played.phase == "open" and due and due - played.at > 2 * SECOND and played.state.playing.body():
            return played
    return None


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
def test_steps_back_are_the_seconds_of_then(fmt: Format) -> None:
    found = [one for seed in SEEDS if (one := running(fmt, seed))]
    for played in found:
        played.at += SECOND
        due = show.deadline(played.state)
        assert due is not None
        kept, body = due - played.at, played.state.playing.body()
        for steps in (1, 2):
            played.command("void", no=played.state.no)
            played.advance(steps - 1)
            played.at += 40 * SECOND
            played.command("undo", steps=steps)
            assert (played.phase, show.deadline(played.state)) == ("paused", None)
            played.at += 5 * SECOND
            played.advance()
            assert (played.phase, played.state.playing.body()) == ("open", body)
            assert show.deadline(played.state) == played.at + kept
    assert found or fmt.key in WITHOUT
