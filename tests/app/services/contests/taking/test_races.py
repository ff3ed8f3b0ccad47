"""Real threads at once, on both engines: one try, numbers without gaps, every acknowledged save there, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.models.engines import Database
from app.services.commit import reading
from app.services.contests.taking import saving, starting
from app.services.contests.taking.starting import Entry
from app.services.people.membership import add_member
from app.services.people.person import Person
from quizzes.refusals import Rejected
from tests.app.services.contests.taking.taker import Taker, row
from tests.contests import Held, hold
from tests.organisation import Organisation, plant
from tests.people import AN

THREADS = 8


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    return hold(org, attempts={"most": 2})


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """The result or refusal of each job; all begin in the same instant."""
    together = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return job()
        except Rejected as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_one_person_on_many_devices_begins_one_try(org: Organisation, held: Held) -> None:
    entry = Entry(held.id, org.members[AN], False, held.rules.waves[0].opens_at, agreed=True)
    said = at_once([lambda: starting.start(entry)] * THREADS)
    begun = [one for one in said if isinstance(one, str)]
    assert len(begun) == 1
    assert {one.code for one in said if isinstance(one, Rejected)} == {"unfinished"}
    assert row(begun[0])["no"] == 1


def test_people_who_begin_together_are_numbered_without_gaps(org: Organisation, held: Held) -> None:
    at = held.rules.waves[0].opens_at
    people = [add_member(None, org.branch, Person(f"Bạn Thứ {n}", 2004, f"R-{n}")) for n in range(THREADS * 3)]
    groups = [[Entry(held.id, one, False, at, agreed=True) for one in people[n::THREADS]] for n in range(THREADS)]
    begun = [
        name for said in at_once([lambda group=group: starting.start_group(group) for group in groups]) for name in said
    ]
    assert sorted(row(name)["no"] for name in begun) == list(range(1, len(people) + 1))


def test_saves_of_two_devices_are_never_both_the_next_revision(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    an.begin()
    line = an.line("answer", 1, 0, an.choice(0))
    lines = [replace(line, device=f"device{n}", count=1, seen=0) for n in range(THREADS)]
    said = at_once([lambda line=line: saving.change(line) for line in lines])
    assert sorted(one.code for one in said) == ["changed_elsewhere"] * (THREADS - 1) + ["ok"]
    assert [one.revision for one in said] == [1] * THREADS


def test_one_device_that_sends_everything_at_once_keeps_its_newest_choice(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    an.begin()
    lines = [an.line("answer", 1, 0, an.choice(0, number)) for number in range(THREADS)]
    said = at_once([lambda line=line: saving.change(line) for line in lines])
    assert {one.code for one in said} == {"ok"}
    assert an.saved()[0] == lines[-1].choice


def test_handing_in_and_saving_at_once_stores_all_that_was_acknowledged(org: Organisation, held: Held) -> None:
    for _ in range(2):
        an = Taker(held, org.members[AN])
        an.begin(5 if _ else 0)
        saves = [an.line("answer", 10, place, an.choice(place)) for place in range(6)]
        jobs = [lambda line=line: saving.change(line) for line in [*saves, an.line("submit", 10)]]
        said = at_once(jobs)
        assert said[-1].code == "ok"
        acknowledged = {line.place for line, one in zip(saves, said, strict=False) if one.code == "ok"}
        assert {one.code for one in said} <= {"ok", "submitted"}
        assert set(an.saved()) == acknowledged


def test_groups_of_two_workers_with_the_same_tries_do_not_wait_crosswise(org: Organisation, held: Held) -> None:
    at = held.rules.waves[0].opens_at
    people = [add_member(None, org.branch, Person(f"Bạn Thứ {n}", 2004, f"G-{n}")) for n in range(6)]
    takers = [Taker(held, one) for one in people]
    for one in takers:
        one.begin()
    lines = [one.line("answer", 1, place, one.choice(place)) for one in takers for place in range(3)]
    groups = [lines, lines[::-1], lines[1:] + lines[:1], lines[5:] + lines[:5]]
    said = at_once([lambda group=group: saving.change_group(group) for group in groups])
    assert {one.code for group in said for one in group} == {"ok"}
    assert answers(held.id) == len(lines)
    assert at < held.rules.waves[0].closes_at


@reading
def answers(db: Session, contest_id: int) -> int:
    query = select(func.count()).select_from(AttemptAnswer).join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
    return db.scalar(query.where(Attempt.contest_id == contest_id)) or 0
