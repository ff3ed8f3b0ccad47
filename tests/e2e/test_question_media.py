"""The editor takes a picture, a sound and a film, says what it cannot take, and shows what was kept."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.services.banks import own_banks
from app.services.people.roles import grant_role
from tests.app.services.clips.test_clips import film, sound
from tests.e2e.hall import PATIENCE_MS
from tests.e2e.test_awards import phone, picture
from tests.e2e.test_people import look
from tests.organisation import plant
from tests.people import AN, BINH


def test_a_picture_a_sound_and_a_film_are_brought_into_the_editor(site: str, app: Flask, browser: Browser) -> None:
    org = plant()
    grant_role(None, org.members[AN], "author", org.branch)
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
    an = phone(app, browser, site, org.members[AN])
    _begin(an, f"{site}/banks/{bank}/new", "Hình vẽ gì?")
    an.set_input_files("#f-picture", {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    an.fill("#f-media_alt", "Một hình vuông màu xanh")
    _save(an)
    expect(an.get_by_role("alert").first).to_be_visible()
    expect(an.locator("#f-text")).to_have_value("Hình vẽ gì?")  # nothing that was typed is lost
    an.set_input_files("#f-picture", {"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    _save(an)
    expect(an.locator("main img[alt='Một hình vuông màu xanh']").first).to_be_visible()
    assert look(an, an.url) == []

    for name, kind, data, shown in (("a.wav", "audio/wav", sound(1), "audio"), ("a.mp4", "video/mp4", film(), "video")):
        _begin(an, f"{site}/banks/{bank}/new", f"Đây là {shown}?")
        said = an.locator("[data-clip-said]")
        an.set_input_files("#clip-file", {"name": name, "mimeType": kind, "buffer": b"nothing"})
        expect(said).to_contain_text("Không đọc được", timeout=3 * PATIENCE_MS)
        an.set_input_files("#clip-file", {"name": name, "mimeType": kind, "buffer": data})
        expect(said).to_contain_text("Đã nhận", timeout=3 * PATIENCE_MS)
        an.fill("#f-media_alt", "Một đoạn ngắn")
        _save(an)
        expect(an.locator(f"main {shown}").first).to_be_visible()
        assert look(an, an.url) == []
    media = [one.body["media"]["name"].rpartition(".")[2] for one in own_banks.questions(bank)[0]]
    assert sorted(media) == ["mp3", "mp4", "webp"]


def _begin(page: Page, address: str, stem: str) -> None:
    page.goto(address)
    for field, text in {
        "text": stem,
        "option_A": "Có",
        "option_B": "Không",
        "topic": "Dịch vụ công",
        "answer": "A",
        "source": "Nghị định 118/2025/NĐ-CP, Điều 3",
    }.items():
        page.fill(f"#f-{field}", text)
    page.get_by_text("Hình và thiết lập").click()


def _save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Lưu câu hỏi$")).click()
