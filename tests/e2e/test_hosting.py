"""From nothing to a lobby with a question of one's own: counted in clicks and pages, as a stranger would walk it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.services.people.logins import store_hash_in
from app.services.people.passwords import hashed
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.e2e.test_people import PASSWORD, look, sign_in
from tests.organisation import plant
from tests.people import CHI

MOST_CLICKS, MOST_PAGES = 6, 7


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def test_a_host_comes_from_the_first_page_to_a_lobby_with_an_own_question(
    site: str, page: Page, tmp_path: Path
) -> None:
    store_hash_in(plant().members[CHI], hashed(PASSWORD))
    sign_in(page, site)

    seen, clicks, wrong = [page.url], 0, list[str]()

    def press(words: str) -> None:
        nonlocal clicks
        clicks += 1
        page.locator("a:visible, button:visible").get_by_text(words, exact=True).or_(
            page.locator("a:visible, button:visible").filter(has_text=words)
        ).first.click()
        page.wait_for_load_state()
        seen.append(page.url)
        wrong.extend(look(page, page.url))

    press("Tổ chức một chương trình")
    page.fill("[name=title]", "Sinh hoạt chi đoàn")
    press("Viết câu hỏi")
    page.fill("[name=text]", "Chi đoàn ta họp vào thứ mấy?")
    page.fill("[name=option_A]", "Thứ sáu")
    page.fill("[name=option_B]", "Thứ bảy")
    page.fill("[name=answer]", "B")
    press("Lưu câu hỏi")
    press("Tạo chương trình")
    pin = page.locator(".pin").inner_text()
    assert pin.isdecimal()
    page.screenshot(path=str(tmp_path / "show.png"), full_page=True)
    console = page.locator("a", has_text="Bàn điều khiển").get_attribute("href")
    assert console
    page.goto(site + console[console.index("/host/") :])
    expect(page.locator("body")).to_contain_text("Sinh hoạt chi đoàn")
    assert clicks + 1 <= MOST_CLICKS
    assert len(seen) + 1 <= MOST_PAGES
    assert wrong == []
