"""A show goes on with another host on another device, in a real browser: given in the middle of a question, after the
first host's laptop died; what stood on the first host's right is shut."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.services.shows import addresses, scripts
from tests.app.live.hall import SPEED, post
from tests.e2e.hall import HOST, PHONE, Phone, Window
from tests.e2e.planted import SECRET, planted
from tests.e2e.test_people import PASSWORD
from tests.organisation import Organisation
from tests.people import CHI, DUNG
from tests.serving import Server

LONG = {**SPEED, "settings": {"auto_close": False}, "rounds": [{**SPEED["rounds"][0], "settings": {"seconds": 120}}]}  # type: ignore[index]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Organisation]]:
    with planted(tmp_path_factory.mktemp("given")) as (server, org):
        yield server, org


def signed_in(browser: Browser, server: Server, name: str) -> Window:
    one = Window.of(browser, name, HOST, "vi")
    one.page.goto(f"{server.url}/sign-in")
    one.page.fill("#f-login", f"ban.{name}")
    one.page.fill("#f-password", PASSWORD)
    with one.page.expect_navigation(wait_until="load"):
        one.page.keyboard.press("Enter")
    return one


def token_of(one: Window, console: str) -> str:
    one.page.goto(console.replace("/host/", "/doors/"))
    found = re.search(r"Bearer ([\w.-]+)", one.page.content())
    assert found
    return found[1]


def test_another_host_goes_on_where_the_first_ones_laptop_died(
    site: tuple[Server, Organisation], browser: Browser
) -> None:
    server, org = site
    made = scripts.create("thử", script=LONG, host_member_id=org.members[DUNG], chapter_id=org.village)
    page = f"{server.url}/shows/{made.public_id}"
    dung = signed_in(browser, server, "dung")
    dung.page.goto(page)
    join = addresses.of(made, server.url, SECRET).join
    dung.follow(dung.page.get_by_role("link", name="Bàn điều khiển"))
    console = dung.page.url
    an, binh = (Phone.of(browser, name, PHONE, "vi") for name in ("an", "binh"))
    an.join(join, "An")
    binh.join(join, "Bình")
    checks = dung.page.locator(".preflight")
    expect(checks.locator(".ok").filter(has_text="Mọi điện thoại đã nhận màn hình: 2")).to_be_visible()
    binh.page.context.close()
    expect(checks.locator(".warn").filter(has_text="1 điện thoại chưa nhận được màn hình: Bình")).to_be_visible()
    token = token_of(dung, console)
    dung.page.goto(console)
    for phase in ("ready", "open"):
        dung.steps_to(phase)
    an.page.locator("[data-ask] .opt").first.click()
    expect(an.status).to_contain_text("Máy chủ đã nhận")
    dung.page.context.close()  # the laptop dies in the middle of a question

    again = signed_in(browser, server, "dung")  # on a phone of somebody's, who gives it away
    again.page.goto(page)
    again.page.get_by_text("Giao cho người dẫn khác").click()
    again.page.locator("[name=host]").select_option(str(org.members[CHI]))
    assert call(server, token) == 200, "until it is given"
    again.follow(again.page.get_by_role("button", name="Giao chương trình"))
    assert call(server, token) == 401, "a machine's token ends with the host's right"
    left = again.page.goto(console)
    assert left
    assert left.status == 401
    chi = signed_in(browser, server, "chi")
    chi.page.goto(page)
    chi.follow(chi.page.get_by_role("link", name="Bàn điều khiển"))
    chi.reaches("open")
    assert call(server, token_of(chi, chi.page.url)) == 200
    chi.page.go_back()
    chi.reaches("open")
    chi.steps_to("closed")
    chi.steps_to("revealed")
    an.reaches("revealed")
    expect(an.page.locator("[data-result-card]")).to_be_visible()
    assert [chi.complaints, an.complaints] == [[], []]


def call(server: Server, token: str) -> int:
    """Lock the room, as a machine of the hall does: the answer's status."""
    return post(f"{server.url}/live/trigger/lock", {}, Authorization=f"Bearer {token}")[0]
