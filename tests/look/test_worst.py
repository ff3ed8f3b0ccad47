"""Every format with its longest words on the desks and over a camera: what is acted on and read out is in view, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from quizzes.engine import HOST, MC, STAGE
from tests.look import harness, played
from tests.look.played import Message
from tests.look.shoot import SIZES
from tests.look.tab import Tab

BUTTONS = """() => [...document.querySelectorAll(".own > :is(.yes, .no)")].filter((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return one.checkVisibility() && !one.contains(document.elementFromPoint(x + width / 2, y + height / 2)); }).map((one) => one.innerText)"""
KEY = """() => [...document.querySelectorAll(".key.open")].filter((one) => {
  const { top } = one.getBoundingClientRect(), picture = document.querySelector(".mini").getBoundingClientRect();
  return top > innerHeight / 2 || top < picture.bottom || picture.height < picture.width / 2; }).map((one) => one.innerText)"""
CUT = """() => {
  const found = [], walk = document.createTreeWalker(document.querySelector("#screen"), NodeFilter.SHOW_TEXT), range = document.createRange();
  const plate = document.querySelector(".body").getBoundingClientRect();
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || one.closest(".visually-hidden, svg, .message") || !one.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(walk.currentNode);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    if (boxes.some((box) => box.top < plate.top - 4 || box.bottom > plate.bottom + 4)) found.push(walk.currentNode.data.trim().slice(0, 40));
  }
  return found; }"""


@pytest.fixture(scope="module")
def pictures() -> dict[str, list[tuple[str, list[Message]]]]:
    app = harness.create_app()
    with app.test_request_context("/"):
        return played.pictures(app)


def faults(page: Page, shown: list[tuple[str, list[Message]]], script: str) -> Iterator[tuple[str, Any]]:
    """Yield the names of pictures of which a script tells something, once they are laid out."""
    for v, (name, messages) in enumerate(shown, 2):
        for event, payload in messages:
            page.evaluate("([event, one]) => window.deliver(event, one)", [event, {**payload, "v": v}])
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if found := page.evaluate(script):
            yield name, found


@pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)
def test_who_judges_has_right_and_wrong_in_view_in_every_format(tab: Tab, pictures: Any) -> None:
    page = tab.show("role=host&phase=lobby")
    assert any('class="yes"' in one[1]["html"] for _, sent in pictures[HOST] for one in sent if one[0] == "screen")
    assert list(faults(page, pictures[HOST], BUTTONS)) == []


@pytest.mark.parametrize("tab", [SIZES["mc"]], indirect=True)
def test_the_mc_has_the_answer_under_the_picture_in_every_format(tab: Tab, pictures: Any) -> None:
    page = tab.show("role=mc&phase=lobby")
    assert list(faults(page, pictures[MC], KEY)) == []


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_no_line_of_a_lower_third_is_cut_in_any_format(tab: Tab, pictures: Any) -> None:
    page = tab.show("role=stage&phase=lobby&view=lower")
    assert list(faults(page, pictures[STAGE], CUT)) == []
