"""Cách tính điểm: the public page says all that the rules in force say, and version 0 is what was always posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.services import points
from app.services.commit import reading
from app.services.movement import campaigns
from app.services.movement.clock import now
from app.services.points import rules
from quizzes.ledger import Due
from quizzes.ledger.rules import USUAL, PointRules
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, browser, plant
from tests.people import AN, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def words(app: Flask, address: str, lang: str = "vi") -> str:
    page = browser(app).get(f"{address}{'&' if '?' in address else '?'}lang={lang}").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


@reading
def due(db: Session, kind: str, half: int, org: Organisation, at: int) -> dict[int, Due]:
    an = org.members[AN]
    return rules.dues_in(db, kind, {an: Due(half, org.branch)}, org.branch, at)


@pytest.mark.parametrize("kind", ["show", "contest"])
def test_what_was_posted_before_there_were_rules_is_version_0_and_is_not_posted_again(
    org: Organisation, kind: str
) -> None:
    an, then = org.members[AN], now() - 10 * DAY
    points.post(kind, 1, {an: Due(31, org.branch)})
    assert due(kind, 31, org, then) == {an: Due(31, org.branch, 0, 0)}
    rules.publish(org.members[CHI], 0, PointRules(show_percent=50, contest_percent=50), now() + DAY)
    way.begin(org)
    assert points.post(kind, 1, due(kind, 31, org, then)) == 0, "a later version and a later campaign change nothing"
    assert points.post(kind, 2, due(kind, 31, org, now() + 2 * DAY)) == 1
    assert points.sums(kind, 1) == {an: 31}
    assert points.verify() == []


def test_the_page_begins_with_version_0_in_words(app: Flask, org: Organisation) -> None:
    told = words(app, "/points/rules")
    assert "Đang áp dụng: bản 0" in told and "như đã ghi từ trước đến nay" in told
    assert "Chương trình: 100 phần trăm" in told and "Cuộc thi: 100 phần trăm" in told
    assert "In force: version 0" in words(app, "/points/rules", "en")


def test_the_page_of_a_campaign_says_every_source_with_its_cap(app: Flask, org: Organisation) -> None:
    campaign = campaigns.campaign_numbered(way.begin(org))
    told = words(app, f"/points/rules?campaign={campaign.public_id}")
    for sentence in (
        "1+2, mỗi chỗ: 60 điểm",
        "thêm 120 điểm",
        "Đủ cả hai chỗ, cả hai người đều tự làm được: thêm 60 điểm",
        "Chỉ cho người ngoài 1+2: 20 điểm mỗi người, tính nhiều nhất 10 người",
        "Việc làm: 100 phần trăm số điểm của loại việc, sau khi xác minh. Nhiều nhất 60 điểm mỗi ngày. Nhiều nhất 600",
        "Giúp một người dân Đã hướng dẫn xong 5",
        "Hoạt động:",
        "Điều chỉnh tay:",
        "Điểm không bao giờ lấp được chỗ 1+2",
    ):
        assert sentence in told, sentence
    other = replace(USUAL, show_percent=0, contest_percent=50, contest_most=40, deed_percent=50, taught=10)
    rules.publish(org.members[CHI], campaign.id, other, now())
    told = words(app, f"/points/rules?campaign={campaign.public_id}")
    for sentence in (
        "Đang áp dụng: bản 2",
        "Chương trình: theo cách tính điểm của năm",
        "Cuộc thi: 50 phần trăm",
        "Nhiều nhất 40 điểm mỗi lần",
        "mỗi chỗ: 10 điểm",
        "Giúp một người dân Đã hướng dẫn xong 2,5",
        "Bản 1",
    ):
        assert sentence in told, sentence
