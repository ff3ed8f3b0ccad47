"""A hall of three hundred in a real browser: console, stage and one phone among bots, through every phase."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.live.hall import SPEED, new_show
from tests.e2e.evenings import a_third_of, languages
from tests.e2e.hall import HOST, PHONE, STAGE, Phone, Window
from tests.serving import Server, serving

BOTS = 299
MOST_BYTES = 120_000
"""A phone's first load on the wire."""
SCRIPT: dict[str, Any] = copy.deepcopy(SPEED) | {"settings": {"breaks": False}}
SCRIPT["rounds"][0]["questions"] = SCRIPT["rounds"][0]["questions"][:1]
SCRIPT["rounds"][0]["settings"]["seconds"] = 600
SAYS = {"vi": ("Vừa vào sân", "trong 300 người"), "en": ("Just arrived", "of 300")}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("hall") / "instance", "--no-demo") as running:
        yield running


def weighed(page: Page) -> list[float]:
    """The bytes that this page loads from now on, on the wire."""
    sizes: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda found: sizes.append(found["encodedDataLength"]))
    return sizes


@pytest.mark.parametrize("lang", languages())
def test_three_hundred_play_a_question_and_every_screen_tells_the_same(
    server: Server, browser: Browser, lang: str
) -> None:
    show = new_show(server, SCRIPT, "--rehearsal")
    stage, host = Window.of(browser, "stage", STAGE, lang), Window.of(browser, "host", HOST, lang)
    stage.page.goto(f"{show['stage_url']}?lang={lang}")
    host.page.goto(show["host_url"])
    phone = Phone.of(browser, "phone", PHONE, lang)
    sizes = weighed(phone.page)
    phone.join(show["join_url"], "Nguyễn An")
    assert sum(sizes) <= MOST_BYTES, sizes

    host.page.locator("[data-dialog=bots]").click()
    host.page.locator("dialog#bots [name=n]").fill(str(BOTS))
    host.page.locator("dialog#bots .strong").click()
    expect(stage.page.locator(".dial output")).to_have_text("300")
    stage.see(SAYS[lang][0])
    windows = [stage, host, phone]
    heard = a_third_of(windows)

    def all_reach(phase: str) -> None:
        for window in windows:
            window.reaches(phase)
            window.check_no_scrollbars()
            window.shoot("hall", f"{phase}-{lang}")
        for window in heard:
            window.check_accessible()

    def go(phase: str) -> None:
        host.steps_to(phase)
        all_reach(phase)

    all_reach("lobby")
    go("ready")
    go("open")
    host.page.keyboard.press("p")
    all_reach("paused")
    go("open")
    phone.page.locator("[data-ask] .opt").first.click()
    all_reach("closed")  # everybody has answered: it closes by itself
    go("revealed")
    counts = host.page.locator(".choices b").all_inner_texts()
    assert sum(int(one) for one in counts) == 300
    go("standings")
    phone.see(SAYS[lang][1])
    expect(host.page.locator("[data-rows] > li")).to_have_count(200)
    go("over")
    rest = stage.page.locator(".after li")
    for _ in range(20):  # third, second, first, then everybody: a key does nothing while the console waits
        if rest.count() == 0:
            host.page.keyboard.press("Space")
            host.page.wait_for_timeout(500)
    expect(rest).to_have_count(10 - stage.page.locator(".steps .who b").count())  # equal ones share a step
    all_reach("over")
    for window in windows:
        assert window.complaints == []
        window.page.context.close()
