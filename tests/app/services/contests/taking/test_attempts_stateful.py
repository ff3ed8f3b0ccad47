"""Whatever people, devices and a bad network do, in any order: the promises of an attempt hold.

A model remembers every acknowledgement. After every step: never more counted tries than the rules allow, never two
that can be written at once; nothing stored that arrived after the deadline and its grace, or after handing in; no
acknowledged answer lost or overwritten by a device that had not seen it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Contest, ContestQuestion, Entrant
from app.models.engines import Database
from app.services.commit import reading, writing
from app.services.contests.taking import saving, starting
from app.services.contests.taking.saving import Line
from app.services.contests.taking.starting import Entry
from quizzes.engine import SECOND
from quizzes.questions import of
from quizzes.refusals import Rejected
from tests.contests import Held, hold, open_now
from tests.organisation import Organisation, plant
from tests.people import AN, DUNG

PLACES, GRACE, LENGTH = 3, 5, 60
RULES: dict[str, Any] = {
    "waves": open_now(2),
    "blueprint": {"cells": [{"difficulty": [1, 3], "count": PLACES}]},
    "timing": {"kind": "whole", "seconds": LENGTH},
    "attempts": {"most": 2, "per": "wave", "practice": 1},
}


class Attempts(RuleBasedStateMachine):
    """Two people, each with two devices, one contest of two waves."""

    org: ClassVar[Organisation]
    held: ClassVar[Held]

    @initialize()
    def begin(self) -> None:
        clear(self.held.id)
        self.now = self.held.rules.waves[0].opens_at
        self.tries: dict[int, list[str]] = {self.org.members[name]: [] for name in (AN, DUNG)}
        self.current: dict[int, str] = {}
        self.counts: dict[str, int] = {}
        self.seen: dict[tuple[str, str, int], int] = {}
        self.kept: dict[tuple[str, int], tuple[int, str, Any]] = {}  # (try, place) -> revision, device, choice
        self.last: dict[tuple[str, int, str], int] = {}  # (try, place, device) -> count of what it last stored
        self.submitted: dict[str, int] = {}
        self.sent: list[Line] = []

    @rule(seconds=st.sampled_from([1, 7, 30, 58, 64, 66, 3600, 86_400 - 30, 7 * 86_400 - 3600]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(name=st.sampled_from([AN, DUNG]), practice=st.booleans(), twice=st.booleans())
    def starts(self, name: str, practice: bool, twice: bool) -> None:
        member = self.org.members[name]
        entry = Entry(self.held.id, member, practice, self.now, agreed=True)
        for found in starting.start_group([entry] * (1 + twice)):
            if isinstance(found, Rejected):
                assert found.code in ("unfinished", "no_tries", "not_open", "over")
            else:
                self.tries[member].append(found)
                self.current[member] = found

    def line(self, name: str, device: str, do: str, place: int, choice: Any, late: int) -> Line | None:
        member = self.org.members[name]
        attempt = self.current.get(member)
        if attempt is None:
            return None
        self.counts[device] = self.counts.get(device, 0) + 1
        return Line(
            attempt,
            member,
            do,
            self.now - late * SECOND,
            place,
            choice,
            device,
            self.counts[device],
            self.seen.get((attempt, device, place), 0),
        )

    @precondition(lambda self: self.current)
    @rule(
        name=st.sampled_from([AN, DUNG]),
        device=st.sampled_from(["phone", "tablet"]),
        place=st.integers(0, PLACES - 1),
        number=st.integers(0, 3),
        acknowledged=st.booleans(),
        late=st.sampled_from([0, 0, 0, 3]),
    )
    def answers(self, name: str, device: str, place: int, number: int, acknowledged: bool, late: int) -> None:
        line = self.line(name, device, "answer", place, None, late)
        if line:
            self.sent.append(replace(line, choice=choice_of(line.attempt, place, number)))
            self.deliver(self.sent[-1], acknowledged)

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), delay=st.sampled_from([0, 10, 100]))
    def an_old_message_arrives_again(self, data: st.DataObject, delay: int) -> None:
        line = data.draw(st.sampled_from(self.sent[-8:]))
        self.deliver(replace(line, received_at=self.now + delay * SECOND), True)

    @precondition(lambda self: self.current)
    @rule(
        name=st.sampled_from([AN, DUNG]), device=st.sampled_from(["phone", "tablet"]), place=st.integers(0, PLACES - 1)
    )
    def looks_again(self, name: str, device: str, place: int) -> None:
        attempt = self.current.get(self.org.members[name])
        if attempt and (attempt, place) in self.kept:
            self.seen[attempt, device, place] = self.kept[attempt, place][0]

    @precondition(lambda self: self.current)
    @rule(name=st.sampled_from([AN, DUNG]))
    def hands_in(self, name: str) -> None:
        line = self.line(name, "phone", "submit", 0, None, 0)
        if line:
            said = saving.change(line)
            ends = times(line.attempt)[1]
            assert (said.code == "ok") == (line.attempt in self.submitted or line.received_at <= ends + GRACE * SECOND)
            if said.code == "ok":
                self.submitted.setdefault(line.attempt, line.received_at)

    def deliver(self, line: Line, acknowledged: bool) -> None:
        """Delivers a line and checks the service's reply against the model; without acknowledgement the device learns
        nothing."""
        key, before = (line.attempt, line.place), self.kept.get((line.attempt, line.place))
        said = saving.change(line)
        ends = times(line.attempt)[1]
        repeated = before and before[1] == line.device and line.count <= self.last.get((*key, line.device), 0)
        assert not repeated or said.code == "ok", "what was kept once is acknowledged for ever"
        if said.code == "ok" and not repeated:
            assert line.received_at <= ends + GRACE * SECOND, "stored after the deadline"
            assert line.attempt not in self.submitted, "stored after handing in"
            assert before is None or before[1] == line.device or line.seen == before[0], "overwritten unseen"
            self.kept[key] = (said.revision, line.device, line.choice)
            self.last[*key, line.device] = line.count
        if said.code == "ok" and acknowledged:
            self.seen[line.attempt, line.device, line.place] = said.revision
        if said.code != "ok":
            assert said.code in ("too_late", "submitted", "changed_elsewhere")

    @invariant()
    def acknowledged_answers_are_stored(self) -> None:
        assert stored(self.held.id) == {key: (one[0], one[2]) for key, one in self.kept.items()}

    @invariant()
    def nobody_has_more_tries_than_allowed(self) -> None:
        for member, waves in numbers(self.held.id).items():
            assert all(len(found) == len(set(found)) for found in waves.values())
            assert all(len(found) <= (1 if wave < 0 else 2) for wave, found in waves.items()), member

    @invariant()
    def one_try_at_a_time(self) -> None:
        for attempts in spans(self.held.id).values():
            ordered = sorted(attempts)
            assert all(ends < begins for (_, ends), (begins, _) in pairwise(ordered))


@reading
def times(db: Session, attempt: str) -> tuple[int, int]:
    return tuple(db.execute(select(Attempt.started_at, Attempt.closes_at).where(Attempt.public_id == attempt)).one())


@reading
def numbers(db: Session, contest_id: int) -> dict[int, dict[int, list[int]]]:
    found: dict[int, dict[int, list[int]]] = {}
    query = select(Attempt.member_id, Attempt.wave, Attempt.try_no).where(Attempt.contest_id == contest_id)
    for member, wave, number in db.execute(query):
        found.setdefault(member, {}).setdefault(wave, []).append(number)
    return found


@reading
def spans(db: Session, contest_id: int) -> dict[tuple[int, bool], list[tuple[int, int]]]:
    """(member, practice) -> when each try could be written."""
    found: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    query = select(Attempt).where(Attempt.contest_id == contest_id)
    for one in db.scalars(query):
        ends = one.closes_at + GRACE * SECOND if one.submitted_at is None else one.submitted_at - 1
        found.setdefault((one.member_id, one.wave < 0), []).append((one.started_at, ends))
    return found


@reading
def stored(db: Session, contest_id: int) -> dict[tuple[str, int], tuple[int, Any]]:
    query = (
        select(Attempt.public_id, AttemptAnswer.place, AttemptAnswer.revision, AttemptAnswer.choice)
        .join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
        .where(Attempt.contest_id == contest_id)
    )
    return {(name, place): (revision, json.loads(choice)) for name, place, revision, choice in db.execute(query)}


@reading
def _papers(db: Session, attempt: str, place: int) -> tuple[Any, Any]:
    row = db.execute(select(Attempt.paper, Attempt.wave, Attempt.contest_id).where(Attempt.public_id == attempt)).one()
    name, shown = json.loads(row.paper)[place]
    pool = "practice" if row.wave < 0 else "paper"
    return json.loads(db.get_one(ContestQuestion, (row.contest_id, pool, name)).body), shown


def choice_of(attempt: str, place: int, number: int) -> Any:
    question, shown = _papers(attempt, place)
    possible = of(question).possible(question, shown)
    return of(question).read(question, shown, possible[number % len(possible)])


@writing
def clear(db: Session, contest_id: int) -> None:
    db.execute(delete(AttemptAnswer))
    db.execute(delete(Attempt))
    db.execute(delete(Entrant))
    db.get_one(Contest, contest_id).next_no = 1


@pytest.fixture
def machine(bound: Database) -> type[Attempts]:
    Attempts.org = plant()
    Attempts.held = hold(Attempts.org, **RULES)
    return Attempts


def test_no_sequence_of_requests_breaks_an_attempt(machine: type[Attempts]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
