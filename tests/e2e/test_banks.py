"""Question banks in a real browser: written, reviewed, approved, played; a file sent, mended and taken in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from app.services.banks import banks, own_banks
from app.services.people.roles import grant_role
from app.services.people.sign_ins import begin
from app.services.shows import addresses, scripts
from tests.app.services.banks.test_own_banks import row, table
from tests.e2e.exam import SECRET, arena, cookie
from tests.e2e.hall import HOST, PHONE, Phone, Window
from tests.organisation import Organisation
from tests.people import AN, BINH

STEM = "Muốn nộp hồ sơ trực tuyến, bạn vào đâu trước tiên?"


def window(browser: Browser, site: str, name: str, member: int, size: tuple[int, int]) -> Window:
    found = Window.of(browser, name, size, "vi")
    token = cookie(begin(member, "Firefox, Linux"))
    found.page.context.add_cookies([{"name": "scs", "value": token, "url": site}])
    return found


def test_a_question_is_written_reviewed_approved_and_played_and_a_file_is_mended(
    browser: Browser, tmp_path: Path
) -> None:
    with arena(tmp_path) as made:
        grant_role(None, made.org.members[AN], "author", made.org.branch)
        _from_pen_to_hall(browser, made.server.url, made.org, tmp_path)


def _from_pen_to_hall(browser: Browser, site: str, org: Organisation, tmp_path: Path) -> None:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
    an = window(browser, site, "an", org.members[AN], PHONE)
    binh = window(browser, site, "binh", org.members[BINH], HOST)
    _write(an, f"{site}/banks/{bank}/new")
    _approve(binh, site)
    (one,) = own_banks.questions(bank, words="hồ sơ trực tuyến")[0]
    assert (one.state, one.approved_version) == ("approved", 1)
    rounds: list[Any] = [{"format": "speed", "questions": [one.key]}]
    show = scripts.create(
        "",
        script={"title": {"vi": "Thử"}, "rounds": rounds},
        host_member_id=org.members[BINH],
        chapter_id=org.branch,
        unreviewed=False,
    )
    an.page.goto(f"{site}/questions/{one.id}")
    an.see("đang dùng trong chương trình")
    _play(browser, binh, site, show)
    _import(an, f"{site}/banks/{bank}/upload", tmp_path)
    assert own_banks.questions(bank)[1] == 3
    assert banks.pickable(org.members[BINH], lambda _: True, words="muon nop ho so")[0].id == one.id
    assert an.complaints == binh.complaints == []


def _write(an: Window, address: str) -> None:
    """A typed question comes back after the page was lost; the preview follows; Ctrl+S saves."""
    page = an.page
    page.goto(address)
    page.locator("#f-text").fill(STEM)
    page.locator("#f-option_A").fill("Cổng Dịch vụ công quốc gia")
    page.locator("#f-option_B").fill("Một nhóm trò chuyện")
    expect(page.locator("[data-autosaved]")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator("#f-text")).to_have_value(STEM)
    page.locator("#f-topic").fill("Dịch vụ công")
    page.locator("#f-answer").fill("A")
    page.locator("#f-source").fill("Nghị định 118/2025/NĐ-CP, Điều 3")
    expect(page.locator(".look-phone p").first).to_have_text(STEM)
    an.check_no_scrollbars()
    page.keyboard.press("Control+s")
    an.see("Đã lưu. Câu hỏi cần được thẩm định và duyệt trước khi dùng.")


def _approve(binh: Window, site: str) -> None:
    page = binh.page
    page.goto(f"{site}/reviews")
    page.get_by_role("link", name=STEM).click()
    page.get_by_label("Nhận xét").fill("Đã mở nguồn, đúng điều.")
    page.get_by_role("button", name="Gửi nhận xét").click()
    binh.see("Đã mở nguồn, đúng điều.")
    page.get_by_role("button", name="Đã thẩm định").click()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    binh.see("Đã chuyển 1 câu.")


def _play(browser: Browser, binh: Window, site: str, show: scripts.Created) -> None:
    """A phone answers the approved question by its words, and is told that this is right."""
    host, chi = binh, Phone.of(browser, "chi", PHONE, "vi")
    host.page.goto(f"{site}/shows/{show.public_id}")
    console = host.page.locator("a", has_text="Bàn điều khiển").first.get_attribute("href") or ""
    host.page.goto(site + console[console.index("/host/") :])
    host.reaches("lobby")
    chi.join(addresses.of(show, site, SECRET).join, "Chi")
    for phase in ("ready", "open"):
        host.steps_to(phase)
    expect(chi.page.locator("[data-ask] h1")).to_have_text(STEM)
    chi.page.locator("[data-ask] .opt").filter(has_text="Cổng Dịch vụ công quốc gia").click()
    chi.reaches("closed")
    host.steps_to("revealed")
    chi.see("Chính xác!")
    assert int(chi.score.inner_text()) > 0
    assert chi.complaints == []


def _import(an: Window, address: str, folder: Path) -> None:
    """The wrong cell is named; the mended file goes in."""
    page = an.page
    for name, answer in (("sai.csv", "Z"), ("dung.csv", "B")):
        (folder / name).write_bytes(table(row("Một cộng một bằng mấy?"), row("Hai cộng hai bằng mấy?", answer=answer)))
        page.goto(address)
        page.locator("input[type=file]").set_input_files(folder / name)
        page.get_by_role("button", name="Đọc tệp").click()
        if answer == "Z":
            an.see("G3 (Đáp án)")
    page.get_by_role("button", name=re.compile("Nhập 2 câu")).click()
    an.see("Đã nhập: 2 câu mới")
