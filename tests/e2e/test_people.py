"""Pages of people in a real browser: a phone's width, no complaint of the policy, nothing axe objects to."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.services.people import accounts, links
from app.services.people.accounts import SignUp
from app.services.people.imports import imports
from app.services.people.logins import store_hash_in
from app.services.people.passwords import hashed
from app.services.people.public_names import this_year
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.organisation import Organisation, plant
from tests.people import AN, CHI

PASSWORD = "bốn con vịt bơi"
FILE = "Mã đoàn viên,Họ và tên,Năm sinh\nM1,Lê Thị Mận,2001\nM2,,2002\nDV-1,Nguyễn Thị An Mới,2004\n"


def test_every_page_is_usable_on_a_phone(site: str, browser: Browser) -> None:
    org = plant()
    store_hash_in(org.members[CHI], hashed(PASSWORD))
    complaints: list[str] = []
    page = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda said: complaints.append(f"{page.url} {said.text}") if said.type == "error" else None)
    for address in outside(org):
        complaints += look(page, site + address)
    sign_in(page, site)
    for address in inside(org):
        complaints += look(page, site + address)
    assert complaints == []


def outside(org: Organisation) -> list[str]:
    child = accounts.sign_up(SignUp(org.branch, this_year() - 12, "soc.nau", PASSWORD, nickname="Sóc Nâu"), None)
    year = f"/sign-up?chapter={org.branch}"
    return [
        "/",
        "/sign-in",
        "/slip",
        "/sign-up?q=khu",
        year,
        f"{year}&born=2004",
        f"{year}&born={this_year() - 12}",
        "/privacy",
        f"/guardian/{child.guardian_token}",
        f"/password/{links.password_link(None, org.members[AN])}",
        "/chapters",
        f"/chapters/{org.ward}",
    ]


def inside(org: Organisation) -> list[str]:
    job = imports.start(org.members[CHI], org.ward, "members", "ds.csv", FILE.encode())
    return [
        "/",
        f"/chapters/{org.province}",
        f"/chapters/{org.ward}/new",
        f"/chapters/{org.ward}/close",
        f"/chapters/{org.province}/members",
        f"/members/{org.members[AN]}",
        f"/chapters/{org.ward}/import/members",
        f"/imports/{job}",
        f"/chapters/{org.province}/slips",
        "/me",
        "/me/consents",
        "/me/erase",
        "/admin",
        "/admin/roles",
        "/admin/audit",
    ]


def look(page: Page, address: str, most: int = PHONE[0]) -> list[str]:
    """The faults of a page: wider than the phone (or `most`), or objected to by axe."""
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    wide = [f"{address} is {width} wide"] if width > most else []
    return wide + [f"{address} {one['id']}" for one in Axe().run(page).response["violations"]]


def sign_in(page: Page, site: str) -> None:
    """With the keyboard alone."""
    page.goto(f"{site}/sign-in")
    page.focus("#f-login")
    for text in ("ban.chi", PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")
