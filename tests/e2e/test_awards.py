"""From a frozen standing to a document: proposed, decided by another, checked on a stranger's phone, revoked."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.services import points
from app.services.awards import printing, proposing
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role
from app.services.standings import freezing, snapshots, standings
from quizzes.ledger import Due
from quizzes.standing.rules import Rules
from tests.app.services.awards.test_awards import DRAFT
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.e2e.test_people import look
from tests.organisation import Organisation, plant
from tests.organisation import browser as client_of
from tests.people import AN, BINH, CHI, DUNG


def test_from_a_ranking_to_a_document_checked_on_another_phone_and_revoked(
    site: str, app: Flask, browser: Browser, tmp_path: Path
) -> None:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    held, no = frozen(org)
    chi, binh, stranger = (phone(app, browser, site, org.members.get(who)) for who in (CHI, BINH, "nobody"))

    chi.goto(f"{site}/standings/{held}/rules")
    for formula, third, weight in (("total", False, False), ("fair", True, False), ("own", False, True)):
        chi.select_option("#f-formula", formula)
        expect(chi.locator("#f-completion")).to_be_visible(visible=third)
        expect(chi.locator("#f-contests")).to_be_visible(visible=weight)
    answers = [(202, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")] * 3 + [
        (200, "image/png", picture())
    ] * 9
    chi.route("**/letterhead/drum.png*", lambda route: route.fulfill(**answer(*answers.pop(0))))
    chi.goto(f"{site}/chapters/{org.province}/letterhead")
    drawn = chi.locator("img[src*='drum.png']")
    expect(drawn).to_have_attribute("src", re.compile("drawn=1"))
    assert chi.wait_for_function("document.querySelector(`img[src*='drum.png']`).naturalWidth === 300")
    chi.unroute("**/letterhead/drum.png*")
    chi.set_input_files("#f-logo", {"name": "logo.png", "mimeType": "image/png", "buffer": picture()})
    chi.fill("#f-signer", "Trần Văn Ẵng")
    chi.get_by_role("button", name="Lưu", exact=True).click()
    chi.goto(f"{site}/standings/{held}/{no}")
    chi.get_by_role("link", name="Trao giải từ bản chốt này").click()
    ranked = "Đoàn xã Sóng Xanh (X); Giải Nhất\nĐoàn phường Sao Mai (P); Giải Nhì"
    expect(chi.locator("#f-lines")).to_have_value(ranked)
    assert look(chi, chi.url) == []
    chi.get_by_role("radio", name="Giấy khen").check()
    chi.get_by_role("button", name="Đề nghị").click()
    expect(chi.get_by_role("alert")).to_contain_text("số quyết định")
    chi.fill("#f-decision_no", "15-QĐ/ĐTN")
    chi.fill("#f-decided_on", "2026-11-20")
    chi.get_by_role("button", name="Đề nghị").click()
    expect(chi.locator("main")).to_contain_text("Chờ một người tổ chức khác")

    binh.goto(chi.url)
    binh.get_by_role("button", name="Đồng ý và in").click()
    expect(binh.locator("[data-printed]")).to_have_text("2", timeout=3 * PATIENCE_MS)
    assert look(binh, binh.url) == []
    with binh.expect_navigation():
        binh.get_by_role("link", name="Trang của giấy").first.click()
    page_of_document = binh.url
    with binh.expect_download() as started:
        binh.get_by_role("link", name="Tải giấy").click()
    file = tmp_path / "giay.pdf"
    started.value.save_as(file)

    assert look(stranger, page_of_document) == []
    expect(stranger.get_by_role("status")).to_contain_text("có thật")
    for words in ("Giấy khen", "Đoàn xã Sóng Xanh", "Giải Nhất", "15-QĐ/ĐTN", "Trần Văn Ẵng", "Tỉnh đoàn Thử"):
        expect(stranger.locator("dl")).to_contain_text(words)
    assert checked(stranger, site, file.read_bytes()).startswith("✓ Đúng là tệp")
    edited = file.read_bytes().replace(b"/Type", b"/type", 1)
    assert hashlib.sha256(edited).digest() != hashlib.sha256(file.read_bytes()).digest()
    assert "không cấp tệp này" in checked(stranger, site, edited)

    binh.goto(page_of_document)
    binh.get_by_text("Thu hồi giấy này").click()
    binh.fill("#f-decision", "16-QĐ/ĐTN")
    binh.fill("#f-reason", "Nhầm số liệu của cơ sở khác.")
    binh.get_by_role("button", name="Thu hồi", exact=True).click()
    expect(binh.locator("main")).to_contain_text("Nhầm số liệu")
    stranger.goto(page_of_document)
    expect(stranger.get_by_role("status")).to_contain_text("theo 16-QĐ/ĐTN")
    assert "Nhầm số liệu" not in stranger.content()
    assert "đã bị thu hồi" in checked(stranger, site, file.read_bytes())


def test_the_bar_goes_on_after_the_server_was_away(
    site: str, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    monkeypatch.setattr(printing, "SLICE", 1)
    made = proposing.propose(org.members[CHI], org.province, DRAFT)
    proposing.decide(org.members[BINH], made, True)
    printing.print_due(most=1)
    chi = phone(app, browser, site, org.members[CHI])
    chi.goto(f"{site}/awards/{made}")
    printed = chi.locator("[data-printed]")
    expect(printed).to_have_text("1")
    chi.route("**/progress", lambda route: route.abort())
    with chi.expect_event("requestfailed"):
        printing.print_due(most=1)
    chi.unroute("**/progress")
    expect(printed).to_have_text("2")
    with chi.expect_event("load"):
        printing.print_due()
    expect(printed).to_have_text("3")


def frozen(org: Organisation) -> tuple[str, int]:
    for number in range(4):
        add_member(None, org.village, Person(f"Lê Văn {number}", 2000, f"X-{number}"))
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(60, None)})
    draft = standings.Draft("Thi đua thử", "xa_phuong", points.season_of(snapshots.now_of()))
    held = standings.make(org.members[CHI], org.province, draft, Rules(formula="total", least=1))
    return held, freezing.freeze(org.members[CHI], held)


def phone(app: Flask, browser: Browser, site: str, member: int | None) -> Page:
    """A phone on which this member is signed in; without one a stranger's."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    if member is not None:
        client = client_of(app, member)
        client.get("/")
        cookie = client.get_cookie("scs")
        assert cookie
        context.add_cookies([{"name": "scs", "value": cookie.value, "url": site}])
    return context.new_page()


def answer(status: int, content_type: str, body: bytes) -> dict[str, Any]:
    """An answer in the place of the server's."""
    return {"status": status, "content_type": content_type, "body": body}


def checked(page: Page, site: str, content: bytes) -> str:
    """The text of the page after the check of a file."""
    page.goto(f"{site}/c")
    page.set_input_files("#f-file", {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": content})
    with page.expect_navigation():
        page.get_by_role("button", name="Kiểm tra").click()
    return " ".join(page.locator(".verdict").inner_text().split())


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), "#0b45b4").save(out, "PNG")
    return out.getvalue()
