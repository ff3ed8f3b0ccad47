"""A day of deeds on two phones without a network: kept, opened again, sent once though an answer was lost on the
way."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Error, Page, Route, expect

from app.services.deeds import looking, partners
from tests.e2e.hall import PHONE
from tests.e2e.test_movement import fits, person
from tests.organisation import plant
from tests.people import AN, BINH, CHI

KEPT = """async () => {
  if (!navigator.serviceWorker.controller || !(await caches.match("/deeds"))) return false;
  const kept = await Promise.all(performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => new URL(name).pathname.startsWith("/static/")).map((name) => caches.match(name)));
  return kept.length > 8 && kept.every(Boolean);
}"""
"""The phone keeps the page with all its files, and the worker answers for it."""


def test_a_day_of_deeds_offline_on_two_phones(browser: Browser, site: str, app: Flask) -> None:
    org = plant()
    card = partners.card(partners.make_card(org.members[CHI], org.ward, "Nhà văn hóa khu phố 3"))
    assert card
    an = person(browser, site, "An", member=org.members[AN], size=PHONE)
    an.page.goto(f"{site}/deeds/partner#{card.code}")
    expect(an.page.get_by_text("Nhà văn hóa khu phố 3")).to_be_visible()
    fits(an)
    an.page.goto(f"{site}/deeds")
    an.page.wait_for_function(KEPT)
    fits(an)
    an.page.context.set_offline(True)
    note(an, "payment", "household")
    expect(an.page.locator("[data-waiting]")).to_have_text("2")
    fits(an)
    reopen(an.page, f"{site}/deeds")  # the phone closed it meanwhile
    expect(an.page.locator("[data-waiting]")).to_have_text("2")
    an.page.locator("#deed details").click()
    an.page.locator("#f-photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    note(an, "payment.first")
    expect(an.page.locator("[data-waiting]")).to_have_text("3")
    assert looking.of_member(org.members[AN]) == []

    binh = person(browser, site, "Bình", "en", member=org.members[BINH], size=(1366, 768))
    binh.page.goto(f"{site}/deeds")
    fits(binh)
    binh.page.context.set_offline(True)
    note(binh, "bill", "bill", "bill")

    answers = []

    def lose(route: Route) -> None:
        status = route.fetch().status  # the server has it, the phone never hears
        route.abort()
        answers.append(status)

    an.page.route("**/deeds/send", lose)
    an.page.context.set_offline(False)
    an.page.get_by_role("button", name="Gửi ngay").click()
    while not answers:
        an.page.wait_for_timeout(50)
    expect(an.page.locator("[data-waiting]")).to_have_text("3")
    an.page.unroute_all(behavior="wait")
    an.page.get_by_role("button", name="Gửi ngay").click()
    expect(an.page.locator("#queue")).to_be_hidden()
    binh.page.context.set_offline(False)
    expect(binh.page.locator("#queue")).to_be_hidden()
    noted = {name: [(one.kind, one.step) for one in looking.of_member(org.members[name])] for name in (AN, BINH)}
    assert sorted(noted[AN]) == [("household", "done"), ("payment", "done"), ("payment", "first")]
    assert [one.photo for one in looking.of_member(org.members[AN]) if one.step == "first"] == [True]
    assert noted[BINH] == [("bill", "done")] * 3
    an.page.goto(f"{site}/deeds")
    expect(an.page.get_by_text("Đến một hộ gia đình (1+1)", exact=True)).to_be_visible()


def test_a_page_kept_since_yesterday_notes_the_day_it_is(browser: Browser, site: str, app: Flask) -> None:
    org = plant()
    an = person(browser, site, "An", member=org.members[AN], size=PHONE)
    an.page.goto(f"{site}/deeds")
    an.page.wait_for_function(KEPT)
    an.page.reload()  # through the worker, as on an ordinary day, before the network goes
    an.page.wait_for_function(KEPT)
    an.page.context.set_offline(True)
    tomorrow = datetime.now(UTC) + timedelta(hours=7, days=1)
    an.page.clock.set_fixed_time(tomorrow - timedelta(hours=7))
    reopen(an.page, f"{site}/deeds")
    expect(an.page.locator("#f-day")).to_have_value(tomorrow.date().isoformat())
    note(an, "bill")
    expect(an.page.locator("[data-entries] .under")).to_contain_text(tomorrow.date().isoformat())
    an.page.locator("#f-day").fill((tomorrow - timedelta(days=3)).date().isoformat())
    note(an, "bill")
    expect(an.page.locator("[data-waiting]")).to_have_text("2")
    expect(an.page.locator("#no-photo")).to_be_hidden()
    an.page.locator("#deed details").click()
    an.page.locator("#f-photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    note(an, "bill")
    expect(an.page.locator("[data-waiting]")).to_have_text("3")
    expect(an.page.locator("#no-photo")).to_be_visible()


def reopen(page: Page, address: str) -> None:
    """Open a kept page without a network. Chromium sometimes stops the worker in the moment the network goes and shows
    its own error; a person presses again then, a moment later."""
    for _ in range(59):
        with suppress(Error):
            page.goto(address)
            return
        page.wait_for_timeout(500)
    page.goto(address)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "red").save(out, "PNG")
    return out.getvalue()


def note(window, *what: str) -> None:  # type: ignore[no-untyped-def]
    for one in what:
        window.page.locator("#f-what").select_option(one)
        window.page.locator("#deed .big").click()
