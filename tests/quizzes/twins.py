"""Shows played at random, one or several in step: what the promise tests of rules and screens share."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from quizzes import show
from quizzes.grammar import Format
from quizzes.script import check_question
from tests.quizzes.people import EVERYBODY, ROOM, Stage, said, word
from tests.quizzes.questions.samples import TWINS, question

MOST_MOVES = 120
PHRASES = ["Bộ Chính trị", "Politburo"], ["Bộ Thông tin"]
"""Alike in shape, so that a board of hidden letters does not tell them apart at once."""
KINDS = [
    *TWINS,
    *((question("text", one), question("text", other)) for one, other in [PHRASES]),
    (word(1), {**word(1), "answer": ["bí mật"]}),
    (question("true_false", True, practical=True), question("true_false", False, practical=True)),
]
"""Pairs of questions that differ in nothing but the key."""


def askable(fmt: Format) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """One pair of each type this format can ask, each with its own text."""
    by_type = {pair[0]["type"]: pair for pair in KINDS if not check_question(fmt.key, pair[0])}
    return [
        ({**one, "text": said(f"{place}?")}, {**other, "text": said(f"{place}?")})
        for place, (one, other) in enumerate(by_type.values())
    ]


def opened(
    fmt: Format, questions: list[dict[str, Any]], seed: str, room: dict[str, Any] = ROOM, **settings: Any
) -> Stage:
    """Two rounds of the format, so that what one leaves behind meets the other."""
    spec = {"format": fmt.key, "settings": settings}
    half = len(questions) // 2 or 1
    return Stage(spec, spec, questions=[questions[:half], questions[half:]], seed=seed, room=room)


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
            case "choices":
                drawn[name] = dice.sample(setting.choices, dice.randint(1, len(setting.choices)))
            case "points":
                drawn[name] = dice.choice([setting.low, setting.default, setting.low + 2.5])
            case "numbers":
                drawn[name] = [dice.randint(1, 3)]
            case "point_list":
                drawn[name] = [dice.randint(1, 3) + 0.5, dice.randint(1, 3)]
    return drawn


def answer_some(stages: list[Stage], dice: random.Random) -> None:
    """The same ballots in every stage, right and wrong ones, from whoever may still answer."""
    first = stages[0]
    together = dice.choice([None, None, 1.0])
    for ask in show.asks(first.state):
        if ask.status != "open" or first.state.halt:
            continue
        given = {ballot.seat for ballot in first.ballots.get(ask.no, [])}
        for seat in EVERYBODY:
            if seat not in given and show.may_answer(first.state, ask.no, seat) and dice.random() < 0.7:
                raw, after = dice.choice(show.possible_choices(first.state, ask.no)), together or dice.random() * 4
                for stage in stages:
                    stage.answer(seat, raw=raw, after_s=after, lag_us=20_000 * seat, no=ask.no)
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
    before = [(stage.state, len(stage.journal)) for stage in stages]
    for stage in stages:
        stage.at += 250_000
        if by_clock:
            stage.clock()
        else:
            stage.command(chosen.name, chosen.actor.role, as_seat=chosen.actor.seat, **chosen.args)
            stage.settle()
    for place in range(1, len(stages)):
        give_the_same_reveals((first, stages[place]), (before[0], before[place]))


def give_the_same_reveals(stages: Sequence[Stage], before: Sequence[tuple[show.ShowState, int]]) -> None:
    """Two keys may lead to two partial reveals. The second show is given those of the first, where they are true
    under its key too; where they are not, everybody may tell the two apart, and the comparing ends."""
    first, second = stages
    news = [list(stage.journal[length:]) for stage, (_, length) in zip(stages, before, strict=True)]
    shown, rest = zip(*(split_off_reveals(lines) for lines in news), strict=True)
    if shown[0] == shown[1]:
        return
    if rest[0] != rest[1]:
        second.parted = True
        return
    second.state, length = before[1]
    del second.journal[length:]
    for line in news[0]:
        second.parted |= not show.is_true(second.state, line[0])
        second.journal.append(line)
        second.state = show.evolve(second.state, *line)


def split_off_reveals(lines: list[Any]) -> tuple[list[Any], list[Any]]:
    events = [line[0] for line in lines]
    return [one for one in events if one.name == "shown"], [one for one in events if one.name != "shown"]


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
        ask.no in state.key_shown or ask.status == "revealed"
        for index, ask in state.openings()
        if (index, ask.question) == (round_index, question)
    )


def rules_out_the_right_order(stages: list[Stage]) -> bool:
    """An ordering question is never shown in its right order, which everybody is told: where the draw meets the
    one key of many that it must avoid, and only there, the two shows part."""
    asks = [show.asks(stage.state) for stage in stages]
    parted = [one.shown for one in asks[0]] != [other.shown for other in asks[1]]
    assert not parted or stages[0].state.round.body()["type"] == "ordering"
    return parted


def told_apart(stages: list[Stage]) -> bool:
    """A partial reveal was true under one key only."""
    return any(stage.parted for stage in stages)
