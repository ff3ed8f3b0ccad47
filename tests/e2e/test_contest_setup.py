"""Banks and the set-up of contests in a real browser: laptop and phone, no complaint of the policy or of axe."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.services.banks import banks, own_banks, question_import, question_reviews
from app.services.contests import contests
from app.services.contests.setup import opening
from tests.app.pages.contests.test_setup import draft
from tests.app.services.banks.test_own_banks import row, table
from tests.contests import shipped
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.organisation import Organisation, plant
from tests.organisation import browser as signed_in
from tests.people import BINH, CHI

LAPTOP = (1280, 800)


@pytest.fixture
def org(app: Flask) -> Organisation:
    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    return plant()


def organiser(app: Flask, org: Organisation, browser: Browser, site: str, size: tuple[int, int]) -> Page:
    """Bình's browser, signed in."""
    (cookie,) = signed_in(app, org.members[BINH])._cookies.values()
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def addresses(org: Organisation) -> list[str]:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Của chi đoàn")
    job = question_import.start(org.members[CHI], bank, "a.csv", table(row("Một?"), row("Hai?"), row("", "sai")))
    question_import.confirm(org.members[CHI], job)
    (first, _), _ = own_banks.questions(bank)
    question_reviews.step(org.members[BINH], {first.id: first.revision}, "reviewed")
    again = question_import.start(org.members[BINH], bank, "b.csv", table(row("Ba?"), row("", "sai")))
    made = draft(org, "officials-citizens")
    live = draft(org, blueprint={"cells": [{"count": 3}]})
    assert opening.open_contest(org.members[BINH], live.id, live.revision) == []
    return [
        "/banks",
        f"/banks/{bank}",
        f"/banks/{bank}/name",
        f"/banks/{bank}/upload",
        f"/banks/{bank}/new",
        f"/bank-uploads/{again}",
        f"/questions/{first.id}",
        f"/questions/{first.id}/edit",
        f"/questions/{first.id}/versions",
        "/reviews",
        *(f"/banks/{bank}/{part}" for part in ("plan", "ending", "checklist", "duplicates")),
        "/contests",
        "/contests/new",
        *(f"/contests/{made.public_id}{path}" for path in ("", "/setup", "/check", "/headcounts", "/the-le")),
        f"/contests/{live.public_id}",
        f"/contests/{live.public_id}/the-le",
        "/",
    ]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_fits_and_pleases_axe(
    app: Flask, org: Organisation, site: str, browser: Browser, size: tuple[int, int]
) -> None:
    page = organiser(app, org, browser, site, size)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{page.url} {said.text}") if said.type == "error" else None)
    for address in addresses(org):
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        width = page.evaluate("document.documentElement.scrollWidth")
        complaints += [f"{address} is {width} wide"] if width > size[0] else []
        complaints += [f"{address} {one['id']}" for one in Axe().run(page).response["violations"]]
    assert complaints == []


def test_a_contest_is_set_up_checked_and_opened_by_hand(
    app: Flask, org: Organisation, site: str, browser: Browser
) -> None:
    page = organiser(app, org, browser, site, LAPTOP)
    page.goto(f"{site}/contests/new")
    page.get_by_label("Thử thách hằng tuần").check(force=True)
    page.get_by_label("Ngày mở đợt đầu").fill("2099-12-07")
    page.get_by_role("button", name="Tiếp tục").click()
    line = page.get_by_role("group", name="Dòng 1 của ma trận đề")
    expect(line).to_contain_text("chỉ có 0 câu dùng được")
    page.locator('input[name="banks"][type=checkbox]').nth(0).check()
    page.locator('input[name="banks"][type=checkbox]').nth(1).check()
    expect(line).not_to_contain_text("chỉ có")
    rows = page.get_by_role("group", name=re.compile("Dòng [0-9]+ của ma trận đề"))
    for left in range(rows.count() - 1, 0, -1):  # each press brings the page anew: what stands there is waited for
        rows.last.get_by_role("button", name="Bỏ dòng").click()
        expect(rows).to_have_count(left)
    page.get_by_placeholder("Tìm cơ sở theo tên").first.fill("khu phố 1")
    page.get_by_role("button", name=re.compile("Chi đoàn khu phố 1")).click()
    expect(page.locator('[id="f-who.chapters"]')).to_have_value("Chi đoàn khu phố 1 (KP1)")
    page.get_by_role("button", name="Lưu và kiểm tra").click()
    page.get_by_label(re.compile("Tôi đã đọc thể lệ")).check()
    page.get_by_role("button", name="Mở cuộc thi").click()
    expect(page.get_by_text("Cuộc thi đã mở theo lịch")).to_be_visible()
    (held,) = contests.organised([org.path(org.branch)])
    assert held.running and len(contests.frozen(held.id).rules.blueprint.cells) == 1
