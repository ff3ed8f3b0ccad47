"""The script editor in a real browser: questions are put in another order by mouse and by keyboard, then previewed."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.services.people.logins import store_hash_in
from app.services.people.passwords import hashed
from tests.e2e.hall import PATIENCE_MS
from tests.e2e.test_people import PASSWORD, sign_in
from tests.organisation import plant
from tests.people import CHI

QUESTIONS = ("Chi đoàn ta họp vào thứ mấy?", "Ai giữ sổ của chi đoàn?")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_questions_change_places_by_mouse_and_by_keyboard(app: Flask, site: str, browser: Browser) -> None:
    store_hash_in(plant().members[CHI], hashed(PASSWORD))
    page = browser.new_context(viewport={"width": 1366, "height": 900}, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE_MS)
    sign_in(page, site)
    page.locator("a:visible, button:visible").filter(has_text="Tổ chức một chương trình").first.click()
    page.fill("[name=title]", "Sinh hoạt chi đoàn")
    for text in QUESTIONS:
        page.get_by_role("button", name="Viết câu hỏi").first.click()
        page.fill("[name=text]", text)
        page.fill("[name=option_A]", "Thứ sáu")
        page.fill("[name=option_B]", "Thứ bảy")
        page.fill("[name=answer]", "B")
        page.get_by_role("button", name="Lưu câu hỏi").click()
    rows = page.locator("[data-question] .what")
    expect(rows).to_contain_text(list(QUESTIONS))
    page.locator("[data-question='1']").drag_to(page.locator("[data-question='0']"))
    expect(rows).to_contain_text(list(reversed(QUESTIONS)))
    page.locator("[data-question='0']").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows).to_contain_text(list(QUESTIONS))
    expect(page.locator("[name=title]")).to_have_value("Sinh hoạt chi đoàn")
    page.context.close()
