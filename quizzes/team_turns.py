"""One team after another plays a round of a script: as it is frozen, a round for each team with its share of the
questions. So a turn is undone, paused and ranked as any round is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.line_up import EACH_TEAM, KNOWN_BEFORE, TEAM, TEAMS
from quizzes.problems import Path, Problem
from quizzes.refusals import N_

Questions = Sequence[Mapping[str, Any]]


def in_turn(script: Mapping[str, Any], asked: Sequence[Questions]) -> tuple[dict[str, Any], list[Questions]]:
    """A resolved script and the questions of its rounds, with the turns of teams written out."""
    rounds: list[dict[str, Any]] = []
    shares: list[Questions] = []
    turns: dict[int, list[int]] = {}
    for number, (spec, questions) in enumerate(zip(script["rounds"], asked, strict=True), start=1):
        found = list(_turns(spec, questions, script.get("teams")))
        turns[number] = list(range(len(rounds) + 1, len(rounds) + len(found) + 1))
        rounds += [_renumbered(one, turns) for one, _ in found]
        shares += [share for _, share in found]
    return {**script, "rounds": rounds}, shares


def _turns(spec: Mapping[str, Any], asked: Questions, teams: Any) -> Iterator[tuple[dict[str, Any], Questions]]:
    plays = spec.get("plays")
    if not plays or plays["who"] != EACH_TEAM:
        yield dict(spec), asked
        return
    count = teams_of(plays, teams)
    sizes = list(spec.get("slots", {"": len(asked)}).values())
    slots = {"slots": {name: size // count for name, size in spec["slots"].items()}} if "slots" in spec else {}
    for team in range(1, count + 1):
        yield {**spec, **slots, "plays": {**plays, "who": TEAM, "team": team}}, _share(asked, sizes, team, count)


def _share(asked: Questions, sizes: Sequence[int], team: int, count: int) -> Questions:
    """The questions of a team: of each slot those in its turn."""
    share: list[Mapping[str, Any]] = []
    start = 0
    for size in sizes:
        each = size // count
        share += asked[start + each * (team - 1) : start + each * team]
        start += size
    return share


def _renumbered(spec: dict[str, Any], turns: Mapping[int, Sequence[int]]) -> dict[str, Any]:
    """Rounds that it names, as they are counted now."""
    if not (spec.get("plays") or {}).get("of"):
        return spec
    of = [one for number in spec["plays"]["of"] for one in turns[number]]
    return {**spec, "plays": {**spec["plays"], "of": of}}


def teams_of(plays: Mapping[str, Any], teams: Mapping[str, Any]) -> int:
    """How many teams take turns; 0 where nobody knows: chapters are counted when they come."""
    known = 0 if teams.get("form") in KNOWN_BEFORE else teams.get("count", TEAMS["count"].default)
    return int(known or plays.get("count", 0))


def check_shares(plays: Any, teams: Any, sizes: Sequence[int], path: Path, asked: str) -> Iterator[Problem]:
    """The problems that keep a sound round from being shared out. `sizes`: the questions in each of its slots;
    `asked`: the field they stand in."""
    if not isinstance(plays, Mapping) or plays.get("who") != EACH_TEAM or not isinstance(teams, Mapping):
        return
    count = teams_of(plays, teams)
    if not count:
        yield Problem((*path, "plays", "count"), "plays_count", N_("Cần cho biết bao nhiêu đội lần lượt thi."))
    elif any(size % count for size in sizes):
        sentence = N_("Số câu hỏi phải chia đều được cho %(teams)s đội.")
        yield Problem((*path, asked), "plays_share", sentence, {"teams": count})
