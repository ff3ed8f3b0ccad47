"""Promises that every format keeps. A new format is tested here without a line being added.

Each day six of the sixty seeds are played; `SCS_TEST_ALL_SEEDS=1` plays them all.
"""

import copy
import gc
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import AUDIENCE, CAST, HOST, JUDGE, MC, PLAYER, STAGE, TURN, Actor, Command, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from quizzes.refusals import Rejected
from quizzes.script import check_script, resolved
from tests.quizzes.people import EVERYBODY, Stage, script
from tests.quizzes.twins import (
    MOST_MOVES,
    askable,
    key_is_out,
    move,
    opened,
    playout,
    rules_out_the_right_order,
    told_apart,
    variants,
)
from tests.quizzes.watched import looks, may_differ, watched

every_format = pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
SEEDS = range(4)
ALL, EACH_DAY = 60, 6
FIRST = date.today().toordinal() % (ALL // EACH_DAY) * EACH_DAY
LEAK_SEEDS = range(ALL) if os.environ.get("SCS_TEST_ALL_SEEDS") else range(FIRST, FIRST + EACH_DAY)
PUBLIC = (STAGE, PLAYER, AUDIENCE)
LANGUAGES = ("vi", "en")


@every_format
def test_the_declaration_is_whole(fmt: Format) -> None:
    """Defaults fit their own bounds, a script with them has no problem, every phase knows advance."""
    assert resolved(script({"format": fmt.key}))["rounds"][0]["settings"].keys() == fmt.settings.keys()
    questions = [pair[0] for pair in askable(fmt)]
    plain = {name: json.loads(json.dumps(setting.default)) for name, setting in fmt.settings.items()}
    assert check_script(script({"format": fmt.key, "settings": plain, "questions": questions})) == []
    assert all("advance" in moves or phase == "open" for phase, moves in fmt.moves.items())
    assert questions, "a format must be able to ask something"


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_the_journal_alone_rebuilds_the_show(fmt: Format, seed: int) -> None:
    played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}", **variants(fmt, random.Random(seed)))
    for _ in playout([played], seed):
        pass
    assert played.phase == "over"
    assert played.replayed() == played.state


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_advance_alone_reaches_the_end_whatever_happened_before(fmt: Format, seed: int) -> None:
    for moves in (0, 3, 7, 15):
        played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt", **variants(fmt, random.Random(seed)))
        for _, _ in zip(range(moves), playout([played], seed), strict=False):
            pass
        played.until("over")


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_points_are_the_sum_of_what_was_revealed(fmt: Format, seed: int) -> None:
    played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt", **variants(fmt, random.Random(seed)))
    for _ in playout([played], seed):
        pass
    won = dict.fromkeys(EVERYBODY, 0)
    for opening in show.sheet(played.state):
        for seat, (half, _, _) in opening["results"].items():
            won[seat] += half if opening["status"] == "revealed" and opening["scored"] else 0
    ranked = {one["seat"]: one["points"] for one in show.results(played.state)}
    assert {seat: ranked.get(seat, 0) for seat in EVERYBODY} == won
    assert fmt.scored or not any(won.values())


def public(played: Stage) -> str:
    """Everything that may be sent to others than staff now, as bytes: the screens of the stage and of every kind of seat,
    there or not, in both languages, and what each seat is told of itself."""
    there = {(show.role(played.state, seat, "public"), show.group(played.state, seat)) for seat in EVERYBODY}
    viewers = sorted(there | {(role, "") for role in PUBLIC} | {(PLAYER, "late"), (AUDIENCE, "aside")})
    screens = [show.view(played.state, Viewer(*viewer, lang)) for viewer in viewers for lang in LANGUAGES]
    own = [show.me(played.state, seat) for seat in EVERYBODY]
    return json.dumps([screens, own, [played.state.phase, played.state.no]])


@every_format
@pytest.mark.parametrize("seed", LEAK_SEEDS)
def test_nothing_public_depends_on_a_key_before_its_reveal(fmt: Format, seed: int) -> None:
    """Two shows, alike but for the key of one question: byte for byte the same until that is revealed. For each
    question another show is played beside the first.

    What is drawn from equal journals without a look at that key is the same under any key (`tests/quizzes/watched`), so
    the second show is drawn only where the first one looked, or where their journals differ.
    """
    pairs = askable(fmt)
    settings, half = variants(fmt, random.Random(seed)), len(pairs) // 2 or 1
    plain = [pair[0] for pair in pairs]
    first = watched(opened(fmt, plain, f"{seed}", **settings))
    twins, stages, compared = dict[int, Stage](), [first], Counter[int]()
    for differs, (_, other) in enumerate(pairs):
        twins[differs] = watched(opened(fmt, [*plain[:differs], other, *plain[differs + 1 :]], f"{seed}", **settings))
        stages.append(twins[differs])
    for _ in playout(stages, seed):
        for differs, twin in list(twins.items()):
            place, both = divmod(differs, half) if differs < half else (1, differs - half), [first, twin]
            told = any(key_is_out(stage, *place) for stage in both)
            if told or told_apart(both) or rules_out_the_right_order(both):
                stages.remove(twins.pop(differs))
        if not twins:
            break
        seen, looked_at = looks(first, partial(public, first))
        for differs, twin in twins.items():
            if differs in looked_at or may_differ(first, twin, differs):
                assert public(twin) == seen
            compared[differs] += 1
    assert min(compared[differs] for differs in range(len(pairs))) > 0
    assert compared.total() >= 3 * len(pairs)  # a wheel whose first letter tells two phrases apart: three moments


@every_format
def test_staff_see_the_key_and_only_staff(fmt: Format) -> None:
    played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt")
    played.until("open")
    for role in (*PUBLIC, HOST, MC, JUDGE):
        screen = show.view(played.state, Viewer(role))
        assert bool(screen.get("key")) is (fmt.needs_answer and role in (HOST, MC, JUDGE))
        assert ("script" in screen) is (role in (HOST, MC))
        assert ("next" in screen) is (role == HOST)


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_every_screen_is_json_in_both_languages_at_every_moment(fmt: Format, seed: int) -> None:
    played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt", **variants(fmt, random.Random(seed)))
    for _ in playout([played], seed):
        for role in (HOST, MC, JUDGE, STAGE, PLAYER, AUDIENCE):
            screen = show.view(played.state, Viewer(role, lang="en"))
            assert json.loads(json.dumps(screen)) == screen


@every_format
def test_unknown_commands_and_those_of_others_are_refused_in_every_phase(fmt: Format) -> None:
    played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt")
    for _ in playout([played], 1):
        with pytest.raises(Rejected, match="not_now"):
            played.command("no_such")
        for name in ("advance", "pause", "undo", "void", "adjust", "kick"):
            with pytest.raises(Rejected, match="not_yours|not_now"):
                played.command(name, PLAYER, seat=1, no=1, points=5)


HOSTILE: list[Any] = [None, True, -1, 0, 10**30, 1.5, "1", "", "x" * 5000, [], [1], {}, {"a": 1}, float("nan")]


@every_format
@pytest.mark.parametrize("seed", range(2))
def test_hostile_arguments_are_refused_and_never_a_crash(fmt: Format, seed: int) -> None:
    """Every command with every strange value: an event or a refusal, nothing else."""
    played = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt")
    dice = random.Random(seed)
    for _ in playout([played], seed):
        for act in show.view(played.state, Viewer(HOST))["acts"]:
            args = {name: dice.choice(HOSTILE) for name in act["args"]}
            try:
                events = show.decide(played.state, by_host(played, act["do"], args))
            except Rejected as refusal:
                assert refusal.code in {"not_now", "bad_request", "not_found", "key_shown"}
            else:
                json.dumps([[event.name, event.data] for event in events], allow_nan=False)
        for ask in show.asks(played.state):
            for raw in HOSTILE:
                try:
                    show.read_choice(played.state, ask.no, raw)
                except Rejected as refusal:
                    assert refusal.code in {"bad_choice", "not_open", "too_late"}


def by_host(played: Stage, name: str, args: dict[str, Any]) -> Command:
    return Command(name, Actor(HOST, 99), played.at, {**args, "roll": played.room})


HALLS = (500, 5_000)
HUMAN = {HOST, JUDGE, TURN, *CAST}


@every_format
def test_every_act_is_given_at_least_once_by_a_seat_that_may(fmt: Format) -> None:
    """Bots choose among `possible`; what they never choose is in the table for nobody."""
    declared = {(phase, name) for phase, moves in fmt.moves.items() for name, move in moves.items() if move.by & HUMAN}
    missing = declared - {("begin", "advance")}
    for seed in range(60):
        played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}", **variants(fmt, random.Random(seed)))
        for _ in playout([played], seed):
            phase = played.phase
            missing -= {(phase, one.name) for one in show.possible(played.state) if not refused(played, one)}
        if not missing:
            return
    assert missing == set()


def refused(played: Stage, command: Command) -> bool:
    args = {**command.args, "roll": played.room}
    try:
        show.decide(played.state, Command(command.name, command.actor, played.at, args))
    except Rejected:
        return True
    return False


@every_format
def test_what_is_offered_to_a_seat_is_accepted_from_it_and_nothing_else_is(fmt: Format) -> None:
    """One table offers and refuses: no seat is shown the button of another."""
    for seed in range(6):
        played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}")
        for _ in playout([played], seed):
            for seat in EVERYBODY:
                role, group = show.role(played.state, seat, "public"), show.group(played.state, seat)
                offered = {one["do"] for one in show.view(played.state, Viewer(role, group))["acts"]}
                for name in {name for moves in fmt.moves.values() for name in moves}:
                    args = sound_arguments(fmt, played, name)
                    accepted = not refused(played, Command(name, Actor(role, seat), played.at, args))
                    assert accepted == (name in offered), (name, role, group)


def sound_arguments(fmt: Format, played: Stage, name: str) -> dict[str, Any]:
    found = fmt.moves.get(played.phase, {}).get(name)
    return dict(next(iter(found.tries(played.state.round)), {})) if found else {}


def steps(work: Callable[[], object]) -> int:
    """The number of calls the work takes: no clock of this machine has a say."""
    counted = 0

    def count(frame: Any, event: str, arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    gc.disable()  # a collection calls others' callbacks wherever it happens to come
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return counted


@every_format
def test_a_hall_of_5000_is_regrouped_with_as_many_looks_for_each_seat_as_one_of_500(fmt: Format) -> None:
    """Role, group and `me` of each seat are looks; only folding an event, and the first look after it, may walk the
    hall, and walk it once."""
    questions = [pair[0] for pair in askable(fmt)]
    halls = [(seats, opened(fmt, questions, "hạt", room={"upto": seats, "without": []})) for seats in HALLS]
    dice, walked = [random.Random(1) for _ in HALLS], [0.0 for _ in HALLS]
    for _ in range(MOST_MOVES):
        if halls[0][1].phase == "over":
            break
        looks = []
        for at, (seats, played) in enumerate(halls):
            moved = steps(partial(move, [played], dice[at]))
            look = partial(regroup, played, looked_at(played, seats))
            walked[at] = max(walked[at], moved / seats, steps(look) / seats)  # what is made once for all, too
            looks.append(steps(look))
        assert looks[1] == looks[0], "not one step more, after every move"
    for _, played in halls:
        played.until("over")
    assert walked[1] <= walked[0] * 1.5 + 1


def looked_at(played: Stage, seats: int) -> list[int]:
    """As many of every hall: those who were drawn or asked, those who answer and buzz, and others over its whole length.
    Another seat is drawn in a larger hall: looked at in both, or in one alone, it would cost what the hall does not."""
    asked = {seat for line in played.journal for seat in [line[0].data.get("seat")] if isinstance(seat, int)}
    others = [*range(1, 21), *range(21, seats + 1, max(1, seats // 40))]
    return list(dict.fromkeys([*sorted(asked), *others]))[:60]


def regroup(played: Stage, seats: Iterable[int]) -> None:
    for seat in seats:
        show.role(played.state, seat, "public"), show.group(played.state, seat), show.me(played.state, seat)


@every_format
@pytest.mark.parametrize("seed", range(4))
def test_every_moment_can_be_paused_undone_voided_and_replayed(fmt: Format, seed: int) -> None:
    """From each moment of a show: a pause gives the time back, a replay is equal, and the end is reached."""
    played = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}", **variants(fmt, random.Random(seed)))
    dice = random.Random(seed)
    for _ in playout([played], seed):
        assert played.replayed() == played.state
        tried = ("pause", "undo", "void", "kick", "suspend")
        replayed = dice.choice(tried)  # folding everything anew costs as much as playing on: one in turn
        for what in tried:
            aside = branch(played)
            left = None if show.deadline(aside.state) is None else show.deadline(aside.state) - aside.at
            args = {"void": {"no": max(1, aside.state.last_no)}, "kick": {"seat": dice.choice(EVERYBODY)}}.get(what, {})
            try:
                aside.command(what, "clock" if what == "suspend" else HOST, **args)
            except Rejected:
                continue
            if what in ("pause", "suspend") and aside.state.halt:
                aside.at += 60_000_000
                aside.command("resume")
                assert left is None or show.deadline(aside.state) == aside.at + max(0, left)
            assert what != replayed or aside.replayed() == aside.state
            aside.until("over")


def branch(played: Stage) -> Stage:
    """The same show, to try something on."""
    aside = copy.copy(played)
    aside.journal = list(played.journal)
    aside.ballots = {no: list(ballots) for no, ballots in played.ballots.items()}
    return aside
