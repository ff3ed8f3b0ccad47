"""Heard: the host or the judges accept an answer that somebody said aloud; the phone of that person may answer, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import HOST, JUDGE, Command, Event, Graded, Viewer
from quizzes.grammar import Judged, Kind, Mechanic, Move, Results, Run
from quizzes.mechanics import asking, bank_question
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import JUDGED, OPEN, REVEALED, Ask, Round
from quizzes.scoring import rounded_us

Judge = Callable[[Round, Ask, Sequence[Graded], Command], Judged]


def is_asked(state: Round) -> bool:
    ask = state.newest("question")
    return ask is not None and ask.status == OPEN


@dataclass(frozen=True)
class Heard:
    """The openings on whose spoken answer somebody gave a verdict."""

    nos: frozenset[int] = frozenset()


def heard(worth: Callable[[Round, int], int]) -> Mechanic:
    """`worth`: a question's half-points."""

    def corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
        return {**so_far, ask.no: {seat: (worth(state, ask.during), FULL, 0)} if right else {}}

    by_judges = frozenset({HOST, JUDGE})
    return Mechanic(
        keeps=Heard(),
        moves={
            "open": {
                "right": Move(by_judges, ruled(FULL), when=is_asked),
                "wrong": Move(by_judges, ruled(0), when=is_asked),
            }
        },
        changes={"heard": _heard},
        corrects=corrects,
        view=view,
    )


def can_be_heard(kind: Kind) -> Kind:
    """The ask whose answer is heard: a verdict that was pressed wrongly can be corrected."""

    def verdicts(state: Round, ask: Ask) -> list[int]:
        return list(ask.roll) if ask.no in state.of(Heard).nos and ask.status in (JUDGED, REVEALED) else []

    return replace(kind, verdicts=verdicts)


def ruled(share: int) -> Run:
    """The verdict ends the question."""

    def run(state: Round, command: Command) -> Iterator[Event]:
        ask = state.newest("question")
        assert ask is not None  # noqa: S101
        yield Event("heard", {"no": ask.no, "share": share})
        yield from (asking.closing(one, command) for one in state.open_asks())

    return run


def heard_or_tapped(worth: Callable[[Round, int], int]) -> Judge:
    """Judges by the verdict of the person who listened, else by the option that was tapped. `worth`: a question's
    half-points."""

    def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
        seat, own = state.cast.turn or 0, next(iter(graded), None)
        share = ask.more.get("heard", own.right if own else 0)
        us = rounded_us(ask.elapsed_us(own.at)) if own and share == FULL else 0
        result = (worth(state, ask.during) * share // FULL, share, us)
        return Judged({seat: result} if share else {}, bank_question.counts(state, ask, graded))

    return judge


def keep_verdict(state: Round, data: Mapping[str, Any]) -> Round:
    """Keeps the share that the verdict gives with the ask, for its judging."""
    ask = state.asks[data["no"]]
    return state.with_ask(replace(ask, more={**ask.more, "heard": data["share"]}))


def _heard(state: Round, data: Mapping[str, Any]) -> Round:
    return keep_verdict(state.keeping(Heard(state.of(Heard).nos | {data["no"]})), data)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {"asked": is_asked(state)}
