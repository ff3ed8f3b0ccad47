"""The member's part of the first page and a chapter's part of its own; chapters in their ranking."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.services.commit import writing
from app.services.people.demo import demo_organisation
from app.services.points import post_in
from quizzes.ledger import Due
from tests.contests import hold
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@writing
def give(db: Session, kind: str, source: int, member: int, half: int) -> None:
    post_in(db, kind, source, {member: Due(half, None)})


@pytest.fixture
def org(app: Flask) -> Organisation:
    org = plant()
    for kind, source, half in (("show", 1, 20), ("contest", 2, 4), ("taught", 3, 40)):
        give(kind, source, org.members[AN], half)
    return org


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_my_points_stand_on_the_first_page_as_a_sum_with_its_reasons(app: Flask, org: Organisation) -> None:
    page = words(browser(app, org.members[AN]).get("/").text)
    assert "10 + 2 + 20 = 32, cho Chi đoàn khu phố 1" in page
    assert "Điểm của tôi" not in words(browser(app).get("/").text)
    empty = words(browser(app, org.members[DUNG]).get("/").text)
    assert "0 điểm, cho Đoàn xã Sóng Xanh" in empty


def test_an_open_contest_is_what_comes_next(app: Flask, org: Organisation) -> None:
    contest = hold(org)
    page = words(browser(app, org.members[AN]).get("/").text)
    assert "Việc tiếp theo" in page
    assert contest is not None


def test_the_ranking_marks_my_chapter_links_names_parents_and_gives_no_gold_for_nothing(
    app: Flask, org: Organisation
) -> None:
    page = browser(app, org.members[AN]).get("/ranking").text
    row = re.search(rf'<li data-place="1"[^>]*id="c{org.branch}"[^>]*class="mine">.*?</li>', page, re.S)
    assert row, "one's own level is shown first, and the own chapter is marked"
    assert f'href="/chapters/{org.branch}"' in row[0]
    assert "Đoàn phường Sao Mai · " in row[0]
    every = browser(app).get("/ranking?kind=").text
    village = re.search(rf'<li data-place="(.)"[^>]*id="c{org.village}"', every)
    assert village
    assert village[1] == "–"


def test_a_chapters_page_shows_what_every_area_offers(app: Flask, org: Organisation) -> None:
    page = words(browser(app).get(f"/chapters/{org.ward}").text)
    assert "32" in page
    assert "Xem bảng xếp hạng" in page


def test_sample_data_stand_in_no_ranking_and_can_be_removed(app: Flask, org: Organisation) -> None:
    made = demo_organisation()
    assert "(mẫu)" not in browser(app).get("/ranking?kind=").text
    address = f"/chapters/{made.root_id}"
    assert send(browser(app, org.members[BINH]), f"{address}/sample").status_code == 403
    chi = browser(app, org.members[CHI])
    assert "Xóa toàn bộ dữ liệu mẫu" in chi.get(address).text
    assert send(chi, f"{address}/sample").status_code == 302
    assert chi.get(address).status_code == 404
    assert send(chi, f"/chapters/{org.province}/sample").status_code == 404
    assert chi.get(f"/members/{org.members[AN]}").status_code == 200
