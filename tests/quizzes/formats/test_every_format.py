"""Promises that every format keeps. A new format is tested here without a line being added."""

import json
import random
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import AUDIENCE, HOST, JUDGE, MC, PLAYER, STAGE, Actor, Command, Format, Viewer
from quizzes.formats import FORMATS
from quizzes.refusals import Rejected
from quizzes.script import check_script, resolved
from tests.quizzes.people import EVERYBODY, Stage, script
from tests.quizzes.twins import askable, key_is_out, opened, playout, rules_out_the_right_order, variants

every_format = pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
SEEDS = range(4)
PUBLIC = (STAGE, PLAYER, AUDIENCE)


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
            won[seat] += half if opening["status"] == "revealed" else 0
    ranked = {one["seat"]: one["points"] for one in show.results(played.state)}
    assert {seat: ranked.get(seat, 0) for seat in EVERYBODY} == won
    assert fmt.scored or not any(won.values())


def public(played: Stage) -> str:
    """Everything that may be sent to others than staff now, as bytes."""
    groups = sorted({show.group(played.state, seat) for seat in EVERYBODY} | {"", "late"})
    screens = [
        show.view(played.state, Viewer(role, group, lang))
        for role in PUBLIC for lang in ("vi", "en") for group in (groups if role == PLAYER else [""])
    ]  # fmt: skip
    own = [show.me(played.state, seat) for seat in EVERYBODY]
    return json.dumps([screens, own, [played.state.phase, played.state.no]], ensure_ascii=False)


@every_format
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_public_depends_on_a_key_before_its_reveal(fmt: Format, seed: int) -> None:
    """Two shows, alike but for the key of one question: byte for byte the same until that is revealed."""
    pairs = askable(fmt)
    settings, half = variants(fmt, random.Random(seed)), len(pairs) // 2 or 1
    for differs in range(len(pairs)):
        one, other = [pair[0] for pair in pairs], [pair[place == differs] for place, pair in enumerate(pairs)]
        stages = [opened(fmt, one, f"{seed}", **settings), opened(fmt, other, f"{seed}", **settings)]
        place = divmod(differs, half) if differs < half else (1, differs - half)
        compared = 0
        for _ in playout(stages, seed):
            if key_is_out(stages[0], *place):
                break
            if rules_out_the_right_order(stages):
                break
            assert public(stages[0]) == public(stages[1])
            compared += 1
        assert compared > 3


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
