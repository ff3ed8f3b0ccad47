"""A question with formulas in a real browser: previewed while it is written, then on phone, stage and console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from flask import Flask
from playwright.sync_api import Browser, expect

from app.services.banks import own_banks
from app.services.people.roles import grant_role
from tests.e2e.hall import HOST, PHONE, STAGE, Phone, Window
from tests.e2e.members import window
from tests.e2e.test_demo_show import new_show
from tests.organisation import plant
from tests.people import AN, BINH
from tests.serving import Server, serving

STEM = r"Nghiệm lớn của \(x^2-5x+6=0\) là \(\frac{5+\sqrt{1}}{2}\), tức là mấy?"
QUESTION = {
    "type": "single",
    "text": {"vi": STEM},
    "answer": 1,
    "options": [{"text": {"vi": rf"\(\sqrt{{{n}}}\)"}} for n in (4, 9, 16, 25)],
    "explanation": {"vi": r"\(\frac{6}{2}=3\)."},
}
SCRIPT = {
    "title": {"vi": "Đố vui toán"},
    "rounds": [{"format": "speed", "settings": {"seconds": 0}, "questions": [QUESTION]}],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("formulas")) as started:
        yield started


def test_the_editor_shows_formulas_and_says_which_it_cannot_read(app: Flask, site: str, browser: Browser) -> None:
    org = plant()
    grant_role(None, org.members[AN], "author", org.branch)
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Toán")
    an = window(app, browser, site, "an", org.members[AN], PHONE)
    an.page.goto(f"{site}/banks/{bank}/new")
    for name, text in {"text": STEM, "topic": "Toán", "answer": "A", "source": "SGK Toán 10, 2022"}.items():
        an.page.locator(f"#f-{name}").fill(text)
    an.page.locator("#f-option_A").fill(r"\(3\)")
    an.page.locator("#f-option_B").fill(r"\(\frac{\)")
    for look in ("phone", "stage", "paper"):
        expect(an.page.locator(f".look-{look} math")).to_have_count(3)
    expect(an.page.locator(".look-phone math").first).to_have_accessible_name("x bình phương trừ 5 x cộng 6 bằng 0")
    expect(an.page.locator("[data-look] .warn")).to_contain_text(r"\(\frac{\)")
    expect(an.page.locator("#f-text")).to_have_value(STEM)
    an.check_no_scrollbars()
    an.check_accessible()
    assert an.complaints == []


def test_phone_stage_and_console_show_formulas(server: Server, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "toan.yaml"
    file.write_text(yaml.safe_dump(SCRIPT, allow_unicode=True))
    show = new_show(server, file)
    host, stage = Window.of(browser, "host", HOST, "vi"), Window.of(browser, "stage", STAGE, "vi")
    an = Phone.of(browser, "an", PHONE, "vi")
    host.page.goto(show["host_url"])
    stage.page.goto(show["stage_url"])
    an.join(show["join_url"], "An")
    for phase in ("ready", "open"):
        host.steps_to(phase)
    expect(an.page.locator("[data-ask] h1 math mfrac msqrt")).to_be_visible()
    expect(an.page.locator("[data-ask] .opt math")).to_have_count(4)
    expect(stage.page.locator(".ask h1 math")).to_have_count(2)
    expect(stage.page.locator(".tiles math")).to_have_count(4)
    host.shoot("formulas", "open")
    an.shoot("formulas", "open")
    stage.shoot("formulas", "open")
    an.check_accessible()
    an.page.locator("[data-ask] .opt").filter(has=an.page.locator("math[aria-label='căn bậc hai của 9']")).click()
    host.steps_to("closed")
    host.steps_to("revealed")
    expect(an.page.locator(".why math")).to_have_accessible_name("phân số 6 trên 2 bằng 3")
    expect(stage.page.locator(".tiles math")).to_have_count(4)
    for one in (host, stage, an):
        one.check_no_scrollbars()
        assert one.complaints == []
    an.shoot("formulas", "revealed")
    stage.shoot("formulas", "revealed")
