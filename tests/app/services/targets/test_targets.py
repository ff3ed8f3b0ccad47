"""Targets: filled in every way, summed along a tree that is moved and merged meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.services.commit import writing
from app.services.deeds import looking as deeds
from app.services.deeds import noting, sums, tally_import
from app.services.deeds.noting import day_at
from app.services.files.containers import write_csv
from app.services.movement.clock import now
from app.services.people.chapters import children
from app.services.people.imports import imports
from app.services.people.membership import move_member
from app.services.people.tree import Draft as ChapterDraft
from app.services.people.tree import add_chapter, close_chapter, move_chapter
from app.services.targets import declared, filling, looking, making
from app.services.targets.filling import Figure
from app.services.targets.looking import TargetLine
from quizzes.deeds.entries import Entry
from quizzes.deeds.kinds import SHIPPED, countable
from quizzes.deeds.sums import along, below
from quizzes.refusals import Rejected
from quizzes.targets.presets import PRESETS
from quizzes.targets.shapes import COUNT, DECLARED, DEEDS, GIVEN, HAND, IMPORT, MEMBERS, PERCENT
from tests import movement as way
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

BEGIN, END = date(2023, 1, 1), date(2040, 12, 31)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def draft(shape: str, goal: int, *ways: str, **more: object) -> making.Draft:
    return making.Draft("Chỉ tiêu thử", shape, goal, BEGIN, END, ways, **more)  # type: ignore[arg-type]


def set_(org: Organisation, shape: str, goal: int, *ways: str, **more: object) -> TargetLine:
    found = looking.target(making.make(org.members[CHI], org.province, draft(shape, goal, *ways, **more)))
    assert found
    return found


def test_a_target_may_count_every_kind_of_deed_there_is(org: Organisation) -> None:
    names = tuple(name for name, _, _ in countable(SHIPPED.values()))
    assert len(",".join(names)) > 200
    assert set_(org, COUNT, 1000, DEEDS, counts=names).counts == names


def standing(org: Organisation, target: TargetLine, chapter: int) -> tuple[int, int | None, str]:
    declared.forget()  # what was counted a moment ago is kept
    one = looking.numbers(target).of(target, org.path(chapter))
    return one.numerator, one.denominator, one.state


def test_what_members_declare_is_added_up_once_for_all_who_look(org: Organisation) -> None:
    target = set_(org, PERCENT, 10_000, DECLARED, base=MEMBERS, declares="vneid2")
    declared.forget()
    with counted() as work:
        found = [looking.numbers(target) for _ in range(3)]
    assert found[0] == found[1] == found[2]
    assert len([said for said in work.said if "FROM declaration" in said or "JOIN declaration" in said]) == 1
    filling.declare(org.members[AN], ["vneid2"])
    assert looking.numbers(target).of(target, org.path(org.branch)).numerator == 1, "the own word counts at once"


def figure(target: TargetLine, chapter: int, count: int, name: str = "", evidence: str = "Biên bản số 3") -> Figure:
    return Figure(name or f"{target.id}-{chapter}-{count}", chapter, date(2023, 6, 30), count, evidence)


@writing
def verify(db: Session) -> None:
    sums.turn_in(db, list(db.scalars(select(Deed))), lambda _one: sums.GOOD)


def test_deeds_and_old_figures_fill_a_number_and_waiting_ones_do_not(org: Organisation) -> None:
    target = set_(org, COUNT, 10, DEEDS, counts=("payment.first", "shop"), baseline=2)
    day = day_at(now())
    entries = [Entry(f"phone-000{n}", "payment", "first" if n % 2 else "done", day) for n in range(6)]
    noting.note(org.members[AN], entries)
    assert standing(org, target, org.province) == (2, None, "not")
    verify()
    assert standing(org, target, org.province) == (5, None, "not") and standing(org, target, org.branch)[0] == 3
    job = tally_import.start(
        org.members[CHI],
        org.province,
        "cu.csv",
        write_csv([["Mã cơ sở", "Việc", "Ngày", "Số lượng", "Nguồn"], ["X", "shop", "30/6/2023", "5", "BC 15"]]),
        {},
    )
    assert standing(org, target, org.province)[0] == 5, "nothing of a file counts before its yes"
    assert tally_import.confirm(org.members[CHI], job) == (1, 0)
    assert standing(org, target, org.province) == (10, None, "met") and standing(org, target, org.village)[0] == 5


def test_members_say_it_of_themselves_and_count_where_they_are(org: Organisation) -> None:
    target = set_(org, PERCENT, 10_000, DECLARED, base=MEMBERS, declares="vneid2")
    for who in (AN, BINH, DUNG):
        filling.declare(org.members[who], ["vneid2", "portal", "no such thing"])
    assert standing(org, target, org.province) == (3, 4, "not") and standing(org, target, org.branch) == (2, 2, "met")
    filling.declare(org.members[BINH], ["portal"])
    assert standing(org, target, org.branch) == (1, 2, "not") and filling.declared(org.members[BINH]) == {"portal"}
    move_member(org.members[CHI], org.members[AN], org.village)
    assert standing(org, target, org.branch) == (0, 1, "not") and standing(org, target, org.village) == (2, 2, "met")


def test_by_hand_needs_evidence_and_the_power_over_that_chapter(org: Organisation) -> None:
    target = set_(org, PERCENT, 10_000, HAND, IMPORT, base=GIVEN)
    chi, binh = org.members[CHI], org.members[BINH]
    with pytest.raises(Rejected, match="target_evidence"):
        filling.add(chi, target.public_id, figure(target, org.ward, 3, evidence=" "))
    with pytest.raises(Rejected, match="forbidden"):
        filling.add(binh, target.public_id, figure(target, org.village, 3))
    for _ in range(2):  # pressed twice
        filling.add(binh, target.public_id, figure(target, org.branch, 3))
    assert standing(org, target, org.province) == (3, None, "unknown")
    making.share_out(chi, target.public_id, {org.ward: (None, 4), org.village: (None, 6)})
    assert standing(org, target, org.province) == (3, 10, "not") and standing(org, target, org.ward) == (3, 4, "not")
    figures = [figure(target, org.village, 6, f"file-{n}") for n in range(1)]
    for _ in range(2):
        assert filling.take(chi, target.public_id, figures) == 1
    assert standing(org, target, org.province) == (9, 10, "near")
    wrong = next(one for one in looking.figures(target.id, org.path(org.province)) if one.way == HAND)
    filling.take_off(binh, wrong.id)
    assert standing(org, target, org.province) == (6, 10, "not")
    with pytest.raises(Rejected, match="not_now"):
        filling.add(chi, set_(org, COUNT, 5, IMPORT).public_id, figure(target, org.ward, 3))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "ab"}, "target_title"),
        ({"goal": 0}, "target_goal"),
        ({"goal": 10_001, "shape": PERCENT, "base": MEMBERS}, "target_goal"),
        ({"ends_on": BEGIN}, "bad_dates"),
        ({"ways": ()}, "target_ways"),
        ({"ways": (DEEDS,), "counts": ("no",)}, "target_ways"),
        ({"ways": (DECLARED,), "declares": "no"}, "target_ways"),
        ({"shape": PERCENT, "base": ""}, "target_ways"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_target_says_what_is_wrong_with_it(org: Organisation, change: dict[str, object], code: str) -> None:
    from dataclasses import replace

    with pytest.raises(Rejected) as refusal:
        making.make(org.members[CHI], org.province, replace(draft(COUNT, 5, HAND), **change))  # type: ignore[arg-type]
    assert refusal.value.code == code
    with pytest.raises(Rejected, match="forbidden"):
        making.make(org.members[BINH], org.province, draft(COUNT, 5, HAND))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_whole_set_is_begun_with_once(org: Organisation) -> None:
    def begin() -> int:
        return making.begin_with(org.members[CHI], org.ward, "my-tho", BEGIN, END, {})

    assert begin() == len(PRESETS["my-tho"].targets) == 15 and begin() == 0
    assert len(looking.targets(org.path(org.branch))) == 15 and looking.targets(org.path(org.village)) == []
    first = looking.targets(org.path(org.ward))[0]
    making.remove(org.members[CHI], first.public_id)
    assert begin() == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_thousand_old_figures_come_in_with_problems_by_cell(org: Organisation) -> None:
    rows: list[list[object]] = [["Tên cơ sở", "Việc", "Ngày", "Số lượng", "Nguồn"]]
    rows += [
        ["Chi đoàn khu phố 1", "VNeID mức 1", f"{1 + n % 28}/{1 + n // 28 % 12}/{2000 + n // 336}", n % 7 + 1, "BC"]
        for n in range(10_000)
    ]
    rows[3][0], rows[5][1], rows[7][2], rows[9][3], rows[11] = "Chi đoàn X", "Bay", "hôm qua", "nhiều", list(rows[10])
    job_id = tally_import.start(org.members[CHI], org.province, "cu.csv", write_csv(rows), {})
    job = imports.job(job_id, [tally_import.KIND])
    assert job and job.counts == {"new": 9995, "change": 0, "same": 0, "wrong": 5}
    assert [(one.row, one.column, one.code) for one in job.problems] == [
        (4, "chapter_name", "no_chapter"),
        (6, "kind", "deed_kind"),
        (8, "day", "date"),
        (10, "count", "figure"),
        (12, "kind", "same_figure"),
    ]
    assert tally_import.confirm(org.members[CHI], job_id) == (9995, 0)
    again = tally_import.start(org.members[CHI], org.province, "cu.csv", write_csv(rows), {})
    job = imports.job(again, [tally_import.KIND])
    assert job and (job.counts["new"], job.counts["same"]) == (0, 9995)
    with pytest.raises(Rejected, match="forbidden"):
        tally_import.confirm(org.members[BINH], again)
    tally_import.drop(org.members[CHI], again)
    own = deeds.own_sums(org.path(org.province))
    assert own[org.path(org.branch)]["id1"].old == sum(
        int(str(row[3])) for n, row in enumerate(rows[1:], 1) if n not in (3, 5, 7, 9, 11)
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(("deed", "move", "merge", "add")), st.integers(0, 9), st.integers(0, 9)),
    min_size=4,
    max_size=14,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_sums_hold_while_the_tree_is_moved_and_merged(org: Organisation, steps: list[tuple[str, int, int]]) -> None:
    """At every chapter: itself and those below are its sum; the whole loses and doubles nothing, whatever moves."""
    chi = org.members[CHI]
    root = add_chapter(None, None, ChapterDraft("Tỉnh đoàn Lớn", "tinh"))
    target = looking.target(making.make(chi, root, draft(COUNT, 1000, HAND)))
    assert target
    open_, all_, noted = [root], [root], 0
    for number, (what, one, other) in enumerate(steps):
        here, there = open_[one % len(open_)], open_[other % len(open_)]
        before = _sum(target, here)
        if what == "deed":
            filling.add(chi, target.public_id, figure(target, here, one + 1, f"{target.id}-{number}"))
            noted += one + 1
            assert _sum(target, here) == before + one + 1
        elif what == "add":
            all_.append(add_chapter(chi, here, ChapterDraft(f"Đoàn xã {number}", "xa_phuong")))
            open_.append(all_[-1])
        elif here != root and what == "move":
            try:
                move_chapter(chi, here, there)
            except Rejected as refusal:
                assert refusal.code == "chapter_ring"
            assert _sum(target, here) == before, "a branch takes its history along"
        elif here not in (root, there) and what == "merge":
            try:
                close_chapter(chi, here, date(2026, 1, 1), there)
                open_.remove(here)
            except Rejected as refusal:
                assert refusal.code == "chapter_ring"
        own = looking.numbers(target).own
        along_ = along(own)
        assert _sum(target, root) == noted
        for chapter in all_:
            path = org.path(chapter)
            hang = [child.path for child in children(chapter, limit=100)]  # as the tree says, not as paths say
            mine, each = below(path, own, hang)
            assert along_.get(path, 0) == mine + sum(each.values()) == mine + sum(along_.get(one, 0) for one in hang)


def _sum(target: TargetLine, chapter: int) -> int:
    from app.services.people.chapters import path_of_chapter

    return looking.numbers(target).of(target, path_of_chapter(chapter) or "").numerator


def test_a_forecast_counts_the_days_of_what_was_done(org: Organisation) -> None:
    target = set_(org, COUNT, 10, DEEDS, counts=("bill",))
    noting.note(org.members[AN], [Entry("phone-0001", "bill", "done", day_at(now()) - timedelta(days=3))])
    verify()
    assert looking.numbers(target).days == {day_at(now()) - timedelta(days=3): 1}


@writing
def put_off(db: Session, days: list[date]) -> None:
    for deed, day in zip(db.scalars(select(Deed).order_by(Deed.id)), days, strict=True):
        deed.day = day


def test_the_deeds_of_any_dates_are_those_of_their_days(org: Organisation) -> None:
    """Counted inside or taken from all of them, as it costs less."""
    target, begin = set_(org, COUNT, 10, DEEDS, counts=("bill", "payment.first")), day_at(now()) - timedelta(days=60)
    days = [begin + timedelta(days=n) for n in (0, 1, 6, 7, 13, 14, 15, 28, 29, 41)]
    kinds = (("bill", "done"), ("payment", "first"), ("payment", "done"))
    noting.note(org.members[AN], [Entry(f"phone-{n:04}", *kinds[n % 3], day_at(now())) for n in range(len(days))])
    put_off(days)
    verify()
    wanted = [day for n, day in enumerate(days) if n % 3 != 2]
    ends = [begin + timedelta(days=n) for n in (-9, 0, 2, 7, 20, 29, 41, 50)]
    for first, last in ((one, other) for one in ends for other in ends if one <= other):
        found = looking.numbers(replace(target, starts_on=first, ends_on=last))
        count = sum(first <= day <= last for day in wanted)
        assert sum(found.own.values()) == sum(found.days.values()) == count, (first, last)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_target_reads_as_many_rows_for_a_thousand_deeds_as_for_ten(org: Organisation) -> None:
    """Rows read for a target grow with chapters and weeks, not with deeds, and its statements not at all."""
    target, figures = set_(org, COUNT, 10, DEEDS, counts=("bill", "leaflets")), []
    for first, many in ((0, 10), (10, 990)):
        for at in range(first, first + many, 495):
            part = range(at, min(at + 495, first + many))
            days = [day_at(now()) - timedelta(days=n % 2) for n in part]
            entries = [Entry(f"p-{n:06}", "bill", "done", day) for n, day in zip(part, days, strict=True)]
            noting.note(org.members[AN], entries)
        verify()
        with counted() as work:
            found = looking.numbers(target)
        assert sum(found.days.values()) == found.own[org.path(org.branch)] == first + many
        figures.append((work.statements, work.rows))
    assert figures[0] == figures[1] and work.statements < 8
