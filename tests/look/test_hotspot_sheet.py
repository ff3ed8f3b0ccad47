"""The grid of a hotspot question: the page has one button, a phone and a paper make the cells of it."""

from __future__ import annotations

from typing import Any

from flask import render_template_string
from playwright.sync_api import Browser

from tests.look import harness
from tests.look.frames import Kept

SHEET = '{% import "questions/hotspot.html" as kind %}<template data-sheet="hotspot">{{ kind.sheet() }}</template>'
FILLED = """async ([html, url]) => {
  document.body.innerHTML = html + "<main></main>";
  const { fill, sheetOf } = await import(url);
  const root = document.querySelector("main");
  for (let again = 0; again < 2; again += 1) {
    root.replaceChildren(sheetOf("hotspot"));
    fill(root, { text: "?" });
  }
  return [...root.querySelectorAll("button[data-answer]")].map((one) => [one.dataset.id, one.textContent]);
}"""


def test_a_grid_has_a_button_for_each_cell_named_by_column_and_row(browser: Browser) -> None:
    app: Any = harness.create_app()
    with app.test_request_context("/"):
        html, url = render_template_string(SHEET), app.jinja_env.globals["asset"]("js/live/face.js")
    with Kept(app.wsgi_app).served() as server:
        page = browser.new_page()
        page.goto(f"{server}/static/robots.txt")
        found = page.evaluate(FILLED, [html, url])
        page.close()
    assert found == [[f"{column}{row}"] * 2 for row in range(1, 7) for column in "ABCDEFGH"]
