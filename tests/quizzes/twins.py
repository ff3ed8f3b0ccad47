"""Shows played at random, one or several in step: what the promise tests of rules and screens share."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from quizzes import show
from quizzes.engine import Format
from quizzes.script import check_question
from tests.quizzes.people import EVERYBODY, Stage, said, word
from tests.quizzes.questions.samples import TWINS

MOST_MOVES = 120
KINDS = [*TWINS, (word(1), {**word(1), "answer": ["bí mật"]})]
"""Pairs of questions that differ in nothing but the key."""


def askable(fmt: Format) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """One pair of each type this format can ask, each with its own text."""
    by_type = {pair[0]["type"]: pair for pair in KINDS if not check_question(fmt.key, pair[0])}
    return [
        ({**one, "text": said(f"{place}?")}, {**other, "text": said(f"{place}?")})
        for place, (one, other) in enumerate(by_type.values())
    ]


def opened(fmt: Format, questions: list[dict[str, Any]], seed: str, **settings: Any) -> Stage:
    """Two rounds of the format, so that what one leaves behind meets the other."""
    spec = {"format": fmt.key, "settings": settings}
    half = len(questions) // 2 or 1
    return Stage(spec, spec, questions=[questions[:half], questions[half:]], seed=seed)


def variants(fmt: Format, dice: random.Random) -> dict[str, Any]:
    """Some settings of the format, drawn over all it declares."""
    drawn: dict[str, Any] = {}
    for name, setting in fmt.settings.items():
        match setting.kind:
            case "flag":
                drawn[name] = dice.random() < 0.5
            case "choice":
                drawn[name] = dice.choice(setting.choices)
            case "whole":
                drawn[name] = dice.choice([setting.low, setting.default, min(setting.high, setting.default + 3)])
            case "numbers":
                drawn[name] = [dice.randint(1, 3)]
    return drawn


def answer_some(stages: list[Stage], dice: random.Random) -> None:
    """The same ballots in every stage, right and wrong ones, from whoever may still answer."""
    first = stages[0]
    for ask in show.asks(first.state):
        if ask.status != "open" or first.state.halt:
            continue
        given = {ballot.seat for ballot in first.ballots.get(ask.no, [])}
        for seat in EVERYBODY:
            if seat not in given and show.may_answer(first.state, ask.no, seat) and dice.random() < 0.7:
                raw, after = dice.choice(show.possible_choices(first.state, ask.no)), dice.random() * 4
                for stage in stages:
                    stage.answer(seat, raw=raw, after_s=after, lag_us=20_000 * seat)
        for stage in stages:
            if stage.ballots.get(ask.no) and (told := show.after_ballot(stage.state, ask.no, stage.at)):
                stage.command(told.name, "clock", **told.args)


def move(stages: list[Stage], dice: random.Random) -> None:
    """One command in every stage: one of the possible, or what the clock says."""
    first = stages[0]
    if dice.random() < 0.4:
        answer_some(stages, dice)
    commands = list(show.possible(first.state))
    commands += [one for one in commands if one.name == "advance"] * 2
    chosen = dice.choice(commands)
    by_clock = dice.random() < 0.3 and show.deadline(first.state) is not None
    for stage in stages:
        stage.at += 250_000
        if by_clock:
            stage.clock()
        else:
            stage.command(chosen.name, chosen.actor.role, **chosen.args)
            stage.settle()


def playout(stages: list[Stage], seed: int) -> Iterator[None]:
    """A show played at random to its end; yields after every move."""
    dice = random.Random(seed)
    for _ in range(MOST_MOVES):
        if stages[0].phase == "over":
            return
        yield
        move(stages, dice)
    for stage in stages:
        stage.until("over")


def key_is_out(played: Stage, round_index: int, question: int) -> bool:
    state = played.state
    return any(
        ask.no in state.key_shown or ask.status == "revealed" for index, ask in state.openings()
        if (index, ask.question) == (round_index, question)
    )  # fmt: skip


def rules_out_the_right_order(stages: list[Stage]) -> bool:
    """An ordering question is never shown in its right order, which everybody is told: where the draw meets the
    one key of many that it must avoid, and only there, the two shows part."""
    asks = [show.asks(stage.state) for stage in stages]
    parted = [one.shown for one in asks[0]] != [other.shown for other in asks[1]]
    assert not parted or stages[0].state.round.body()["type"] == "ordering"
    return parted
