"""Attendance: once each, by a fresh code or the organiser's phone; points and the attendance of a year follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.activities import Activity
from app.models.engines import Database, now_us
from app.models.people import Member
from app.services.activities import attending, planning, posting, rates, retention, undertakings
from app.services.activities.planning import Draft
from app.services.commit import reading, writing
from app.services.people.membership import move_member
from app.services.points.writing import sums
from quizzes.activities.codes import CHANGES, KEPT_STEPS
from quizzes.activities.rates import Attendance as Of
from quizzes.hours import DAY, HOUR
from quizzes.refusals import Rejected
from tests import movement
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def org(bound: Database) -> Organisation:
    movement.bind()
    return plant()


@reading
def now(db: Session) -> int:
    return now_us(db)


@writing
def moved(db: Session, public_id: str, by: int) -> None:
    """The activity took place so much earlier."""
    values = {"starts_at": Activity.starts_at - by, "ends_at": Activity.ends_at - by}
    db.execute(update(Activity).where(Activity.public_id == public_id).values(values))


@writing
def long_known(db: Session) -> None:
    """Everybody is there for years."""
    db.execute(update(Member).values(created_at=0))


def hold(org: Organisation, points: int = 10, chapter: int | None = None, **more: Any) -> str:
    about = Draft("meeting", "Họp chi đoàn tháng 12", now() - HOUR // 2, now() + HOUR, points=points, **more)
    return planning.plan(org.members[CHI], chapter or org.branch, about)


def scan(public_id: str, device: str) -> str:
    return attending.scan(public_id, attending.shown(public_id)[0], device)


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


def test_a_member_who_scans_in_time_is_here_once_and_a_phone_is_one_person(org: Organisation) -> None:
    hop, an, binh = hold(org), org.members[AN], org.members[BINH]
    scanned = scan(hop, "An's phone")
    assert attending.check_in(an, hop, scanned, "An's phone") and not attending.check_in(an, hop, scanned, "An's phone")
    assert refused(lambda: attending.check_in(binh, hop, scanned, "Bình's phone")) == "code_old"  # passed on
    assert refused(lambda: attending.check_in(binh, hop, scanned, "An's phone")) == "one_phone"
    assert refused(lambda: attending.check_in(org.members[DUNG], hop, scan(hop, "d"), "d")) == "not_invited"
    assert [one.name for one in attending.came(planning.activity(hop).id)] == ["Nguyễn Thị An"]


def test_an_old_code_a_made_up_ticket_and_the_wrong_hour_are_refused(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    hop, an = hold(org), org.members[AN]
    code = attending.shown(hop)[0]
    for ticket in ("", "1.2", "zz.ff", "é.é"):
        assert refused(lambda said=ticket: attending.check_in(an, hop, said, "d")) == "code_old"
    ticket = scan(hop, "d")
    moved(hop, -3 * HOUR)
    assert refused(lambda: attending.check_in(an, hop, ticket, "d")) == "not_open_yet"
    moved(hop, 6 * HOUR)
    assert refused(lambda: attending.check_in(an, hop, ticket, "d")) == "activity_over"
    real = attending.now_us
    monkeypatch.setattr(attending, "now_us", lambda db: real(db) + (KEPT_STEPS + 1) * CHANGES)
    assert refused(lambda: attending.scan(hop, code, "d")) == "code_old"


def test_a_queue_sent_twice_and_by_two_phones_notes_everybody_once(org: Organisation) -> None:
    hop, binh = hold(org, chapter=org.branch), org.members[BINH]
    lines = [("an-key-000001", org.members[AN]), ("binh-key-0001", binh), ("dung-key-0001", org.members[DUNG])]
    settled = ["an-key-000001", "binh-key-0001"]
    assert attending.note(binh, hop, lines[:1], True) == settled[:1]  # half of it
    assert [attending.note(binh, hop, lines, True) for _ in range(2)] == [settled] * 2
    assert attending.note(org.members[CHI], hop, [("other-phone-01", org.members[AN])], False) == ["other-phone-01"]
    assert {(one.name, one.way) for one in attending.came(planning.activity(hop).id)} == {
        ("Nguyễn Thị An", "later"),
        ("Nguyễn Thị Bình", "later"),
    }
    assert refused(lambda: attending.note(org.members[AN], hop, lines, False)) == "forbidden"
    moved(hop, 9 * DAY)
    assert refused(lambda: attending.note(binh, hop, lines, True)) == "activity_over"


def test_points_come_after_the_end_and_follow_every_correction(org: Organisation) -> None:
    hop, binh, an = hold(org), org.members[BINH], org.members[AN]
    number = planning.activity(hop).id
    attending.note(binh, hop, [("an-key-000001", an), ("binh-key-0001", binh)], False)
    assert posting.post_due(now()) == 0
    moved(hop, DAY)
    assert posting.post_due(now()) == 2 and posting.post_due(now()) == 0
    assert sums("attended", number) == {an: 20, binh: 20}
    assert refused(lambda: attending.remove(binh, hop, an, " ")) == "reason_needed"
    attending.remove(binh, hop, an, "Nhầm người")
    posting.post_due(now())
    assert sums("attended", number) == {an: 0, binh: 20}
    planning.cancel(binh, hop)
    posting.post_due(now())
    assert set(sums("attended", number).values()) == {0}


def test_what_was_achieved_brings_its_owner_points_once_another_organiser_says_so(org: Organisation) -> None:
    an, binh, chi = org.members[AN], org.members[BINH], org.members[CHI]
    work = undertakings.Draft("Số hóa nhà văn hóa", owner_id=an, proof="Biên bản số 3", points=30)
    made = undertakings.make(binh, org.branch, "work", work)
    assert posting.post_due(now()) == 0 and sums("achieved", 1) == {}
    done = replace(work, state="done")
    undertakings.change(binh, made, done)
    assert posting.post_due(now()) == 1 and posting.post_due(now()) == 0
    assert sums("achieved", 1) == {an: 60}
    assert refused(lambda: undertakings.change(binh, made, replace(done, owner_id=binh))) == "own_work"
    assert refused(lambda: undertakings.make(binh, org.branch, "work", replace(work, owner_id=binh))) == "own_work"
    assert refused(lambda: undertakings.change(binh, made, replace(done, points=101))) == "activity_points"
    undertakings.change(chi, made, replace(done, owner_id=binh))
    posting.post_due(now())
    assert sums("achieved", 1) == {an: 0, binh: 60}
    undertakings.change(chi, made, replace(done, owner_id=binh, state="declined", answer="Chưa bàn giao"))
    posting.post_due(now())
    assert set(sums("achieved", 1).values()) == {0}


def test_a_year_counts_the_own_chapter_and_those_above_and_goes_after_two_years(org: Organisation) -> None:
    an, binh = org.members[AN], org.members[BINH]
    here, above, elsewhere = (hold(org, chapter=one) for one in (org.branch, org.province, org.village))
    free = hold(org, counts=False)
    attending.note(org.members[CHI], here, [("an-key-000001", an)], False)
    attending.note(org.members[CHI], free, [("an-key-000002", an)], False)
    for one in (here, above, elsewhere, free):
        moved(one, 2 * HOUR)
    year = datetime.fromtimestamp(now() / 1e6 - 7200, ZoneInfo(ZONE)).year
    assert rates.mine(an, year, ZONE) == Of(1, 1)  # what ended before An was there
    long_known()
    assert rates.mine(an, year, ZONE) == Of(1, 2)
    assert refused(lambda: rates.taken(an, org.branch, year, ZONE)) == "forbidden"
    with counted() as work:
        lines = list(rates.taken(binh, org.branch, year, ZONE))
    assert {one.name: one.of.percent for one in lines} == {"Nguyễn Thị An": 50, "Nguyễn Thị Bình": 0}
    assert work.statements < 15
    move_member(org.members[CHI], an, org.village)  # what An attended stays An's, the rest is the new chapter's
    assert rates.mine(an, year, ZONE) == Of(1, 3)
    moved(here, 731 * DAY)
    assert retention.erase_due(now())["attendance"] == 1 and len(attending.came(planning.activity(free).id)) == 1


def test_an_idea_is_answered_and_an_agreement_needs_a_partner_and_proof(org: Organisation) -> None:
    an, binh = org.members[AN], org.members[BINH]
    idea = undertakings.propose(an, "Mã QR ở nhà văn hóa", "Dán mã ở cửa")
    assert refused(lambda: undertakings.change(an, idea, undertakings.Draft("Khác"))) == "forbidden"
    declined = undertakings.Draft("Mã QR ở nhà văn hóa", state="declined")
    assert refused(lambda: undertakings.change(binh, idea, declined)) == "reason_needed"
    plain = undertakings.Draft("Cài VNPT Money", owner_id=an, target="100 phần trăm đoàn viên", wanted=120)
    assert refused(lambda: undertakings.make(binh, org.branch, "partner", plain)) == "partner_needed"
    whole = undertakings.Draft("Cài VNPT Money", partner="VNPT", owner_id=an, target="100 %", wanted=120)
    made = undertakings.make(binh, org.branch, "partner", whole)
    undertakings.change(an, made, undertakings.Draft("changed by the owner", reached=90, proof="BC số 12"))
    seen = undertakings.undertaking(made)
    assert (seen.draft.title, seen.draft.partner, seen.draft.reached, seen.draft.proof) == (
        "Cài VNPT Money",
        "VNPT",
        90,
        "BC số 12",
    )
