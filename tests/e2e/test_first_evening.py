"""An organiser's first evening: from the link of the terminal to a published result, with a real list of members.

In both languages; the phone is that of a member who holds a printed slip. Only the end of the contest is not waited for.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from playwright.sync_api import Browser, Page, expect

from app.services.banks import banks
from app.services.contests.publishing import making
from app.services.contests.results import grading
from app.services.people import links
from quizzes.hours import DAY, day
from tests.contests import now, shipped
from tests.e2e.exam import Taker
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.e2e.test_contest import hand_in

LAPTOP = (1366, 768)
PASSWORD = "bốn con vịt bơi"
PEOPLE = [(1, "Phạm Mẫu", "Một", "00012", "12/03/2001", None), (2, "Lê Thị Mẫu", "Hai", "00013", None, "05/09/2004")]


def real_list(folder: Path) -> Path:
    """As a ward keeps it: a heading, titles over two rows, names in two columns, the day of birth by sex, zeros kept,
    and a word for the codes that nobody knows here."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["DANH SÁCH ĐOÀN VIÊN"], [], ["STT", "Họ đệm", "Tên", "Số sổ", "Ngày sinh", None]):
        sheet.append(row)
    sheet.append([None, None, None, None, "Nam", "Nữ"])
    sheet.merge_cells("E3:F3")
    for person in PEOPLE:
        sheet.append(person)
    book.save(folder / "doan-vien.xlsx")
    return folder / "doan-vien.xlsx"


class Evening:
    """The organiser's browser; words are said in its language."""

    def __init__(self, app: Flask, browser: Browser, site: str, lang: str) -> None:
        self.app, self.browser, self.site, self.lang = app, browser, site, lang
        self.complaints: list[str] = []
        self.page = self.opened(LAPTOP)

    def opened(self, size: tuple[int, int]) -> Page:
        locale = {"vi": "vi-VN", "en": "en-GB"}[self.lang]
        page = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{self.site}/language/{self.lang}?next=/")
        return page

    def say(self, vietnamese: str) -> str:
        with self.app.test_request_context(), force_locale(self.lang):
            return gettext(vietnamese)

    def press(self, vietnamese: str) -> None:
        self.page.locator("main").get_by_role("button", name=self.say(vietnamese), exact=True).first.click()

    def begins(self) -> None:
        self.page.goto(f"{self.site}/start/{links.admin_link()}")
        who = {"organisation": "Đoàn phường Hạ Mây", "name": "Lê Thị Chi", "birth_year": "1990", "username": "chi.le"}
        for name, text in {**who, "password": PASSWORD}.items():
            self.page.locator(f"#f-{name}").fill(text)
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
        self.press("Tạo tài khoản quản trị")
        self.page.wait_for_url("**/admin")

    def makes_a_chapter(self) -> None:
        self.page.goto(f"{self.site}/chapters/1/new")
        self.page.locator("#f-name").fill("Chi đoàn khu phố 2")
        self.page.locator("#f-kind").select_option("chi_doan")
        self.page.locator("main form.card button").first.click()
        expect(self.page.get_by_role("heading", name="Chi đoàn khu phố 2").first).to_be_visible()

    def brings_the_list(self, file: Path) -> None:
        self.page.goto(f"{self.site}/chapters/2/import/members")
        self.page.locator("#f-file").set_input_files(file)
        self.press("Đọc tệp")
        column = self.page.get_by_role("row", name=re.compile("Số sổ")).get_by_role("combobox")
        column.select_option("code")
        self.press("Đọc lại với các cột này")
        expect(self.page.get_by_role("row", name=re.compile("00012.*Phạm Mẫu Một.*2001"))).to_be_visible()
        self.page.locator("form[action$=confirm] button.primary").click()
        self.page.goto(f"{self.site}/chapters/2/members")
        expect(self.page.get_by_text("Lê Thị Mẫu Hai").first).to_be_visible()

    def prints_slips(self) -> str:
        """The code on the sheet of the first person."""
        self.page.goto(f"{self.site}/chapters/2/slips")
        self.press("Làm phiếu")
        slip = self.page.locator("[data-sheets] *", has_text="Phạm Mẫu Một").filter(has=self.page.locator("code")).last
        return slip.locator("code").first.inner_text()

    def opens_a_contest(self) -> str:
        """From a bank, open since yesterday; its public number."""
        page = self.page
        page.goto(f"{self.site}/contests/new?preset=weekly-speed&chapter=1")
        page.locator("#f-first_day").fill(day(now() - DAY))
        self.press("Tiếp tục")
        page.wait_for_url("**/setup")  # what is counted and ticked below is that page's, whole
        for box in page.locator('input[name="banks"][type=checkbox]').all():
            box.check()
        lines = page.locator('button[value^="drop:blueprint.cells."]')
        for left in range(lines.count() - 1, 0, -1):
            lines.last.click()
            expect(lines).to_have_count(left)
        page.locator('[name="who.chapters"]').first.fill("Đoàn phường Hạ Mây")
        self.press("Lưu và kiểm tra")
        page.locator("#f-sure").check()
        self.press("Mở cuộc thi")
        page.wait_for_url(re.compile(r"/contests/[^/]+$"))
        return page.url.rpartition("/")[2]

    def publishes(self, contest: str) -> None:
        self.page.goto(f"{self.site}/contests/{contest}/desk")
        self.page.locator("form[action$=publish] button").first.click()
        self.page.goto(f"{self.site}/contests/{contest}/results?wave=0")


def takes_it(evening: Evening, code: str, contest: str) -> Page:
    """A member opens the account with the slip, takes the contest and hands it in."""
    phone = evening.opened(PHONE)
    phone.goto(f"{evening.site}/slip")
    phone.locator("#f-code").fill(code)
    phone.locator("main form button").first.click()
    phone.wait_for_url("**/slip/*")
    for name, text in (("username", "mot.pham"), ("password", PASSWORD), ("again", PASSWORD)):
        phone.locator(f"#f-{name}").fill(text)
    for box in phone.locator("main input[type=checkbox]").all():
        box.check()
    phone.locator("main form button.primary").click()
    phone.wait_for_url(f"{evening.site}/")
    taker = Taker("Phạm Mẫu Một", phone, evening.lang, evening.complaints, site=evening.site)
    phone.goto(f"{evening.site}/contests/{contest}/enter")
    for box in phone.locator("input[name=agreed]").all():
        box.check()
    phone.locator("form[data-start] button").first.click()
    phone.wait_for_url("**/tries/*")
    taker.ready()
    for _ in range(2):
        taker.choose()
        taker.next()
    hand_in(taker)
    phone.locator("[data-to-result]").click()
    return phone


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_from_the_first_link_to_a_published_result(
    app: Flask, site: str, browser: Browser, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    evening = Evening(app, browser, site, lang)
    evening.begins()
    evening.makes_a_chapter()
    evening.brings_the_list(real_list(tmp_path))
    code = evening.prints_slips()
    contest = evening.opens_a_contest()
    phone = takes_it(evening, code, contest)
    later = now() + 40 * DAY
    monkeypatch.setattr(making, "time", SimpleNamespace(time_ns=lambda: later * 1000))
    grading.grade_due(later)
    evening.publishes(contest)
    expect(evening.page.get_by_text("Phạm Mẫu Một").first).to_be_visible()
    phone.goto(f"{site}/contests/{contest}/results?wave=0")
    expect(phone.locator("main").get_by_text("Phạm Mẫu Một").first).to_be_visible()
    phone.goto(f"{site}/contests/{contest}/results/chapters?wave=0")
    expect(phone.locator("main").get_by_text("Chi đoàn khu phố 2").first).to_be_visible()
    assert evening.complaints == []
