"""One table offers and refuses: every act of every format is tried in every phase as every role and seat.

What a screen offers is taken from whoever sees it. All else is refused: an act of another phase or round, one that a seat
claims under a role it has not, one of a seat that was sent out or never came.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import CAST, HOST, JUDGE, MC, STAGE, Actor, Command, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from quizzes.refusals import Rejected
from quizzes.show.anytime import ALWAYS
from quizzes.show.commands import ARMING, AT_WILL, JOINING, MOVES
from tests.quizzes.formats.test_every_format import branch, every_format
from tests.quizzes.people import EVERYBODY, ROOM, Stage
from tests.quizzes.twins import askable, playout, variants

SEEDS = range(3)
NOBODY = 5  # a seat that nobody has taken
ANYTIME = {*ALWAYS, *ARMING}
NAMES = sorted(
    {name for fmt in FORMATS.values() for moves in fmt.moves.values() for name in moves}
    | {name for moves in (*MOVES.values(), *AT_WILL.values(), JOINING) for name in moves}
    | ANYTIME
)
"""Every act there is, of whatever format."""
TEAMS = [None, {"form": "lot", "count": 2, "answers": "captain"}, {"form": "lot", "count": 2, "answers": "first"}]
BY_TABLE, BY_ARGUMENTS = {"not_yours", "not_now", "kicked"}, {"bad_request", "not_found"}
"""The codes of a refusal: the act is not this one's now; or it is, and what it was given makes no sense."""


def played(fmt: Format, seed: int) -> Iterator[Stage]:
    """Two rounds of the format played at random, alone and in teams with captains."""
    questions = [pair[0] for pair in askable(fmt)]
    half = len(questions) // 2 or 1
    spec = {"format": fmt.key, "settings": variants(fmt, random.Random(seed)) if seed else {}}
    asked = [questions[:half], questions[half:]]
    stage = Stage(spec, spec, questions=asked, seed=f"{seed}", room=ROOM, teams=TEAMS[seed % len(TEAMS)])
    for _ in playout([stage], seed):
        yield stage


def taken(stage: Stage, name: str, actor: Actor, args: Mapping[str, Any]) -> bool:
    try:
        show.decide(stage.state, Command(name, actor, stage.at, {**args, "roll": stage.room}))
    except Rejected as refusal:
        assert refusal.code in BY_TABLE | BY_ARGUMENTS, (name, actor, refusal.code)
        return refusal.code in BY_ARGUMENTS
    return True


def arguments(stage: Stage, name: str) -> Mapping[str, Any]:
    """Arguments that make sense now, where the round knows some."""
    state = stage.state
    move = state.format.moves.get(state.round.phase, {}).get(name) if state.round else None
    return next(iter(move.tries(state.round)), {}) if move else {}


def offered(stage: Stage, role: str, group: str = "") -> set[str]:
    return {one["do"] for one in show.view(stage.state, Viewer(role, group))["acts"]}


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_each_act_is_taken_from_those_to_whom_it_is_offered_and_from_nobody_else(fmt: Format, seed: int) -> None:
    phases, wrong = Counter[str](), set[Any]()
    for stage in played(fmt, seed):
        phases[stage.phase] += 1
        actors = [(Actor(role, 99), offered(stage, role)) for role in (MC, JUDGE, STAGE)]
        for seat in EVERYBODY:
            role = show.role(stage.state, seat, "public")
            actors.append((Actor(role, seat), offered(stage, role, show.group(stage.state, seat))))
        for name in NAMES:
            args = arguments(stage, name)
            for actor, may in actors:
                if taken(stage, name, actor, args) != (name in may):
                    wrong.add((stage.phase, name, actor.role, name in may))
    assert wrong == set()
    assert phases.keys() >= {"ready", "open"} or "open" not in fmt.moves


@every_format
def test_no_seat_acts_under_a_role_that_it_has_not(fmt: Format) -> None:
    """The cast decides what a seat is: a claim changes nothing."""
    for stage in played(fmt, 1):
        for seat in EVERYBODY:
            real = Actor(show.role(stage.state, seat, "public"), seat)
            for name in sorted({name for moves in fmt.moves.values() for name in moves}):
                args = arguments(stage, name)
                truly = taken(stage, name, real, args)
                assert {taken(stage, name, Actor(claimed, seat), args) for claimed in CAST} == {truly}


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_a_seat_that_was_sent_out_or_never_came_does_nothing(fmt: Format, seed: int) -> None:
    tried = Counter[str]()
    for stage in played(fmt, seed):
        may = [seat for seat in EVERYBODY if seat not in stage.state.kicked]
        if not may:
            continue
        turn = stage.state.round.cast.turn if stage.state.round else None
        gone, aside = turn if turn in may else may[0], branch(stage)
        aside.command("kick", seat=gone)
        for name in NAMES:
            for seat in (gone, NOBODY):
                role = show.role(aside.state, seat, "public")
                done = taken(aside, name, Actor(role, seat), arguments(aside, name))
                assert not done, (aside.phase, name, role, seat)
                tried[aside.phase] += 1
        assert not any(show.may_answer(aside.state, ask.no, gone) for ask in show.asks(aside.state))
    assert tried


@every_format
def test_an_answer_to_what_is_judged_void_or_of_another_round_is_not_taken(fmt: Format) -> None:
    """Of several asks at once each has a fence of its own, for as long as it is not judged."""
    tried = Counter[str]()
    for stage in played(fmt, 0):
        fences = {one.no: one for one in show.fences(stage.state)}
        for index, ask in stage.state.openings():
            takes = ask.no in fences and fences[ask.no].accepting
            tried["several"] += len(fences) > 1
            assert not takes or (index == stage.state.index and ask.status in ("open", "closing"))
            if ask.no not in fences:
                tried["stale"] += 1
                with pytest.raises(Rejected, match="too_late|not_open"):
                    show.read_choice(stage.state, ask.no, True)
    assert tried["stale"]


@every_format
def test_whatever_the_host_is_offered_in_a_round_is_taken_from_the_host_alone(fmt: Format) -> None:
    own = {name for moves in fmt.moves.values() for name in moves}
    for stage in played(fmt, 2):
        may = offered(stage, HOST)
        for name in sorted(own - ANYTIME):
            if stage.phase in MOVES and name in MOVES[stage.phase]:
                continue
            args = arguments(stage, name)
            assert taken(stage, name, Actor(HOST, 99), args) == (name in may), (stage.phase, name)
