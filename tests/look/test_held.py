"""A key that is held, or a button that is clicked twice, does one thing on the console, whichever key of the map it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.look.tab import Tab
from tests.look.test_pages import HOST, steps

HELD = 6
KEYS = """() => [...document.querySelectorAll("[data-key]:not([disabled])")].map((one) => [one.dataset.key.split(" ")[0], one.dataset.dialog ?? ""])"""


def hold(page: Page, key: str) -> None:
    for _ in range(HELD):
        page.keyboard.down(key)  # without an up between them the browser says that it repeats
    page.keyboard.up(key)


@HOST
@pytest.mark.parametrize("phase", ["lobby", "open", "revealed"])
def test_every_key_of_the_map_does_one_thing_however_long_it_is_held(tab: Tab, phase: str) -> None:
    page = tab.show(f"role=host&phase={phase}")
    keys = page.evaluate(KEYS)
    assert len(keys) > 8
    for key, dialog in keys:
        before = len(steps(tab))
        hold(page, key)
        if dialog:
            shown = page.locator(f"dialog#{dialog}[open]")
            expect(shown).to_be_visible(timeout=3000)
            typed = shown.locator("input:not([type=number]), textarea").evaluate_all(
                "all => all.map((one) => one.value)"
            )
            assert set(typed) <= {""}, f"{key} typed itself into the dialog that it opened"
            page.evaluate("document.querySelectorAll('dialog[open]').forEach((one) => one.close())")
        if confirm := page.locator("dialog#confirm[open]").count():
            page.evaluate("document.querySelector('dialog#confirm').close()")
        assert len(steps(tab)) - before == (0 if dialog or confirm else 1), key


@HOST
def test_a_dialog_is_sent_once_however_often_its_button_or_enter_is_pressed(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.evaluate(
        "() => { window.answer = () => new Promise((done) => { window.done = () => done({ ok: true, v: 2 }); }); }"
    )
    page.keyboard.press("KeyU")
    page.locator("#undo [name=steps]").fill("2")
    hold(page, "Enter")
    page.locator("#undo .strong").dblclick()
    assert steps(tab) == ["undo"]
    page.evaluate("window.done()")
    expect(page.locator("dialog#undo")).to_be_hidden()
