"""The director's keys in a real browser: arm and go, the shelf, another question, several steps back, the MC's
tablet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.hall import HOST, PHONE, STAGE, Phone, Window
from tests.e2e.test_demo_show import new_show, patient_demo
from tests.serving import Server, serving

TABLET = (1024, 768)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("air")) as started:
        yield started


def test_a_director_arms_throws_in_replaces_and_goes_back(server: Server, browser: Browser, tmp_path: Path) -> None:
    show = new_show(server, patient_demo(tmp_path))
    stage = Window.of(browser, "stage", STAGE, "vi")
    stage.page.goto(show["stage_url"])
    host = Window.of(browser, "host", HOST, "vi")
    host.page.goto(show["host_url"].replace("/host/", "/doors/"))
    host.follow(host.page.get_by_role("button", name="Mời MC"))
    mc_url = (
        host.page.locator(".door", has=host.page.get_by_role("heading", name="MC", exact=True))
        .locator("a")
        .get_attribute("href")
    )
    assert mc_url
    host.page.goto(show["host_url"])
    mc = Window.of(browser, "mc", TABLET, "vi")
    mc.page.goto(mc_url)
    an = Phone.of(browser, "an", PHONE, "vi")
    an.join(show["join_url"], "An")
    keys = host.page.keyboard

    keys.press("a")
    expect(host.page.locator(".armed")).to_contain_text("bước tiếp theo")
    host.page.reload()  # the server remembers what is armed
    expect(host.page.locator(".armed")).to_be_visible()
    keys.press("Enter")
    host.reaches("ready")
    expect(host.page.locator(".running")).to_contain_text("lịch chạy")
    keys.press("Space")
    host.reaches("open")

    keys.press("7")
    host.page.fill("#throw [name=reason]", "Mời các bạn giữ trật tự")
    host.page.locator("#throw .strong").click()
    expect(stage.page.locator("#thrown-message")).to_contain_text("giữ trật tự")
    expect(mc.page.locator(".read .note")).to_contain_text("giữ trật tự")
    expect(mc.page.locator(".beside .key.open .told")).to_be_visible()
    mc.shoot("desk", "mc-open")
    stage.shoot("desk", "message")
    host.shoot("desk", "console-open")
    mc.check_accessible()
    host.check_accessible()
    keys.press("5")
    expect(stage.page.locator("#thrown-trouble")).to_be_visible()
    expect(stage.page.locator("#thrown-message")).to_be_visible()  # on a track of its own
    stage.shoot("desk", "trouble-and-message")
    keys.press("0")
    expect(stage.page.locator(".thrown")).to_have_count(0)
    keys.press("p")
    host.reaches("open")
    expect(stage.page.locator("#thrown-message")).to_be_visible()
    keys.press("8")
    expect(stage.page.locator("#thrown-message")).to_have_count(0)

    asked = stage.page.locator(".words h1").inner_text()
    keys.press("e")
    host.page.fill("#replace [name=reason]", "Đề in sai số")
    host.page.locator("#replace .strong").click()
    host.reaches("ready")
    keys.press("Space")
    stage.reaches("open")
    host.reaches("open")
    expect(stage.page.locator(".words h1")).not_to_have_text(asked)

    keys.press("5")
    host.reaches("paused")
    expect(stage.page.locator("#thrown-trouble")).to_be_visible()
    stage.shoot("desk", "trouble")
    keys.press("6")
    expect(host.page.locator(".armed")).to_contain_text("Bốc thăm")
    keys.press("Enter")
    expect(stage.page.locator(".thrown.lot h1")).to_have_text("An")
    stage.shoot("desk", "lot")
    keys.press("4")
    expect(stage.page.locator("#thrown-applause")).to_be_visible()
    keys.press("p")
    host.reaches("open")
    expect(stage.page.locator(".thrown")).to_have_count(0)

    keys.press("u")
    host.page.fill("#undo [name=steps]", "3")
    host.page.locator("#undo .strong").click()
    host.reaches("paused")
    expect(host.page.locator(".asked")).to_have_text(asked)  # the question that was replaced is back, with its seconds
    expect(host.page.locator(".figure")).to_be_visible()
    assert [window.complaints for window in (stage, host, mc, an)] == [[], [], [], []]
    for window in (stage, host, mc, an):
        window.page.context.close()
