"""In every phase of every format a show is paused, undone, voided and killed, and goes on to the same end."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping

from quizzes import show
from quizzes.engine import Event
from quizzes.grammar import Format
from quizzes.refusals import Rejected
from quizzes.show.fold import NOT_STEPS
from tests.quizzes.formats.test_every_format import ALL, branch, every_format
from tests.quizzes.people import SECOND, Stage
from tests.quizzes.twins import askable, opened, playout, variants

JUDGING = "killed while judging"
PHASES = {"standings", "break"}
"""The phases of every show around its rounds."""


def time_left(stage: Stage) -> int | None:
    due = show.deadline(stage.state)
    return None if due is None else due - stage.at


def paused(stage: Stage) -> bool:
    left = time_left(stage)
    stage.command("pause")
    stage.at += 60 * SECOND
    stage.command("resume")
    assert left is None or time_left(stage) == max(0, left)
    return True


def undone(stage: Stage) -> bool:
    """Barred only where something was shown since the step."""
    if stage.state.previous is None:
        return False
    try:
        stage.command("undo")
    except Rejected as refusal:
        assert refusal.code == "key_shown"
        steps = [at for at, line in enumerate(stage.journal) if line[3] and line[0].name not in NOT_STEPS]
        assert {line[0].name for line in stage.journal[steps[-1] :]} & {"revealed", "shown", "undone"}
        return True
    assert stage.phase == "paused"
    stage.command("resume")
    return True


def voided(stage: Stage) -> bool:
    no = stage.state.last_no
    if not no or no in stage.state.void:
        return False
    stage.command("void", no=no)
    assert no in stage.state.void
    return True


def killed(stage: Stage) -> bool:
    """The process is gone: what the database holds is all there is."""
    again = recovered(stage)
    assert again.state == stage.state
    left = time_left(again)
    alive_at, again.at = again.at, again.at + 60 * SECOND
    if left is not None and not again.state.halt:
        again.command("suspend", "clock", alive_at=alive_at)
        assert again.phase == "suspended"
        again.command("resume")
        assert time_left(again) == max(0, left)
    again.until("over")
    stage.until("over")
    assert show.results(again.state) == show.results(stage.state)
    return True


def killed_while_judging(stage: Stage) -> bool:
    """The process is gone after a step that closes an opening, before its verdicts are written."""
    again = branch(stage)
    for one in (again, stage):
        one.at += SECOND
        one.command("advance")
    again = recovered(again)
    if not show.unjudged(again.state):
        return False
    again.command("settled", "clock", no=show.unjudged(again.state)[0].no)
    again = recovered(again)
    for one in (again, stage):
        one.settle()
        one.until("over")
    assert show.results(again.state) == show.results(stage.state)
    return True


def recovered(stage: Stage) -> Stage:
    """The show as a new process reads it: created, journal and ballots, through their stored form."""
    again = branch(stage)
    again.created = Event("created", json.loads(json.dumps(stage.created.data)))
    stored = json.loads(json.dumps([[one.name, one.data, *rest] for one, *rest in stage.journal]))
    again.journal = [(Event(name, data), seq, at, step) for name, data, seq, at, step in stored]
    again.state = again.replayed()
    return again


TRIED: Mapping[str, Callable[[Stage], bool]] = {
    "paused": paused,
    "undone": undone,
    "voided": voided,
    "killed": killed,
    JUDGING: killed_while_judging,
}
"""Things done to a show; False where there was nothing to do it to."""


@every_format
def test_every_phase_is_paused_undone_voided_and_killed_and_the_end_is_reached(fmt: Format) -> None:
    phases = (set(fmt.moves) | (PHASES if fmt.scored else {"break"})) - {"begin"}
    tried = {phase: [what for what in TRIED if what != JUDGING or phase == "open"] for phase in phases}
    missing = {(phase, what) for phase in phases for what in tried[phase]}
    questions = [pair[0] for pair in askable(fmt)] * 2
    for seed in range(ALL):
        played = opened(fmt, questions, f"{seed}", **variants(fmt, random.Random(seed)))
        for _ in playout([played], seed):
            for what in [what for what in TRIED if (played.phase, what) in missing and not played.state.halt]:
                aside = branch(played)
                if TRIED[what](aside):
                    missing.discard((played.phase, what))
                    aside.until("over")
                    assert aside.replayed() == aside.state
        if not missing:
            return
    assert missing == set()
