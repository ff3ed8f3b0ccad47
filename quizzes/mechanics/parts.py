"""Parts: something of what is hidden is shown before the reveal. The event `shown` is the only way.

`shown {no, what, parts}` is what the leak test is told: two shows that differ in the key must look the same
given the same `shown`. So each kind of part says whether it is true under a key, and undo stops behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import Event
from quizzes.grammar import Kind, Mechanic
from quizzes.mechanics import bank_question
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Ask, Round

TAKEN, VERDICT = "taken", "verdict"


@dataclass(frozen=True)
class Shown:
    parts: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    """question -> what -> the parts shown so far."""


def shown(no: int, what: str, parts: Any) -> Event:
    return Event("shown", {"no": no, "what": what, "parts": parts})


def parts_of(state: Round) -> Mapping[str, Any]:
    """The parts of the current question that are shown."""
    return state.of(Shown).parts.get(state.question, {})


def taken(state: Round, ask: Ask) -> frozenset[str]:
    return frozenset(state.of(Shown).parts.get(ask.during, {}).get(TAKEN, ()))


def parts() -> Mechanic:
    return Mechanic(
        keeps=Shown(),
        changes={"shown": _shown},
        reveals={TAKEN: _are_wrong, VERDICT: _is_ruled},
        view=lambda state, viewer: {"parts": dict(parts_of(state))},
    )


def _shown(state: Round, data: Mapping[str, Any]) -> Round:
    question = state.asks[data["no"]].during
    known = state.of(Shown).parts
    return state.keeping(Shown({**known, question: {**known.get(question, {}), data["what"]: data["parts"]}}))


def _are_wrong(state: Round, data: Mapping[str, Any]) -> bool:
    ask = state.asks[data["no"]]
    return not any(bank_question.grade(state, ask, option) for option in data["parts"])


def _is_ruled(state: Round, data: Mapping[str, Any]) -> bool:
    right = any(share == FULL for _, share, _ in state.asks[data["no"]].results.values())
    return bool(right == data["parts"])


# half of the options, taken away


def can_be_halved(state: Round, ask: Ask) -> bool:
    """True for one right option among more than two, none of them taken away yet."""
    body = state.body(ask.question)
    return body["type"] == "single" and len(body["options"]) > 2 and not taken(state, ask)


def halved(state: Round, ask: Ask) -> Event:
    """Takes wrong options away until two are left."""
    wrong = [option for option, _ in ask.shown if bank_question.grade(state, ask, option) != FULL]
    gone = Draws(state.setup.seed, TAKEN, ask.no).sample(wrong, len(ask.shown) - 2)
    return shown(ask.no, TAKEN, sorted(gone))


def without_taken(kind: Kind) -> Kind:
    """An ask from whose options some may be taken away."""

    def face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
        """The face with the options that are left, each under its own letter: `at` is its place among all."""
        whole, gone = kind.face(state, ask, lang), taken(state, ask)
        if not gone:
            return whole
        placed = [{**one, "at": at} for at, one in enumerate(whole["options"])]
        return {**whole, "options": [one for one in placed if one["id"] not in gone]}

    def read(state: Round, ask: Ask, raw: Any) -> Any:
        if raw.__hash__ and raw in taken(state, ask):
            raise Rejected("bad_choice")
        return kind.read(state, ask, raw)

    def possible(state: Round, ask: Ask) -> list[Any]:
        gone = taken(state, ask)
        return [one for one in kind.possible(state, ask) if not (isinstance(one, str) and one in gone)]

    return replace(kind, face=face, read=read, possible=possible)
