"""Before the show in a real browser: the check, every screen by name, re-pointed and loaded anew, a laptop that
dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.hall import HOST, PHONE, STAGE, Phone, Window
from tests.e2e.test_demo_show import new_show, patient_demo
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("before")) as started:
        yield started


def test_screens_are_checked_named_and_pointed_and_a_second_console_goes_on(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    show = new_show(server, patient_demo(tmp_path))
    host = Window.of(browser, "host", HOST, "vi")
    host.page.goto(show["host_url"])
    checks = host.page.locator(".preflight")
    expect(checks.locator(".bad")).to_contain_text(["Màn hình lớn đang nối: 0"])
    host.page.goto(show["host_url"].replace("/host/", "/doors/"))
    host.follow(host.page.get_by_role("button", name="Mời MC"))
    spare = host.page.locator(".door", has_text="Bàn điều khiển dự phòng").locator("a").get_attribute("href")
    assert spare
    host.page.goto(show["host_url"])
    expect(checks.locator(".bad").filter(has_text="MC đang nối: 0/1")).to_be_visible()

    stage = Window.of(browser, "stage", STAGE, "vi")
    stage.page.goto(show["stage_url"])
    expect(checks.locator(".ok").filter(has_text="Màn hình lớn đang nối: 1")).to_be_visible()
    stage.page.mouse.click(10, 10)  # sound may be heard from now on
    host.page.locator(".preflight [data-act=check_sound]").click()
    host.page.locator("[data-act=hear_sound]").click()
    expect(checks.locator(".ok").filter(has_text="nghe thấy")).to_be_visible()
    host.shoot("desk", "preflight")

    listed = host.page.locator("#screens")
    listed.locator("summary").click()
    row = listed.locator("li", has_text="Màn hình 1")
    row.locator("input").fill("Màn trái")
    row.locator("input").press("Enter")
    expect(stage.page.locator(".screen-name")).to_have_text("Màn trái")
    row.locator("select").select_option("clean")
    expect(stage.page.locator("html")).to_have_attribute("data-view", "clean")
    host.shoot("desk", "screens")
    host.check_accessible()
    with stage.page.expect_navigation():
        row.get_by_role("button", name="Tải lại").click()
    expect(stage.page.locator("html")).to_have_attribute("data-view", "clean")  # it is pointed where it was

    an = Phone.of(browser, "an", PHONE, "vi")
    an.join(show["join_url"], "An")
    other = Window.of(browser, "other", HOST, "vi")
    other.page.goto(spare)
    host.page.keyboard.press("a")
    expect(other.page.locator(".armed")).to_be_visible()
    host.page.context.close()  # the laptop dies with an act armed
    other.page.keyboard.press("Enter")
    other.reaches("ready")
    stage.page.context.close()
    expect(other.page.locator("#screens summary.gone")).to_be_attached()
    expect(other.page.locator("#screens li.gone", has_text="Màn hình 1")).to_be_attached()
    assert [window.complaints for window in (stage, host, other, an)] == [[], [], [], []]
