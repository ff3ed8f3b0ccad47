"""A verdict that was pressed wrongly and corrected leaves the scores of a show in which it was right at once.

Two shows of the same people: what somebody answers, and how the host rules, depends on round, question and seat alone.
In one of them a single verdict is pressed the other way round and corrected: at once, when the key is shown, while the
next question is asked, a round later or at the end. Then points, roles, turns and locks are those of the other show; or
what cannot be is void, or stays, and the event tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import pytest

from quizzes import show
from quizzes.anew import KEY, ROUNDS, SHORT, TURN
from quizzes.engine import HOST, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Kind
from quizzes.mechanics.guess import Guess
from quizzes.mechanics.lock_out import may_buzz
from quizzes.mechanics.wheel import Wheel
from tests.quizzes.people import EVERYBODY, Stage, single
from tests.quizzes.twins import askable

PRESSED = {key for key, fmt in FORMATS.items() if any(one.verdicts is not Kind.verdicts for one in fmt.kinds.values())}
"""The formats in which somebody is told right or wrong by a person."""
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "buzzer": [{"wrong_penalty": 2.5}, {"after_wrong": "reopen"}, {"after_wrong": "close", "wrong_penalty": 5}],
    "finish": [{"contestants": 2, "each": 2}, {"contestants": 2, "each": 2, "steal": "add"}],
    "warm_up": [
        {"floor": True, "each": 2, "common": 4},
        {"each": 0, "common": 6, "wrong_penalty": 7.5},
        {"each": 0, "common": 6, "lock_out": True, "floor": True},
        {"each": 0, "common": 6, "lock_out": True, "after_wrong": "order"},
    ],
    "draw": [{"who": "order", "contestants": 3, "seconds": 0}],
    "obstacle": [{"contestants": 3}],
    "tie_break": [{"contestants": 4}],
    "wheel": [{"contestants": 2, "seconds": 0}],
}
MOMENTS = ("at once", "revealed", "in the next question", "a round later", "at the end")
MOST_STEPS = 1500
Said = tuple[int, int, int]
"""(round, question, seat) of a verdict."""


@dataclass
class Course:
    """A show played to its end. `flipped` is pressed the other way round, and corrected `when`."""

    stage: Stage
    flipped: Said | None = None
    when: str = ""
    said: dict[Said, int] = field(default_factory=dict)
    """Verdict -> the opening it was in."""
    corrected: bool = False

    def drawn(self, *of: Any) -> int:
        return crc32(repr(of).encode())

    def play(self) -> Course:
        for _ in range(MOST_STEPS):
            if self.stage.phase == "over" and not self.is_due():
                return self
            self.step()
        raise AssertionError(f"the show stands at {self.stage.phase}")

    def step(self) -> None:
        stage = self.stage
        offered = {one["do"] for one in show.view(stage.state, Viewer("host"))["acts"]}
        if self.is_due():
            self.correct()
        elif {"right", "wrong"} <= offered and (one := self.ruled_on()) is not None:
            self.rule(one)
        elif {"spin", "call"} & offered:
            self.spin()
        elif not self.answer():
            stage.advance()

    def spin(self) -> None:
        """The host spins, calls or solves for the seat of the turn."""
        state = self.stage.state
        may = [one for one in show.possible(state) if one.actor.role == HOST and one.name in ("spin", "call", "solve")]
        where = (state.index, state.round.question, state.round.cast.turn, state.round.of(Wheel).called)
        chosen = may[self.drawn("wheel", *where) % len(may)]
        self.stage.command(chosen.name, **chosen.args)
        self.stage.settle()

    def ruled_on(self) -> Said | None:
        """The answer that somebody has to rule on now."""
        played = self.stage.state.round
        own = show.view(self.stage.state, Viewer("stage"))["format"]
        seat = own.get("answering") or played.cast.turn
        return None if not seat else (self.stage.state.index, played.question, seat)

    def rule(self, said: Said) -> None:
        first = said not in self.said
        no = max(no for no, ask in self.stage.state.round.asks.items() if self.may_be_ruled_on(ask))
        self.said.setdefault(said, no)
        wrongly = first and said == self.flipped
        self.stage.command("right" if self.is_right(said) is not wrongly else "wrong")
        self.stage.settle()

    def carried(self) -> list[dict[int, int]]:
        """The scores that each round began from."""
        return [
            {seat: half for seat, half in one.setup.carried.scores.items() if half} for one in self.stage.state.rounds
        ]

    def standing(self) -> list[Any]:
        """The part of every seat in every round, whose turn it is at its end, who has solved it, who is locked out."""
        return [
            (
                {seat: one.cast.role(seat) for seat in EVERYBODY},
                one.cast.turn,
                one.of(Guess).solved if Guess in one.kept else None,
                may_buzz(one) if "lock_out" in one.settings else None,
            )
            for one in self.stage.state.rounds
        ]

    def stands(self) -> set[str]:
        """The things that stay as they were, as the correction told."""
        return {what for one in self.stage.state.changes for what in one.data.get("stands", ())}

    def decides(self, said: Said) -> bool:
        state = self.stage.state
        return state.format_of(said[0]).kinds[state.rounds[said[0]].asks[self.said[said]].kind].ends_round

    def is_right(self, said: Said) -> bool:
        return self.drawn("ruled", *said) % 2 == 0

    def may_be_ruled_on(self, ask: Any) -> bool:
        return self.stage.state.format.kinds[ask.kind].verdicts is not Kind.verdicts

    def answer(self) -> bool:
        """One ballot, where one may be given; False where everybody has answered."""
        state = self.stage.state
        for ask in show.asks(state):
            if ask.status != "open" or ask.kind in ("along",):
                continue
            given = {one.seat for one in self.stage.ballots.get(ask.no, [])}
            for seat in sorted(EVERYBODY, key=lambda one: self.drawn("order", state.index, ask.during, one)):
                if seat in given or not show.may_answer(state, ask.no, seat):
                    continue
                choices = show.possible_choices(state, ask.no)
                if choices == [True]:
                    return self.buzz(ask)
                raw = choices[self.drawn("choice", state.index, ask.during, seat) % len(choices)]
                self.stage.answer(seat, raw=raw, no=ask.no, after_s=1 + len(given))
                return True
        return False

    def buzz(self, ask: show.Ask) -> bool:
        """Those who buzz, one shortly after the other; then the window is over. False where nobody does."""
        about = (self.stage.state.index, ask.during, ask.kind)
        may = [seat for seat in EVERYBODY if show.may_answer(self.stage.state, ask.no, seat)]
        seats = [seat for seat in may if self.drawn("buzz", *about, seat) % 3]
        for at, seat in enumerate(sorted(seats, key=lambda seat: self.drawn("order", *about, seat))):
            self.stage.answer(seat, raw=True, no=ask.no, after_s=1 + at * 0.04)
            if told := show.after_ballot(self.stage.state, ask.no, self.stage.at):
                self.stage.command(told.name, "clock", **told.args)
        while seats and self.stage.state.round.asks[ask.no].status == "open":
            self.stage.clock()
        return bool(seats)

    def is_due(self) -> bool:
        if self.flipped is None or self.corrected or self.flipped not in self.said:
            return False
        state, index = self.stage.state, self.flipped[0]
        if self.when == "at once":
            return self.can_be_corrected()
        if self.when == "at the end":
            return state.phase == "over" and self.can_be_corrected()
        later = state.index > index or state.phase in ("break", "standings")
        now = {"revealed": state.phase == "revealed", "in the next question": self.is_in_the_next()}.get(self.when)
        return self.can_be_corrected() and bool(later or now)

    def is_in_the_next(self) -> bool:
        """A later question of the round has been ruled on, or is being answered."""
        played = self.stage.state.round
        return played.question != self.flipped[1] and played.phase in ("answering", "closed", "revealed")

    def dealt(self) -> list[Any]:
        """The order of the contestants, and the seat of each question of one."""
        return [
            (one.cast.order, [list(ask.roll) for ask in one.asks.values() if len(ask.roll) == 1])
            for one in self.stage.state.rounds
        ]

    def can_be_corrected(self) -> bool:
        assert self.flipped is not None
        no, seat = self.said[self.flipped], self.flipped[2]
        found = self.stage.state.opening(no)
        kinds = self.stage.state.format_of(self.flipped[0]).kinds
        return found is not None and seat in kinds[found[1].kind].verdicts(self.stage.state.rounds[found[0]], found[1])

    def correct(self) -> None:
        assert self.flipped is not None
        no, seat = self.said[self.flipped], self.flipped[2]
        self.stage.command("correct", no=no, seat=seat, right=self.is_right(self.flipped), reason_ref=1)
        self.stage.settle()
        self.corrected = True

    def points(self, but: Said | None = None) -> dict[int, int]:
        """seat -> half-points; without what others won by one question, or in all its round where it decided that."""
        total = {row["seat"]: row["points"] for row in show.results(self.stage.state)}
        for one in show.sheet(self.stage.state) if but else ():
            of_it = one["round"] == but[0] and (self.decides(but) or one["question"] == but[1])
            if of_it and one["status"] == "revealed" and one["scored"]:
                for seat in one["results"].keys() - {but[2]}:
                    total[seat] -= one["results"][seat][0]
        return total


def made(key: str, settings: dict[str, Any]) -> Callable[[], Stage]:
    """Two rounds of the format, then one of another; a tie-break after a round that left all equal."""
    pairs = askable(FORMATS[key])
    questions = [{**one[0], "practical": True} if one[0]["type"] == "true_false" else one[0] for one in pairs] * 3
    spec, after = {"format": key, "settings": settings}, {"format": "buzzer", "settings": {"attempts": 1}}
    listed = [questions[:6], questions[6:12] or questions[:6], [single(1), single(2)]]
    return lambda: Stage(spec, spec, after, questions=listed, seed=key, standings="round")


def courses() -> Iterator[Any]:
    for key in sorted(PRESSED):
        for at, settings in enumerate(SETTINGS[key]):
            for when in MOMENTS:
                yield pytest.param(key, settings, when, id=f"{key}-{at}-{when}")


def test_every_format_in_which_somebody_rules_is_tried() -> None:
    assert set(SETTINGS) == PRESSED


@pytest.mark.parametrize(("key", "settings", "when"), list(courses()))
def test_the_scores_are_those_of_a_show_in_which_it_was_right_at_once(
    key: str, settings: dict[str, Any], when: str
) -> None:
    begun = made(key, settings)
    right_at_once = Course(begun()).play()
    tried = 0
    for said in right_at_once.said:
        if said[0] > 1:
            continue
        course = Course(begun(), said, when).play()
        if not course.corrected:
            continue
        tried += 1
        assert course.stage.replayed() == course.stage.state
        told = show.view(course.stage.state, Viewer("stage"))["void"]
        elsewhere = [
            one for one in told if one["why"] == "corrected" and (one["round"] - 1, one["question"] - 1) != said[:2]
        ]
        stands = course.stands()
        as_begun = {TURN, ROUNDS} & stands and course.dealt() != right_at_once.dealt()
        if elsewhere or as_begun:
            continue  # void, or played in the order in which it had begun: both are told
        lost = said if {KEY, SHORT} & stands else None  # nobody may try for a key that everybody knows
        assert course.points(lost) == right_at_once.points(lost), (said, stands)
        assert lost or course.carried() == right_at_once.carried(), "later rounds go on from these scores"
        assert lost or course.standing() == right_at_once.standing(), (said, stands)
    assert tried
