"""The stage over a camera and as a clean feed: true alpha, no luma that a key takes away, no number where none is wanted."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from quizzes.formats import FORMATS
from tests.bench.formats import screens
from tests.look import harness
from tests.look.shoot import SIZES
from tests.look.tab import Tab
from tests.recorded.record import journal_of

STAGE = pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
WORDS = (
    ".words h1, .tiles .text, .title, .why, .kicker > span, .who, .given span, .round span:first-child, .lobby h1, .answer, "
    ".cloud li, .typing, .took, .ready h1, .came, .voided"
)
"""The places where words of questions, titles and names stand: a digit in them is no score."""
VISIBLE_DIGITS = """(words) => {
  const found = [], walk = document.createTreeWalker(document.querySelector(".frame"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!/\\d/.test(walk.currentNode.data) || one.closest(words) || one.closest(".visually-hidden, script, style")) continue;
    if (one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getClientRects().length)
      found.push(`${one.parentElement.className} > ${one.tagName}.${one.className}: ${walk.currentNode.data.trim()}`);
  }
  return found; }"""
MESSAGE = """() => fetch('/scene' + location.search).then((r) => r.json()).then(([[, screen]]) => window.deliver('screen', { ...screen, v: 2,
  html: screen.html + '<section class="message" id="thrown-message"><p class="plate dark" data-fit>Mời các bạn giữ trật tự</p></section>' }))"""


def pixels(page: Page) -> Image.Image:
    page.wait_for_timeout(300)
    return Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")


@STAGE
@pytest.mark.parametrize(
    "query",
    [
        "phase=open&view=lower",
        "phase=revealed&view=lower",
        "phase=standings&view=bug",
        "phase=open&view=bug",
        "phase=open&transparent=1",
        "phase=revealed&transparent=1&count=8",
        "phase=standings&transparent=1",
    ],
)
def test_over_a_camera_alpha_is_true_and_no_luma_is_keyed_out(tab: Tab, query: str) -> None:
    picture = pixels(tab.show(f"role=stage&{query}"))
    alpha = picture.getchannel("A")
    assert alpha.getpixel((1000, 300 if "transparent" not in query else 4)) == 0, "the camera is seen"
    solid = [p for _, p in picture.getcolors(1920 * 1080) or [] if p[3] == 255]
    assert solid, "something is drawn"
    luma = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in solid]
    assert min(luma) >= 16
    assert max(luma) <= 235.5


@STAGE
@pytest.mark.parametrize("query", ["phase=open", "phase=answering&fmt=buzzer", "phase=closed"])
def test_the_lower_third_keeps_its_plate_while_somebody_answers(tab: Tab, query: str) -> None:
    box = tab.show(f"role=stage&view=lower&{query}").locator(".ask").bounding_box()
    assert box
    assert (round(box["y"]), round(box["height"])) == (766, 260)


@STAGE
@pytest.mark.parametrize("query", ["phase=ready", "phase=standings", "phase=paused", "phase=break"])
def test_words_over_a_camera_stand_on_a_plate(tab: Tab, query: str) -> None:
    alpha = pixels(tab.show(f"role=stage&transparent=1&{query}")).getchannel("A")
    for place in ((100, 500), (1000, 880), (220, 60)):
        assert alpha.getpixel(place) > 200, place  # type: ignore[operator]


@STAGE
def test_the_score_bug_bears_mark_places_and_clock(tab: Tab) -> None:
    page = tab.show("role=stage&phase=open&view=bug")
    expect(page.locator(".over-camera .logo svg")).to_be_visible()
    expect(page.locator(".over-camera .tick output")).to_be_visible()
    page = tab.show("role=stage&phase=standings&view=bug")
    expect(page.locator(".bug li")).to_have_count(3)
    expect(page.locator(".over-camera .tick time-left")).to_have_count(0)


@STAGE
@pytest.mark.parametrize(
    "query", ["phase=revealed&view=lower", "phase=open&view=picture", "phase=open&view=picture&count=8"]
)
def test_a_message_stands_beside_what_is_on_air(tab: Tab, query: str) -> None:
    page = tab.show(f"role=stage&{query}")
    page.evaluate(MESSAGE)
    said = page.locator(".message p")
    expect(said).to_be_visible()
    box, words = said.bounding_box(), page.locator(".words h1").bounding_box()
    assert box
    assert words
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 1080
    assert box["y"] >= words["y"] + words["height"] or box["y"] + box["height"] <= words["y"], "the question is read"
    if "picture" in query:
        last = page.locator(".tiles li").last.bounding_box()
        assert last
        assert box["y"] >= last["y"] + last["height"], "the options are read"


@STAGE
def test_a_band_over_the_strip_leaves_no_half_of_a_line_above_it(tab: Tab) -> None:
    page = tab.show("role=stage&phase=closed&fmt=golden_bell")
    expect(page.locator(".fastest")).to_be_visible()
    expect(page.locator(".tally")).to_be_hidden()
    page = tab.show("role=stage&phase=answering&fmt=buzzer&kind=text")
    expect(page.locator(".spot")).to_be_visible()
    expect(page.locator(".typing:visible")).to_have_count(0)


@STAGE
@pytest.mark.parametrize(
    "query",
    [
        "phase=lobby",
        "phase=ready",
        "phase=ready&reading=1",
        "phase=open",
        "phase=closed",
        "phase=revealed",
        "phase=standings",
        "phase=paused",
        "phase=over&unveiled=4",
        "phase=open&fmt=golden_bell",
        "phase=revealed&fmt=golden_bell",
        "phase=answering&fmt=buzzer",
        "phase=closed&fmt=buzzer&hit=5",
        "phase=revealed&fmt=buzzer",
        "phase=open&fmt=poll&kind=single",
        "phase=revealed&fmt=poll&kind=word",
        "phase=revealed&kind=text",
        "phase=revealed&kind=number",
    ],
)
def test_the_clean_feed_shows_plates_and_words_and_no_number(tab: Tab, query: str) -> None:
    page = tab.show(f"role=stage&{query}&view=clean&short=1")
    assert page.evaluate(VISIBLE_DIGITS, WORDS) == []


LOOK = """([screen, words]) => {
  const page = document.documentElement, digits = DIGITS;
  const seen = (view) => { page.dataset.view = view; return [...document.querySelectorAll("#screen > *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1).map((one) => `${one.className} ${one.innerText.trim() && "says"}`); };
  window.deliver("screen", screen);
  const found = { bug: seen("bug"), lower: seen("lower") };
  page.dataset.view = "clean";
  return { ...found, numbers: digits(words) }; }""".replace("DIGITS", VISIBLE_DIGITS)
CALLED = (
    ".mark i, .rows b, .cover, .garden li, .garden small, .lamps li, .life li, .theme, .answers p, .clue h1, .clue p"
)
"""The numbers by which people call a row, a piece or a flower, and words of questions and answers."""
OF_THE_ROUND = ("ready", "open", "answering", "closed", "revealed")


@STAGE
def test_over_a_camera_every_format_shows_its_lower_third_and_the_bug_alone(tab: Tab) -> None:
    page, app = tab.show("role=stage&phase=lobby"), harness.create_app()
    lower, numbers, v = dict[str, set[str]](), set[str](), 1
    for key in sorted(FORMATS):
        for shown in screens(app, journal_of(key), 8):
            v += 1
            found = page.evaluate(LOOK, [{**shown, "v": v}, f"{WORDS}, {CALLED}"])
            where = f"{key} {shown['data']['phase']}"
            numbers |= {f"{where} {one}" for one in found["numbers"]}
            assert found["bug"] == [], f"{where}: the bug stands alone"
            if shown["data"]["phase"] in OF_THE_ROUND:
                assert [one for one in found["lower"] if not one.endswith("says")] == [], (
                    f"{where}: a plate without words"
                )
                lower.setdefault(key, set()).update(found["lower"])
    assert sorted(numbers) == [], "a clean feed has no number"
    assert {key for key, found in lower.items() if not found} == set(), "nothing below the camera in a whole round"
    assert "wall says" in lower["obstacle"]
    assert lower["judged"] >= {"performer says", "marks says"}
    assert "pack says" in lower["finish"]
