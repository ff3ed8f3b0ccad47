"""Computes what verified teachings earn their member, by the point rules in force when each step was taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizzes.ledger import Due, Owner, Source, member, sources
from quizzes.ledger.rules import Version
from quizzes.movement.steps import OTHER, SLOTS, Teaching

RulesAt = Callable[[int], Version]


@dataclass(frozen=True)
class Earned:
    """Half-points of one source for a member. `at`: the moment its rules were taken from."""

    source: Source
    half: int
    chapter: int
    rules: int


def earned(campaign: int, teachings: Iterable[Teaching], rules_at: RulesAt) -> list[Earned]:
    """Everything one member's teachings of a campaign have earned: only what is verified and not rejected.

    Points never fill a slot: of friends and of relatives one each counts, the first verified one; of others the
    first so many as the rules say.
    """
    counting = [one for one in sorted(teachings, key=_order) if one.taught_ok_at is not None and not one.rejected]
    filled: list[Teaching] = []
    for kind in SLOTS:
        filled += [one for one in counting if one.kind == kind][:1]
    others = [one for one in counting if one.kind == OTHER]
    found = []
    for one in filled:
        at = one.confirmed_at or 0
        found.append(_of((sources.TAUGHT, one.number), one, rules_at(at), "taught"))
        if one.used_ok_at is not None and one.used_at is not None:
            found.append(_of((sources.USED, one.number), one, rules_at(one.used_at), "used"))
    if len(filled) == len(SLOTS) and all(one.used_ok_at is not None for one in filled):
        last = max(filled, key=lambda one: one.used_at or 0)
        found.append(_of((sources.BOTH, _both(campaign, last.member)), last, rules_at(last.used_at or 0), "both"))
    for number, one in enumerate(others, 1):
        version = rules_at(one.confirmed_at or 0)
        if number <= version.rules.helped_most:
            found.append(_of((sources.DEED, one.number), one, version, "helped"))
    return found


def dues(
    campaign: int, of_member: int, teachings: Sequence[Teaching], rules_at: RulesAt
) -> dict[Source, dict[Owner, Due]]:
    """The points that each source gives a member now. A source that earns nothing is named with nothing due."""
    batch: dict[Source, dict[Owner, Due]] = {(sources.BOTH, _both(campaign, of_member)): {}}
    for one in teachings:
        kinds: tuple[str, ...] = (sources.DEED,) if one.kind == OTHER else (sources.TAUGHT, sources.USED)
        if one.child:  # it is "somebody else" until a guardian agrees, and again when they take it back
            kinds = (sources.DEED, sources.TAUGHT, sources.USED)
        batch |= {(kind, one.number): {} for kind in kinds}
    for got in earned(campaign, teachings, rules_at):
        batch[got.source] = {member(of_member): Due(got.half, got.chapter, campaign, got.rules)} if got.half else {}
    return batch


def _both(campaign: int, of_member: int) -> int:
    """The number of "both slots" of a member in a campaign: one of its own for each pair."""
    return campaign * 1_000_000_000 + of_member


def _of(source: Source, one: Teaching, version: Version, field: str) -> Earned:
    return Earned(source, 2 * int(getattr(version.rules, field)), one.chapter, version.no)


def _order(one: Teaching) -> tuple[int, int]:
    return one.confirmed_at or 0, one.number
