"""The chapter's logo on the stage and over a camera: whatever its colours are, it stands on a plate that shows it."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.look.shoot import SIZES
from tests.look.tab import Tab

NOTHING = (0, 0, 0, 0)
GIVEN = """(name) => fetch("/scene" + location.search).then((r) => r.json()).then(([[, screen]]) =>
  window.deliver("screen", { ...screen, v: 2, data: { ...screen.data, brand: { logo: name } } }))"""

COME = """() => { const all = [...document.querySelectorAll(".logo img")];
  return all.length === 2 && all.every((one) => one.complete && one.naturalWidth === 240); }"""


def logo(ground: tuple[int, ...], drawn: tuple[int, ...]) -> bytes:
    picture, file = Image.new("RGBA", (240, 240), ground), io.BytesIO()
    ImageDraw.Draw(picture).ellipse((20, 20, 220, 220), fill=drawn)
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
@pytest.mark.parametrize(
    ("ground", "drawn", "plate"),
    [
        (NOTHING, (255, 255, 255, 255), "rgb(10, 32, 104)"),
        (NOTHING, (8, 12, 40, 255), "rgb(244, 246, 251)"),
        ((255, 255, 255, 255), (230, 230, 240, 255), "rgb(244, 246, 251)"),
        ((5, 5, 20, 255), (255, 255, 255, 255), "rgb(244, 246, 251)"),
    ],
    ids=["white", "dark", "on-white", "on-black"],
)
def test_a_logo_stands_on_a_plate_that_shows_it(
    tab: Tab, ground: tuple[int, ...], drawn: tuple[int, ...], plate: str
) -> None:
    page, body = tab.show("role=stage&phase=open"), logo(ground, drawn)
    page.route("**/media/own.png", lambda route: route.fulfill(body=body, content_type="image/png"))
    page.evaluate(GIVEN, "own.png")
    page.wait_for_function(COME)
    for place in (".bar .logo img", ".over-camera .logo img"):
        expect(page.locator(place)).to_have_css("background-color", plate)
    page.unroute("**/media/own.png")
