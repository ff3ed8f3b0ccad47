"""Draws, places and who goes on. Equal ones are told apart by lots of the published seed, and it is said where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quizzes.draws import Draws
from quizzes.refusals import N_
from quizzes.tournament.stages import Stage

WINNER, BEST, HAND = "winner", "best", "hand"
WAYS = {WINNER: N_("nhất trận"), BEST: N_("nhì cao điểm nhất"), HAND: N_("ban tổ chức sửa")}


@dataclass(frozen=True)
class Result:
    """The result of one entrant in one match: place from 1, shared where equal, and half-points."""

    place: int
    half: int


@dataclass(frozen=True)
class Going:
    entrant: int
    way: str
    match: int
    lot: bool = False
    """True when an equal entrant stays behind: a lot decided."""


def digest(seed: str) -> str:
    """The digest that is published before the draw; the seed is published after it, so anybody can compare."""
    return sha256(seed.encode()).hexdigest()


def drawn(entrants: Sequence[int], stage: Stage, seed: str, number: int) -> list[list[int]]:
    """The matches of stage `number`: the entrants are dealt one by one, so that no match has two more than another."""
    mixed = Draws(seed, "tournament", number).shuffled(sorted(entrants))
    return [mixed[at :: stage.matches] for at in range(stage.matches)]


def by_points(halves: Mapping[int, int]) -> dict[int, Result]:
    """Places where only points are known."""
    return {one: Result(1 + sum(other > half for other in halves.values()), half) for one, half in halves.items()}


def in_order(results: Mapping[int, Result], seed: str, number: int) -> list[int]:
    """Put the rows of one match, or those left over, in order: the best first."""
    lots = {one: at for at, one in enumerate(Draws(seed, "lots", number).shuffled(sorted(results)))}
    return sorted(results, key=lambda one: (results[one].place, -results[one].half, lots[one]))


def going_on(stage: Stage, matches: Sequence[Mapping[int, Result]], seed: str, number: int) -> list[Going]:
    """The entrants that go on from stage `number`: the first of each match, then the best of those next in their
    matches."""
    found, after = [], {}
    for at, results in enumerate(matches, 1):
        order = in_order(results, seed, number)
        first, rest = order[: stage.winners], order[stage.winners :]
        found += [Going(one, WINNER, at, one_of_equals(results, one, rest)) for one in first]
        if rest:
            after[rest[0]] = (at, results[rest[0]])
    by_half = {one: Result(1, result.half) for one, (_, result) in after.items()}
    order = in_order(by_half, seed, number)
    behind = order[stage.best :]
    return found + [Going(one, BEST, after[one][0], one_of_equals(by_half, one, behind)) for one in order[: stage.best]]


def one_of_equals(results: Mapping[int, Result], chosen: int, behind: Sequence[int]) -> bool:
    return any(results[one] == results[chosen] for one in behind)
