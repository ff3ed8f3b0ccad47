"""What a member reads about their own points: what waits and until when, badges that stay, and nothing about losing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.services.movement import campaigns, check_lists, checking, confirming
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.points import checkpoints
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.organisation import Organisation, browser, plant
from tests.people import AN, CHI

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

    return format_date((datetime.fromtimestamp(at / 1e6, UTC) + timedelta(hours=7)).date(), "short", locale="vi")


def test_what_waits_says_until_when_and_a_badge_stays_when_the_campaign_is_over(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org, days=20)
    friend = way.taught(org, campaign, "friend", "Lê Thị Mận")
    way.taught(org, campaign, "other", "Phạm Văn Cam")
    first = words(app, org, "/me/points")
    assert len(re.findall(r"chờ xác minh theo mẫu, muộn nhất \d", first)) == 2, "a friend and another one, with a day"
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
    assert words(app, org, "/me/points").count(last) == 3
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


def test_nobody_is_reminded_of_a_child(app: Flask, org: Organisation) -> None:
    campaign = way.begin(org)
    public_id, phone = way.show(org.members[AN], campaign), way.phone()
    way.open_(public_id, phone)
    way.later(MINUTE)
    confirming.confirm(public_id, phone, Confirmation(2019))
    grown, _ = way.taught(org, campaign, "relative", "Bà Bưởi")
    way.later(10 * DAY)
    goal = words(app, org, "/movement")
    assert goal.count("Hôm nay thử hỏi thăm") == 1 and "hỏi thăm Bà Bưởi" in goal
    assert "Bạn nhỏ không bị hỏi lại" in goal
    assert campaigns.campaign_numbered(campaign).running(now())
    assert grown
