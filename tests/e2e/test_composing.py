"""The script editor in a real browser: written in place, put in another order by mouse and by keyboard, copied,
looked at as stage and phone, shared with a chapter, taken out as a file and in again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.e2e.hall import HOST, PHONE, Window
from tests.e2e.members import window
from tests.organisation import Organisation, plant
from tests.people import BINH, CHI, DUNG

QUESTIONS = ("Chi đoàn ta họp vào thứ mấy?", "Ai giữ sổ của chi đoàn?")


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


@pytest.fixture
def dung(app: Flask, org: Organisation, site: str, browser: Browser) -> Window:
    """Dũng, with a script of two questions of his own."""
    dung = window(app, browser, site, "dung", org.members[DUNG], HOST)
    dung.page.goto(f"{site}/shows")
    dung.follow(dung.page.get_by_role("link", name="Soạn chương trình"))
    dung.page.fill("[name=title]", "Sinh hoạt chi đoàn")
    for text in QUESTIONS:
        press(dung, "Viết câu hỏi")
        dung.page.fill("[name=text]", text)
        dung.page.fill("[name=option_A]", "Thứ sáu")
        dung.page.fill("[name=option_B]", "Thứ bảy")
        dung.page.fill("[name=answer]", "B")
        press(dung, "Lưu câu hỏi")
    return dung


def press(one: Window, words: str) -> None:
    one.follow(one.page.get_by_role("button", name=words, exact=True).first)


def test_from_the_first_page_to_a_pin_with_one_own_question_in_four_presses(
    app: Flask, org: Organisation, site: str, browser: Browser
) -> None:
    dung = window(app, browser, site, "dung", org.members[DUNG], HOST)
    page = dung.page
    page.goto(site)
    dung.follow(page.get_by_role("link", name="Tổ chức một chương trình"))
    page.fill("[name=title]", "Sinh hoạt chi đoàn")
    press(dung, "Viết câu hỏi")
    dung.see("Dùng được ngay khi tập dượt")
    for name, text in (("text", QUESTIONS[0]), ("option_A", "Thứ sáu"), ("option_B", "Thứ bảy"), ("answer", "B")):
        page.fill(f"[name={name}]", text)
    press(dung, "Lưu câu hỏi")
    press(dung, "Tạo chương trình")
    expect(page.locator(".pin")).to_have_text(re.compile(r"\d{6}"))
    dung.see("Không tính điểm, không trao giải")
    expect(page.get_by_role("link", name="Bàn điều khiển")).to_be_visible()
    assert dung.complaints == []


def test_questions_and_rounds_change_places_by_mouse_and_by_keyboard(dung: Window) -> None:
    page = dung.page
    rows = page.locator("[data-question] .what")
    expect(rows).to_contain_text(list(QUESTIONS))
    page.locator("[data-question='1']").drag_to(page.locator("[data-question='0']"))
    expect(rows).to_contain_text(list(reversed(QUESTIONS)))
    page.locator("[data-question='0']").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows).to_contain_text(list(QUESTIONS))
    expect(page.get_by_label("Phần 1, câu 2")).to_be_focused()
    for key, place, order in (("ArrowUp", 1, list(reversed(QUESTIONS))), ("ArrowDown", 2, list(QUESTIONS))):
        page.keyboard.press(f"Alt+{key}")
        expect(rows).to_contain_text(order)
        expect(page.get_by_label(f"Phần 1, câu {place}")).to_be_focused()
    page.get_by_role("button", name="Đưa câu 2 lên").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Phần 1, câu 1")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows).to_contain_text(list(QUESTIONS))
    expect(page.locator("[name=title]")).to_have_value("Sinh hoạt chi đoàn")

    page.fill("[name=r0-title]", "Mở màn")
    press(dung, "Nhân đôi phần 1")
    press(dung, "Thêm phần thi")
    page.fill("[name=r2-title]", "Về đích")
    page.set_viewport_size({"width": HOST[0], "height": 2400})  # both ends of the drag are seen
    page.evaluate("scrollTo(0, 0)")
    titles = [page.locator(f"[name=r{at}-title]") for at in range(3)]
    page.locator("#round-2 > .head").drag_to(page.locator("#round-0 > .head"))
    for title, words in zip(titles, ("Về đích", "Mở màn", "Mở màn"), strict=True):
        expect(title).to_have_value(words)
    expect(page.locator("#round-1 [data-question], #round-2 [data-question]")).to_have_count(4)
    page.locator("#round-0").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(titles[1]).to_have_value("Về đích")
    expect(page.locator("#round-1")).to_be_focused()
    page.locator("#round-0 [data-question='0']").drag_to(page.locator("#round-1"))  # into a round that has none
    expect(page.locator("#round-1 [data-question] .what")).to_contain_text([QUESTIONS[0]])
    expect(page.locator("#round-0 [data-question] .what")).to_contain_text([QUESTIONS[1]])
    dung.check_accessible()
    assert dung.complaints == []


def test_a_script_is_set_checked_mended_and_made_a_show_of(dung: Window) -> None:
    page = dung.page
    press(dung, "Thêm phần thi")
    press(dung, "Kiểm tra")
    expect(page.locator(".flash.bad")).to_contain_text("Phần 2: chưa có câu hỏi nào")
    dung.complaints.clear()  # a form that is refused is answered by 422
    press(dung, "Bỏ phần 2")
    page.locator("#round-0 details").first.locator("summary").click()
    page.fill("[name=r0-s-seconds]", "45")
    press(dung, "Kiểm tra")
    expect(page.locator(".flash.good")).to_contain_text("Kịch bản chơi được.")
    expect(page.locator("[name=r0-s-seconds]")).to_have_value("45")
    dung.follow(page.locator("[data-question='0']").get_by_role("link", name="Sửa"))
    expect(page.locator("[name=text]")).to_have_value(QUESTIONS[0])
    page.fill("[name=option_A]", "Chủ nhật")
    press(dung, "Lưu câu hỏi")
    press(dung, "Tạo chương trình")
    expect(page.locator(".pin")).to_be_visible()
    assert dung.complaints == []


def test_a_script_is_looked_at_shared_copied_and_carried_as_a_file(
    app: Flask, org: Organisation, site: str, browser: Browser, dung: Window, tmp_path: Path
) -> None:
    page = dung.page
    page.fill("[name=title]", "Sinh hoạt tháng 12")  # typed, and not yet saved
    page.locator("#round-0 details").first.locator("summary").click()
    page.fill("[name=r0-o-note]", "Mời bí thư phát biểu")
    press(dung, "Xem thử, chia sẻ")
    expect(page.locator("h1")).to_have_text("Sinh hoạt tháng 12")
    expect(page.get_by_text("Mời bí thư phát biểu")).to_be_visible()
    for look in ("stage", "phone"):
        expect(page.locator(f".look-{look} > div")).to_contain_text(list(QUESTIONS))
        expect(page.locator(f".look-{look} > div").first).to_contain_text("Thứ bảy")
    dung.check_accessible()
    dung.shoot("composing", "look")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    dung.check_no_scrollbars()
    page.set_viewport_size({"width": HOST[0], "height": HOST[1]})

    page.get_by_label("Chia sẻ với người dẫn của").select_option(str(org.village))
    press(dung, "Ghi")
    shared = page.url
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải tệp YAML").click()
    coming.value.save_as(file := tmp_path / "kich-ban.yaml")

    chi = window(app, browser, site, "chi", org.members[CHI], HOST)
    chi.page.goto(f"{site}/shows")
    chi.follow(chi.page.get_by_role("link", name="Sinh hoạt tháng 12"))
    expect(chi.page.get_by_role("button", name="Ghi", exact=True)).to_have_count(0)
    press(chi, "Nhân bản")
    expect(chi.page.locator("[data-question] .what")).to_contain_text(list(QUESTIONS))
    binh = window(app, browser, site, "binh", org.members[BINH], HOST)
    answer = binh.page.goto(shared)
    assert answer
    assert answer.status == 404, "another branch of the tree"

    page.goto(f"{site}/shows")
    page.get_by_text("Kịch bản từ tệp YAML").click()
    page.get_by_label("Tệp kịch bản (.yaml)").set_input_files(file)
    press(dung, "Đọc tệp")
    expect(page.locator("[name=title]")).to_have_value("Sinh hoạt tháng 12")
    expect(page.locator("[data-question] .what")).to_contain_text(list(QUESTIONS))
    expect(page.locator("[name=r0-o-note]")).to_have_value("Mời bí thư phát biểu")
    assert [dung.complaints, chi.complaints] == [[], []]
