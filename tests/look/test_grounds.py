"""Each round stands in its own light, and a wipe hides the change from one to the next; nowhere else, and not where
motion is unwelcome."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.look.shoot import SIZES
from tests.look.tab import Tab

pytestmark = pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)

DELIVER = """async (index) => {
  const [, screen] = (await (await fetch("/scene?role=stage&phase=ready")).json())[0], frame = document.querySelector(".frame");
  window.changes = [];
  const heard = (all) => window.changes.push(...all.map((one) => one.attributeName ?? "screen"));
  const observer = new MutationObserver(heard);
  observer.observe(frame, { attributes: true });
  observer.observe(document.getElementById("screen"), { childList: true });
  window.deliver("screen", { ...screen, v: 2, data: { ...screen.data, round: { ...screen.data.round, index } } });
  heard(observer.takeRecords());
  return { ...frame.dataset };
}"""


def changes(page: Page) -> list[str]:
    """The changes of the frame and the screen since, in order, each once."""
    found: list[str] = page.evaluate("window.changes")
    return [one for at, one in enumerate(found) if at == 0 or found[at - 1] != one]


def delivered(page: Page, index: int) -> Any:
    return page.evaluate(DELIVER, index)


def test_another_round_comes_under_a_wipe_and_in_its_own_light(tab: Tab) -> None:
    tab.page.emulate_media(reduced_motion="no-preference")
    page = tab.show("role=stage&phase=open")
    frame = page.locator(".frame")
    first = frame.get_attribute("data-ground")
    at_once = delivered(page, 3)
    assert (at_once["wipe"], at_once["ground"]) == ("over", first), "covered first"
    expect(frame).not_to_have_attribute("data-ground", first or "")
    expect(frame).not_to_have_attribute("data-wipe", "over")
    expect(frame).not_to_have_attribute("data-wipe", "off")
    assert changes(page)[:4] == ["data-wipe", "data-ground", "screen", "data-wipe"]
    assert page.locator(".ready").count() == 1


def test_a_round_goes_on_without_a_wipe(tab: Tab) -> None:
    tab.page.emulate_media(reduced_motion="no-preference")
    page = tab.show("role=stage&phase=open")
    assert "wipe" not in delivered(page, 1)
    assert page.locator(".ready").count() == 1


def test_where_motion_is_unwelcome_the_light_changes_at_once(tab: Tab) -> None:
    page = tab.show("role=stage&phase=open")
    before = page.locator(".frame").get_attribute("data-ground")
    after = delivered(page, 3)
    assert "wipe" not in after
    assert after["ground"] != before
