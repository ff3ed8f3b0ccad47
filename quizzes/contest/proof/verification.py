"""The check anyone can make of an exported contest: draw every paper again, grade, rank, compare."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from quizzes.contest.proof.export import Record, unreadable
from quizzes.contest.results.decisions import fold
from quizzes.contest.results.grading import lines
from quizzes.contest.results.outcome import compute, table
from quizzes.contest.taking.paper import Deck, deck, draw, plan_for, written
from quizzes.refusals import N_, Rejected

MOST_DIFFERENCES = 100  # differences listed


@dataclass(frozen=True)
class Difference:
    """One place at which the published table and the recomputed one differ."""

    path: tuple[str | int, ...]
    published: Any
    computed: Any


def computed(record: Record) -> dict[str, Any]:
    """The table again, from attempts, snapshot, decisions and rules."""
    rulings = fold(record.decisions)
    found = lines(record.rules, record.snapshot, record.attempts, rulings, record.computed_at)
    return table(compute(record.rules, found, rulings, record.units, record.lots_seed))


def verify(record: Record) -> list[Difference]:
    """The differences between the published table and the one computed from the rest of the file; [] when they are
    equal."""
    try:
        again = json.loads(json.dumps(computed(record)))
        papers = redrawn(record)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):  # the file may come from anybody
        raise unreadable("not_a_contest", N_("Tệp không phải là bản xuất của một cuộc thi."), 1) from None
    published = json.loads(json.dumps(record.results))
    return [*papers, *differences(published, again)][:MOST_DIFFERENCES]


def redrawn(record: Record) -> list[Difference]:
    """Attempts whose paper is not the one the seed draws."""
    own = {one.key: one.blueprint for one in record.rules.divisions}
    decks: dict[str, Deck | None] = {}
    found = []
    for one in record.attempts:
        if one.division not in decks:
            decks[one.division] = _deck(record, own.get(one.division))
        cards = decks[one.division]
        paper = draw(cards, record.seed, one.wave, one.member, one.try_no) if cards else None
        if paper is None or written(paper) != written(one.paper):
            stored = written(one.paper)
            found.append(Difference(("attempts", one.no, "paper"), stored, paper and written(paper)))
    return found


def _deck(record: Record, own: Any) -> Deck | None:
    try:
        return deck(plan_for(record.rules.blueprint, own), record.snapshot)
    except Rejected:
        return None


def differences(published: Any, again: Any, path: tuple[str | int, ...] = ()) -> list[Difference]:
    """Every place at which two JSON values differ, as deep as it can be named."""
    if isinstance(published, dict) and isinstance(again, dict):
        names = sorted({*published, *again})
        return [d for name in names for d in differences(published.get(name), again.get(name), (*path, name))]
    if isinstance(published, list) and isinstance(again, list) and len(published) == len(again):
        both = enumerate(zip(published, again, strict=True))
        return [d for index, (one, other) in both for d in differences(one, other, (*path, index))]
    return [] if published == again else [Difference(path, published, again)]
