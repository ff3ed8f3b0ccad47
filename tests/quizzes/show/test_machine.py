"""Any host, any order of commands: what holds for every show."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizzes import show
from quizzes.engine import CLOCK, Viewer
from quizzes.refusals import Rejected
from quizzes.show.fold import NOT_STEPS
from tests.quizzes.people import EVERYBODY, SECOND, Stage, buzzer, poll, single, speed, typed, vote, word

SEATS = st.sampled_from(EVERYBODY)


class Shows(RuleBasedStateMachine):
    """Plays a show of three formats. Beside it runs a tiny model of what only a host's steps change."""

    @initialize(
        standings=st.sampled_from(["every", "round", "never"]),
        breaks=st.booleans(),
        streak=st.booleans(),
        tie=st.sampled_from(["draw", "host"]),
        after_wrong=st.sampled_from(["order", "reopen", "close"]),
        strict=st.booleans(),
        reading=st.sampled_from([0, 3]),
        first=st.sampled_from([0, 1, 1, 2]),
    )
    def begin(
        self,
        standings: str,
        breaks: bool,
        streak: bool,
        tie: str,
        after_wrong: str,
        strict: bool,
        reading: int,
        first: int,
    ) -> None:
        rounds = (
            speed(streak=streak, reading_s=reading, practice=[3]),
            buzzer(tie=tie, after_wrong=after_wrong, strict_time=strict, wrong_penalty=5),
            poll(),
        )
        asked = [[single(1), typed(2, "VNeID"), single(3)], [single(4), single(5)], [vote(6), word(7)]]
        rounds, asked = rounds[first:] + rounds[:first], asked[first:] + asked[:first]
        self.stage = Stage(*rounds, questions=asked, standings=standings, breaks=breaks)
        self.adjusted: dict[int, int] = {}
        self.steps: list[dict[int, int]] = []
        self.numbers: list[int] = []
        self.shown: set[int] = set()
        self.perform("advance")
        self.perform("advance")

    def perform(self, name: str, role: str = "host", **args: Any) -> bool:
        """One command; the model follows what was accepted. Refusals change nothing."""
        before = self.stage.state
        try:
            events = self.stage.command(name, role, **args)
        except Rejected as refusal:
            assert refusal.code in {"not_now", "not_found", "key_shown", "bad_request"}
            assert self.stage.state is before
            return False
        if role != CLOCK and events and events[0].name not in NOT_STEPS:
            self.steps.append(dict(self.adjusted))
        for event in events:
            if event.name == "adjusted":
                self.adjusted[event.data["seat"]] = self.adjusted.get(event.data["seat"], 0) + event.data["half"]
            if event.name == "undone":
                for _ in range(event.data["steps"]):
                    self.adjusted = self.steps.pop()
            if event.name == "opened":
                self.numbers.append(event.data["no"])
            if event.name == "revealed" and self.stage.state.format.needs_answer:
                self.shown |= set(event.data["nos"])
        return True

    @rule(seconds=st.integers(0, 12))
    def wait(self, seconds: int) -> None:
        self.stage.at += seconds * SECOND

    @rule(settle=st.booleans())
    def advance(self, settle: bool) -> None:
        self.perform("advance")
        if settle:
            self.settle()

    @rule()
    def settle(self) -> None:
        while waiting := show.unjudged(self.stage.state):
            no = waiting[0].no
            if waiting[0].status == "closing":
                self.perform("settled", CLOCK, no=no)
            graded = show.grade(self.stage.state, no, self.stage.ballots.get(no, []))
            assert self.perform("judge", CLOCK, no=no, graded=graded, closings=waiting[0].closings)

    @rule(picks=st.lists(st.integers(0, 9), min_size=4, max_size=4), apart_us=st.sampled_from([0, 20_000, SECOND]))
    def play(self, picks: list[int], apart_us: int) -> None:
        """Everybody answers what is open, then the host goes on: most of a show is this."""
        for seat, pick in zip(EVERYBODY, picks, strict=True):
            self.answer(seat, pick, 0)
            self.stage.at += apart_us
        self.advance(settle=True)

    @rule(verdict=st.sampled_from(["right", "wrong", "advance"]))
    def go_on(self, verdict: str) -> None:
        self.perform(verdict if self.stage.phase == "answering" else "advance")
        self.settle()

    @rule(seat=SEATS, pick=st.integers(0, 9), lag_us=st.sampled_from([0, 40_000, 400_000]))
    def answer(self, seat: int, pick: int, lag_us: int) -> None:
        """A ballot as the shell stores one: on the roll, behind the fence, once per seat."""
        stage = self.stage
        for fence in show.fences(stage.state):
            late = fence.closes_at is not None and stage.at > fence.closes_at
            stored = {ballot.seat for ballot in stage.ballots.get(fence.no, [])}
            if fence.accepting and not late and seat not in stored and show.may_answer(stage.state, fence.no, seat):
                raw = show.possible_choices(stage.state, fence.no)
                after = (stage.at - stage.ask.opens_at) / SECOND
                stage.answer(seat, raw=raw[pick % len(raw)], after_s=after, lag_us=lag_us)
                if told := show.after_ballot(stage.state, fence.no, stage.at):
                    self.perform(told.name, CLOCK, **told.args)

    @rule(settle=st.booleans())
    def clock(self, settle: bool) -> None:
        due = show.deadline(self.stage.state)
        if due is not None:
            self.stage.at = max(self.stage.at, due)
            told = show.clock_command(self.stage.state)
            assert self.perform(told.name, CLOCK, **told.args), "what is due is never refused"
        if settle:
            self.settle()

    @rule(name=st.sampled_from(["pause", "resume", "close_now", "lock", "right", "wrong"]))
    def simple(self, name: str) -> None:
        self.perform(name)

    @rule(steps=st.integers(1, 5))
    def undo(self, steps: int) -> None:
        self.perform("undo", steps=steps)

    @rule(no=st.integers(1, 8))
    def void(self, no: int) -> None:
        self.perform("void", no=no)

    @rule(seat=SEATS, half=st.integers(-9, 9))
    def adjust(self, seat: int, half: int) -> None:
        self.perform("adjust", seat=seat, points=half / 2)

    @rule(seat=SEATS, name=st.sampled_from(["kick", "readmit", "name", "approve", "hide"]))
    def seat(self, seat: int, name: str) -> None:
        self.perform(name, seat=seat, word=seat)

    @rule(ago_s=st.integers(0, 9))
    def crash(self, ago_s: int) -> None:
        self.perform("suspend", CLOCK, alive_at=self.stage.at - ago_s * SECOND)

    def teardown(self) -> None:
        """The journal rebuilds the state, and from wherever it stands `advance` alone reaches `over`."""
        if hasattr(self, "stage"):
            assert self.stage.replayed() == self.stage.state
            self.stage.settle()
            self.stage.until("over")

    @invariant()
    def scores_are_revealed_results_and_adjustments(self) -> None:
        if not hasattr(self, "stage"):
            return
        expected = {seat: self.adjusted.get(seat, 0) for seat in EVERYBODY}
        for one in show.sheet(self.stage.state):
            for seat, (half, _, _) in one["results"].items():
                expected[seat] += half if one["status"] == "revealed" else 0
        for seat in EVERYBODY:
            if seat not in self.stage.state.kicked:
                assert show.me(self.stage.state, seat)["score"] == show.points(expected[seat])

    @invariant()
    def numbers_are_used_once_and_none_is_forgotten(self) -> None:
        if hasattr(self, "stage"):
            assert len(set(self.numbers)) == len(self.numbers)
            there = {ask.no for _, ask in self.stage.state.openings()} | self.stage.state.void.keys()
            assert there == set(self.numbers)

    @invariant()
    def fences_fit_the_phase(self) -> None:
        if not hasattr(self, "stage"):
            return
        state = self.stage.state
        for fence in show.fences(state):
            assert fence.no not in self.shown, "what was shown is never asked again"
            assert fence.no not in state.void
            if state.halt:
                assert not fence.accepting or fence.code == "too_late"
            else:
                assert state.phase == "open"
        if state.phase == "open":
            assert show.fences(state)

    @invariant()
    def screens_can_be_made(self) -> None:
        if hasattr(self, "stage"):
            for role in ("host", "stage", "player"):
                json.dumps(show.view(self.stage.state, Viewer(role)))


TestShows = Shows.TestCase
TestShows.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("seed", range(25))
def test_long_shows_with_a_restless_host_keep_all_this(seed: int) -> None:
    """Hypothesis finds short stories; these are long ones, most of whose commands are accepted."""
    dice = random.Random(seed)
    shows = Shows()
    first, tie, after_wrong = dice.randrange(3), dice.choice(["draw", "host"]), dice.choice(["order", "reopen"])
    shows.begin(
        standings="every",
        breaks=True,
        streak=True,
        tie=tie,
        after_wrong=after_wrong,
        strict=seed % 2 == 0,
        reading=3,
        first=first,
    )
    stories = [
        lambda: shows.play([dice.randrange(10) for _ in EVERYBODY], dice.choice([0, 20_000, SECOND])),
        lambda: shows.go_on(dice.choice(["right", "wrong", "advance"])),
        lambda: shows.answer(dice.choice(EVERYBODY), dice.randrange(10), 40_000),
        lambda: shows.clock(dice.random() < 0.5),
        lambda: shows.undo(dice.randint(1, 3)),
        lambda: shows.void(shows.stage.state.last_no - dice.randrange(3)),
        lambda: shows.adjust(dice.choice(EVERYBODY), dice.randint(-9, 9)),
        lambda: shows.simple(dice.choice(["pause", "resume", "close_now"])),
        lambda: shows.seat(dice.choice(EVERYBODY), dice.choice(["kick", "readmit", "name", "approve", "hide"])),
        lambda: shows.crash(2),
    ]
    for _ in range(60):
        [story] = dice.choices(stories, weights=[6, 8, 3, 4, 1, 1, 1, 1, 1, 1])
        story()
        shows.scores_are_revealed_results_and_adjustments()
        shows.numbers_are_used_once_and_none_is_forgotten()
        shows.fences_fit_the_phase()
    shows.teardown()
