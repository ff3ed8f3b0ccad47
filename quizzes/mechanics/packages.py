"""Packages: before its turn a contestant picks what its questions are worth; questions of that worth are drawn, no
question twice.

What is picked is the ask of `picking`; its choice names the values, "20+20+30". Where a script lists its questions by
level, a value has the questions of its level; where it has one list, the lowest takes the easiest that is left and
the highest the hardest. Who is asked next is the format's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event, Slot
from quizzes.grammar import Mechanic
from quizzes.mechanics.picking import pick
from quizzes.refusals import N_
from quizzes.round_state.ask import Round

WHOLE, EACH = "package", "each"
PLUS = "+"
MOST_CHOICES, NO_VALUE = 12, 10
"""The most packages that fit a screen: above that a contestant picks value by value."""
SLOTS = {"low": Slot(N_("Câu mức thấp")), "middle": Slot(N_("Câu mức giữa")), "high": Slot(N_("Câu mức cao"))}
LEVELS = tuple(SLOTS)


@dataclass(frozen=True)
class Packages:
    turn: tuple[int, ...] = ()
    """The questions of the present turn, in the order they are asked."""
    used: frozenset[int] = frozenset()
    """Every question that somebody picked: none comes twice."""


def left(state: Round) -> list[int]:
    """The questions nobody picked."""
    used = state.of(Packages).used
    return [index for index in range(len(state.setup.questions)) if index not in used]


def after_this(state: Round) -> int | None:
    """The next question of the package that was picked; None at its end."""
    turn = state.of(Packages).turn
    at = turn.index(state.question) + 1 if state.question in turn else len(turn)
    return turn[at] if at < len(turn) else None


def course(state: Round) -> tuple[list[int], int]:
    """The questions in the order they were picked, with what is announced while somebody picks."""
    kept = state.of(Packages)
    known = [*sorted(kept.used - set(kept.turn)), *kept.turn]
    if state.question >= 0 and state.question not in known:
        known.append(state.question)
    contestants = len(state.cast.order)
    return known, min(len(state.setup.questions), max(len(known), contestants * int(state.settings["each"])))


def still_to_pick(state: Round) -> int:
    """The number of questions of the present turn that have no value yet."""
    return int(state.settings["each"]) - len(state.of(Packages).turn)


def is_planned(state: Round) -> bool:
    return state.question in state.of(Packages).turn


def offered(state: Round) -> list[str]:
    """The choices that may be picked now: the packages of the script, or every mixture of values for which questions
    are left."""
    most = min(still_to_pick(state), len(left(state)), 1 if state.settings.get("pick", EACH) == EACH else MOST_CHOICES)
    packed = [list(one["values"]) for one in state.setup.material.get("packages", ()) if one["values"]]
    found = [one for one in packed if len(one) <= most and drawn(state, one)] or mixtures(state, most)
    return [PLUS.join(map(str, one)) for one in found]


def mixtures(state: Round, most: int) -> list[list[int]]:
    """The mixtures of `most` values, or of as many values as still give a choice that fits a screen."""
    values = sorted(set(state.settings["values"])) or [NO_VALUE]
    for size in range(most, 0, -1):
        mixed = [list(one) for one in combinations_with_replacement(values, size)]
        able = [one for one in mixed if drawn(state, one)]
        if able and (len(able) <= MOST_CHOICES or size == 1):
            return able
    return []


def drawn(state: Round, values: Sequence[int]) -> list[int]:
    """A question for each value, in this order; [] where one of them has none left."""
    rest, chosen = left(state), []
    for value in values:
        able = [index for index in rest if not state.setup.slots or index in state.setup.slot(level(state, value))]
        if not able:
            return []
        chosen.append(able[0] if state.setup.slots else by_difficulty(state, able, rank(state, value)))
        rest.remove(chosen[-1])
    return chosen


def rank(state: Round, value: int) -> float:
    """The height of a value among those of the round: 0 for the lowest, 1 for the highest."""
    values = sorted({*state.settings["values"], value})
    return values.index(value) / (len(values) - 1) if len(values) > 1 else 0.0


def level(state: Round, value: int) -> str:
    return LEVELS[round(rank(state, value) * (len(LEVELS) - 1))]


def by_difficulty(state: Round, able: Sequence[int], share: float) -> int:
    """The question at this height among those that are left."""
    rising = sorted(able, key=lambda index: (state.body(index).get("difficulty") or 0, index))
    return rising[int(share * (len(rising) - 1))]


def let_pick(state: Round, command: Command) -> Iterator[Event]:
    """The contestant of this turn picks; nothing where no question is left."""
    if choices := offered(state):
        yield pick(state, command, choices)


def packages() -> Mechanic:
    """Makes the mechanic, which stands on `picking`, `turns` and `stakes`. It says `planned {seat, values,
    questions}`."""

    def plan(state: Round, event: Event, command: Command) -> Iterator[Event]:
        values = [int(one) for one in event.data["choice"].split(PLUS)]
        yield Event("planned", {"seat": event.data["seat"], "values": values, "questions": drawn(state, values)})

    return Mechanic(keeps=Packages(), after={"picked": plan}, changes={"turn": _begun, "planned": _planned})


def _begun(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Packages), turn=()))


def _planned(state: Round, data: Mapping[str, Any]) -> Round:
    kept, chosen = state.of(Packages), tuple(data["questions"])
    return state.keeping(Packages((*kept.turn, *chosen), kept.used | set(chosen)))
