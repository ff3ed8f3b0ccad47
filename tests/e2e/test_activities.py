"""A meeting in a real browser: the code in the hall changes and lets a member in; the organiser ticks names without a
network, and the queue is sent once. The same pages fit a small phone and a laptop and nothing is objected to."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Browser, expect

from app.services.activities import attending, planning
from app.services.activities.planning import Draft
from app.services.movement.clock import now
from quizzes.hours import HOUR
from tests.e2e.test_movement import fits, person
from tests.organisation import plant
from tests.people import AN, BINH, CHI

LAPTOP = (1366, 768)


def test_a_meeting_with_a_changing_code_and_a_phone_without_network(browser: Browser, site: str, app: Flask) -> None:
    org = plant()
    draft = Draft("meeting", "Họp chi đoàn không giấy tháng 12", now() - HOUR // 2, now() + HOUR, "Nhà văn hóa", "1. A")
    hop = planning.plan(org.members[CHI], org.branch, draft)
    of = planning.activity(hop).id

    hall = person(browser, site, "hall", member=org.members[BINH], size=LAPTOP)
    hall.page.goto(f"{site}/activities/{hop}/screen")
    shown = hall.page.locator("[data-qr]")
    expect(shown.locator("svg")).to_be_visible()
    fits(hall)
    address = shown.get_attribute("data-address")
    expect(shown).not_to_have_attribute("data-address", str(address))

    an = person(browser, site, "An", member=org.members[AN], size=(360, 740))
    an.page.goto(str(shown.get_attribute("data-address")))
    fits(an)
    an.page.get_by_role("button", name="Tôi có mặt").click()
    expect(an.page.get_by_text("Đã điểm danh.")).to_be_visible()
    fits(an)
    expect(hall.page.locator("[data-here]")).to_have_text("1")

    door = person(browser, site, "Bình", "en", member=org.members[BINH], size=(360, 740))
    door.page.goto(f"{site}/activities/{hop}/door")
    fits(door)
    says = door.page.locator("[data-says]")
    expect(door.page.locator("input:checked")).to_have_count(1)  # An, who scanned
    door.page.context.set_offline(True)
    door.page.get_by_label("Find a name or code").fill("binh")
    expect(door.page.locator("[data-name]:visible")).to_have_count(1)
    door.page.locator("[data-name]:visible label").click()
    expect(says).to_contain_text("Waiting to be sent: 1")
    assert attending.how_many(of) == 1
    door.page.context.set_offline(False)
    expect(says).to_have_text("Everything is sent.")
    assert [one.way for one in attending.came(of)] == ["code", "later"]
    door.page.reload()
    expect(door.page.locator("input:checked")).to_have_count(2)
