"""Kept sums of deeds are at every moment what counting the deeds anew gives, whatever happens to deeds and the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedSpan, DeedSum, DeedWhole
from app.models.people import Chapter
from app.services.commit import reading, writing
from app.services.deeds import checking, looking, noting
from app.services.deeds.noting import day_at
from app.services.deeds.sums import KEPT
from app.services.movement.clock import now
from app.services.people import merging
from app.services.people.membership import add_member, confirm_member, move_member
from app.services.people.person import Person
from app.services.people.tree import Draft, add_chapter, close_chapter, move_chapter
from app.services.points import checkpoints
from quizzes.deeds.entries import Entry
from quizzes.deeds.sums import along
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from tests import movement as way
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN, CHI

NUMBERS = count()
DOINGS = ("note", "again", "back", "refuse", "freeze", "decide", "person", "move", "merge", "same", "other")
STEPS = st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 9), st.integers(0, 9)), min_size=6, max_size=20)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@reading
def kept(db: Session) -> dict[tuple[int, str, str, str], int]:
    rows = select(DeedSum.chapter_id, DeedSum.kind, DeedSum.step, DeedSum.state, DeedSum.count)
    return {(a, b, c, d): sum_ for a, b, c, d, sum_ in db.execute(rows.where(DeedSum.count != 0))}


@reading
def recounted(db: Session) -> dict[tuple[int, str, str, str], int]:
    key = (Deed.chapter_id, Deed.kind, Deed.step, Deed.state)
    rows = select(*key, func.sum(Deed.count)).where(Deed.state.in_(KEPT)).group_by(*key)
    return {(a, b, c, d): int(sum_) for a, b, c, d, sum_ in db.execute(rows)}


@reading
def kept_days(db: Session) -> dict[tuple[int, str, str, int, date], int]:
    rows = select(DeedSpan.chapter_id, DeedSpan.kind, DeedSpan.step, DeedSpan.days, DeedSpan.first, DeedSpan.count)
    return {(a, b, c, d, e): sum_ for a, b, c, d, e, sum_ in db.execute(rows.where(DeedSpan.count != 0))}


@reading
def recounted_days(db: Session) -> dict[tuple[int, str, str, int, date], int]:
    found = Counter[tuple[int, str, str, int, date]]()
    for one in db.scalars(select(Deed).where(Deed.state == "good")):
        for days, first in ((1, one.day), (7, one.day - timedelta(days=one.day.weekday()))):
            found[one.chapter_id, one.kind, one.step, days, first] += one.count
    return dict(found)


@reading
def kept_whole(db: Session) -> dict[tuple[object, ...], int]:
    rows = select(DeedWhole.kind, DeedWhole.step, DeedWhole.days, DeedWhole.first, DeedWhole.count)
    return {tuple(key): sum_ for *key, sum_ in db.execute(rows.where(DeedWhole.count != 0))}


def recounted_whole() -> dict[tuple[object, ...], int]:
    found = Counter[tuple[object, ...]]()
    for (_, *span), sum_ in recounted_days().items():
        found[tuple(span)] += sum_
    return dict(found)


@reading
def tree(db: Session) -> dict[str, list[str]]:
    """Path of a chapter -> those of the chapters that hang below it."""
    rows = {
        number: (path, parent)
        for number, path, parent in db.execute(select(Chapter.id, Chapter.path, Chapter.parent_id))
    }
    return {path: [low for low, above in rows.values() if above == number] for number, (path, _) in rows.items()}


@reading
def deeds(db: Session, *where: object) -> list[int]:
    return list(db.scalars(select(Deed.id).where(*where).order_by(Deed.id)))  # type: ignore[arg-type]


@writing
def sign(db: Session, deed_id: int) -> None:
    """Somebody has to look at it."""
    db.execute(update(Deed).where(Deed.id == deed_id, Deed.list_id.is_(None)).values(review="waiting"))


class Field:
    """A province of its own in which three members note deeds."""

    def __init__(self, org: Organisation) -> None:
        self.chi, number = org.members[CHI], next(NUMBERS)
        self.root = add_chapter(None, None, Draft(f"Tỉnh đoàn Lớn {number}", "tinh"))
        self.open = [add_chapter(None, self.root, Draft(f"Đoàn xã {n}", "xa_phuong")) for n in range(3)]
        self.people = [
            add_member(None, each, Person("Lê Văn Mới", 2005, f"M-{number}-{n}")) for n, each in enumerate(self.open)
        ]
        for member in self.people:
            confirm_member(self.chi, member)
        self.sent: list[tuple[int, list[Entry]]] = []

    def do(self, what: str, one: int, other: int) -> None:
        with suppress(Rejected):  # a step that cannot be taken now changes nothing
            getattr(self, what)(one, other)

    def note(self, one: int, other: int) -> None:
        kinds = (("payment", "done"), ("payment", "first"), ("leaflets", "done"), ("bill", "done"))
        entries = []
        for n in range(other):
            kind, step = kinds[(other + n) % 4]
            count = one + 1 if kind == "leaflets" else 1
            day = day_at(now()) - timedelta(days=(one * other + n) % 4)
            entries.append(Entry(f"phone-{next(NUMBERS):08d}", kind, step, day, count))
        self.sent.append((self.people[one % 3], entries))
        noting.note(*self.sent[-1])

    def again(self, one: int, _other: int) -> None:
        if self.sent:
            noting.note(*self.sent[one % len(self.sent)])

    def back(self, one: int, _other: int) -> None:
        member = self.people[one % 3]
        for deed in deeds(Deed.member_id == member)[:1]:
            noting.take_back(member, deed)

    def refuse(self, one: int, other: int) -> None:
        for deed in deeds(Deed.chapter_id == self.open[one % len(self.open)])[:2]:
            sign(deed)
            checking.review(self.chi, self.root, [deed], good=other % 2 == 0)

    def freeze(self, one: int, _other: int) -> None:
        checking.freeze(self.chi, self.open[one % len(self.open)])

    def decide(self, one: int, other: int) -> None:
        for _ in range(2):
            checkpoints.make(now())
            way.later(DAY)
        checking.draw_due()
        if other == 9:
            way.later(20 * DAY)
            checking.close_late(now())
        for each in looking.lists("/")[:3]:
            wanted = ("met", "failed") if each.state == "drawn" else ("accepted", "rejected")
            items = [deed.id for deed in looking.items(each.id)]
            checking.decide(self.chi, each.id, items[: one + 1], wanted[other % 2])

    def person(self, one: int, other: int) -> None:
        move_member(self.chi, self.people[one % 3], self.open[other % len(self.open)])

    def same(self, one: int, other: int) -> None:
        """Two members are found to be one person."""
        merging.merge(self.chi, self.people[one % 3], self.people[other % 3], "cùng một người")

    def other(self, one: int, _other: int) -> None:
        """They were two people after all."""
        for each in merging.merged(self.people[one % 3])[:1]:
            merging.undo(self.chi, each.id)

    def move(self, one: int, other: int) -> None:
        move_chapter(self.chi, self.open[one % len(self.open)], self.open[other % len(self.open)])

    def merge(self, one: int, other: int) -> None:
        here, there = self.open[one % len(self.open)], self.open[other % len(self.open)]
        if here != there and len(self.open) > 1:
            close_chapter(self.chi, here, date(2026, 1, 1), there)
            self.open.remove(here)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_kept_sums_are_what_counting_anew_gives(org: Organisation, steps: list[tuple[str, int, int]]) -> None:
    field = Field(org)
    field.note(0, 3)
    for step in steps:
        field.do(*step)
        assert kept() == recounted() and kept_days() == recounted_days() and kept_whole() == recounted_whole(), step
    own = {path: sum(one.good + one.waiting for one in of.values()) for path, of in looking.own_sums("/").items()}
    sums = along(own)
    assert sum(own.values()) == sum(recounted().values())
    for path, lower in tree().items():
        assert sums.get(path, 0) == own.get(path, 0) + sum(sums.get(one, 0) for one in lower)


def test_phones_that_send_at_once_in_other_orders_lose_no_sum(org: Organisation) -> None:
    day, kinds = day_at(now()), ("payment", "bill", "leaflets", "portal")
    queues = [[Entry(f"p-{n}-{m:06d}", kinds[(n + m) % 4], "done", day) for m in range(12)] for n in range(8)]
    with ThreadPoolExecutor(8) as phones:
        for _ in range(2):
            list(phones.map(lambda queue: noting.note(org.members[AN], queue), queues))
    assert kept() == recounted() and sum(kept().values()) == 96


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_reads_a_row_for_each_kind_and_state_of_a_chapter(org: Organisation) -> None:
    for start in range(0, 600, 200):
        entries = [Entry(f"p-{start + n:06d}", ("payment", "bill")[n % 2], "done", day_at(now())) for n in range(200)]
        noting.note(org.members[AN], entries)
    with counted() as read:
        own = looking.own_sums("/")
    assert read.rows == 2 and {one.waiting for one in own[org.path(org.branch)].values()} == {300}
