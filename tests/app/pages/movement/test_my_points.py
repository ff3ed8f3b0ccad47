"""A member's own points as they read them: waiting ones and until when, badges that stay, and nothing about losing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.pages.parts.frame import DAYS
from app.services.contests.publishing import making
from app.services.contests.publishing.publications import OFFICIAL, PROVISIONAL
from app.services.contests.results import grading
from app.services.movement import campaigns, check_lists, checking, reviewing
from app.services.movement.clock import now
from app.services.people.roles import grant_role
from app.services.points import adjustments, checkpoints
from quizzes.movement.steps import DAY
from tests import contests
from tests import movement as way
from tests.finished import sit
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LOSS = re.compile(r"\b(mất|lỡ|chuỗi ngày|liên tiếp|hết hạn|thua|tụt|bị trừ|streak)\b", re.IGNORECASE)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def words(app: Flask, org: Organisation, address: str, who: str = AN) -> str:
    page = browser(app, org.members[who]).get(address).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def day(at: int) -> str:
    from datetime import UTC, datetime, timedelta

    from babel.dates import format_date

    return format_date((datetime.fromtimestamp(at / 1e6, UTC) + timedelta(hours=7)).date(), DAYS["vi"], locale="vi")


def test_what_waits_says_until_when_and_a_badge_stays_when_the_campaign_is_over(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org, days=20)
    friend = way.taught(org, campaign, "friend", "Lê Thị Mận")
    way.taught(org, campaign, "other", "Phạm Văn Cam")
    first = words(app, org, "/me/points")
    assert len(re.findall(r"chờ xác minh theo mẫu, muộn nhất \d", first)) == 2, "a friend and another one, with a day"
    way.taught(org, campaign, "other", "Trần Thị Mít")
    assert "Người khác × 2 chờ xác minh theo mẫu" in words(app, org, "/me/points"), "one line for one day"
    assert "Chọn một người thân" in first, "the next step"
    way.taught(org, campaign, "other", "Phạm Văn Cam", who=CHI)
    assert "người tổ chức đang xem lại" in words(app, org, "/me/points", CHI), "one name, taught by two"
    way.later(8 * DAY)
    way.use(*friend)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
    checking.draw_due()
    last = f"muộn nhất {day(now() + 14 * DAY)}"
    assert words(app, org, "/me/points").count(last) == 3, "a friend's two steps, two others in one line"
    for one in check_lists.lists(campaign):
        for item in check_lists.items(one.id):
            code = next(code for step, code, _ in check_lists.asked_of(item.teaching_id) if step == item.step)
            checking.decide(org.members[CHI], one.id, item.teaching_id, item.step, "met", code)
    way.later(30 * DAY)
    over = words(app, org, "/me/points")
    assert "Đã chỉ cho một người bạn" in over and "chờ" not in over
    goal = words(app, org, "/movement")
    assert "Lê Thị Mận" in goal and "Mở mã mời" not in goal
    for page in (first, over, goal):
        assert not LOSS.search(page), LOSS.search(page)


def test_a_member_reads_what_cost_the_points_and_never_what_was_only_looked_at(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org)
    way.taught(org, campaign, "friend", "Lê Thị Mận")
    odd_one, _ = way.taught(org, campaign, "friend", "Lê Thị Mận", CHI)
    here, reason = f"/movement/teachings/{odd_one}", "Trùng họ tên và năm sinh"
    assert "đang xem lại" in words(app, org, here, CHI) and reason not in words(app, org, here, CHI)
    assert reason not in words(app, org, f"/movement/{campaigns.campaign_numbered(campaign).public_id}/desk", AN)
    grant_role(None, org.members[DUNG], "admin", None)
    reviewing.decide(org.members[DUNG], odd_one, False)
    told = words(app, org, here, CHI)
    assert "Lượt này không được tính" in told and reason in told and "Gửi khiếu nại" in told
    assert reason not in words(app, org, "/movement", AN)


def test_who_failed_in_the_sample_costs_points_with_the_reason_said(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, _ = way.taught(org, campaign, "friend", "Lê Thị Mận")
    way.verify_all(org, campaign, "failed")
    assert "Khi hỏi lại theo mẫu, điều đã xác nhận không đúng" in words(app, org, f"/movement/teachings/{public_id}")


def test_deeds_wait_too_with_their_points_and_their_last_day(app: Flask, org: Organisation) -> None:
    from app.services.deeds import checking as deed_checks
    from app.services.deeds import noting
    from app.services.deeds.noting import day_at
    from quizzes.deeds.entries import Entry

    way.begin(org)
    entries = [Entry(f"phone-{n:08d}", "resident", "done", day_at(now())) for n in range(3)]
    assert {one.code for one in noting.note(org.members[AN], entries)} == {"ok"}
    told = words(app, org, "/me/points")
    assert re.search(rf"Việc làm × 3 chờ xác minh theo mẫu, muộn nhất {re.escape(day(now() + 23 * DAY))} \+15", told)
    way.later(8 * DAY)
    deed_checks.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
    deed_checks.draw_due()
    assert f"muộn nhất {day(now() + 14 * DAY)} +15" in words(app, org, "/me/points")
    way.later(14 * DAY)
    deed_checks.close_late(now())
    assert "Việc làm × 3" not in words(app, org, "/me/points")


def test_points_by_hand_wait_for_the_second_person_before_the_members_eyes(app: Flask, org: Organisation) -> None:
    grant_role(None, org.members[BINH], "organiser", org.province)
    number = adjustments.propose(org.members[CHI], org.members[AN], 40, "Dẫn cả buổi tối ở nhà văn hóa.")
    waits = words(app, org, "/me/points")
    assert "Điều chỉnh điểm đề nghị ngày" in waits and "chờ một người thứ hai đồng ý" in waits
    assert "Dẫn cả buổi tối ở nhà văn hóa." in waits and "+20" in waits
    assert "Điều chỉnh điểm" not in words(app, org, "/me/points", BINH), "nobody else is told"
    adjustments.decide(org.members[BINH], number, True)
    assert "chờ một người thứ hai" not in words(app, org, "/me/points")


def test_a_contest_waits_until_its_results_are_official(app: Flask, org: Organisation) -> None:
    ago = {"opens_at": contests.now() - 2 * DAY, "closes_at": contests.now() - DAY}
    held = contests.hold(org, waves=[ago], complaints={"window_days": 0})
    sit(held, org.members[AN], right=4)
    waits = words(app, org, "/me/points")
    assert re.search(r"Dự thi “[^”]+” thi đến \S+, điểm được ghi khi kết quả được công bố chính thức", waits)
    assert "Dự thi “" not in words(app, org, "/me/points", BINH), "who did not take it"
    grading.grade_due(contests.now())
    for state in (PROVISIONAL, OFFICIAL):
        assert "công bố chính thức" in words(app, org, "/me/points")
        making.publish(org.members[CHI], held.id, state)
    assert "công bố chính thức" not in words(app, org, "/me/points")


def test_a_badge_says_how_the_person_confirmed(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org)
    way.witnessed(org, campaign, "friend")
    way.taught(org, campaign, "relative", "Bà Bưởi")
    way.verify_all(org, campaign)
    page = words(app, org, "/me/points")
    assert "Đã chỉ cho một người bạn Người ấy đã xác nhận trước một người chứng kiến." in page
    assert "Đã chỉ cho một người thân Một người trong nhà đã xác nhận." in page


def test_nobody_is_reminded_of_a_child(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org)
    way.child(org, campaign)
    grown, _ = way.taught(org, campaign, "relative", "Bà Bưởi")
    way.later(10 * DAY)
    goal = words(app, org, "/movement")
    assert goal.count("Hôm nay thử hỏi thăm") == 1 and "hỏi thăm Bà Bưởi" in goal
    assert "Bạn nhỏ không bị hỏi lại" in goal
    assert campaigns.campaign_numbered(campaign).running(now())
    assert grown
