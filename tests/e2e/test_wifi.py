"""A hall without internet in a real browser: a phone tries the Wi-Fi, the desk says whether it stays, guests and codes
go over plain HTTP, and no form asks for a password there."""

from __future__ import annotations

import urllib.request

from flask import Flask
from playwright.sync_api import Browser, expect

from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.slips import make
from tests.e2e.hall import HOST, PHONE, Window
from tests.e2e.members import window
from tests.organisation import plant
from tests.people import BINH

ELSEWHERE = {"X-Forwarded-For": "10.10.0.7"}
"""As a request comes from another machine over plain HTTP."""


def test_a_phone_tries_the_wifi_and_the_desk_says_whether_it_stays(app: Flask, site: str, browser: Browser) -> None:
    org = plant()
    binh = window(app, browser, site, "binh", org.members[BINH], HOST)
    binh.page.goto(f"{site}/hall")
    expect(binh.page.get_by_text("Chưa máy nào tới được")).to_be_visible()
    phone = Window.of(browser, "phone", PHONE, "vi")
    phone.page.goto(f"{site}/hall/phone")
    expect(phone.page.locator("[data-well]")).to_be_visible()
    phone.check_accessible()
    phone.check_no_scrollbars()
    row = binh.page.locator("tbody tr")  # it comes by itself
    expect(row).to_contain_text("có thể rời")
    asked = urllib.request.Request(f"{site}/generate_204", headers={"Host": "connectivitycheck.gstatic.com"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.status == 204
    expect(row).to_contain_text("ở lại")
    expect(binh.page.locator(".stats")).to_contain_text("máy thấy máy chủ")
    binh.check_accessible()
    binh.shoot("hall", "wifi")
    assert [binh.complaints, phone.complaints] == [[], []]


def test_over_plain_http_guests_and_codes_go_and_no_form_asks_for_a_password(
    app: Flask, site: str, browser: Browser
) -> None:
    org = plant()
    (slip,) = make(org.members[BINH], org.branch, [add_member(None, org.branch, Person("Nguyễn Thị Em", 2004))])
    an = Window.of(browser, "an", PHONE, "vi")
    an.page.context.set_extra_http_headers(ELSEWHERE)
    for address in ("/sign-in", f"/slip/{slip.code}"):
        an.page.goto(f"{site}{address}")
        expect(an.page.locator("input[type=password]")).to_have_count(0)
        expect(an.page.get_by_text("không mã hóa").first).to_be_visible()
        an.check_accessible()
    an.page.goto(f"{site}/slip/{slip.code}?lang=en")
    expect(an.page.get_by_text("your code stays good")).to_be_visible()
    expect(an.page.locator("form input[name=username]")).to_have_count(0)  # nobody fills in what cannot be sent
    an.check_no_scrollbars()
    an.shoot("hall", "slip")
    an.follow(an.page.get_by_role("link", name="Join the room"))
    expect(an.page.locator("[name=pin]")).to_be_visible()
    assert an.complaints == []
