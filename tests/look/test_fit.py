"""Texts of a stage find their size together: each by itself would lay the picture out for each of its steps."""

from __future__ import annotations

import pytest

from tests.look.shoot import SIZES
from tests.look.tab import Tab

TEXTS, STEPS = 40, 10
FITTED = """async ([texts, address, alone]) => {
  const { fit } = await import(address);
  const places = Array.from({ length: texts }, (_, at) => {
    const place = document.createElement("div"), text = place.appendChild(document.createElement("b"));
    place.style.cssText = "position: absolute; inset: 0 auto auto 0";
    text.style.cssText = "display: block; width: 300px; height: 90px; overflow: hidden; font-size: calc(40px * var(--fit, 1))";
    text.dataset.fit = 0;
    text.textContent = "Đoàn viên ".repeat(at);
    return place;
  });
  document.body.replaceChildren(...places);
  if (alone) for (const place of places) fit(place);
  else fit();
  return places.map((place) => place.firstChild.dataset.fit);
}"""


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_many_texts_find_their_size_in_as_many_layouts_as_there_are_steps(tab: Tab) -> None:
    page = tab.show("role=stage&phase=lobby")
    address = page.evaluate("document.querySelector('script[type=module]').src").rpartition("/")[0] + "/fit.js"
    tab.session.send("Performance.enable")

    def fitted(alone: bool) -> tuple[list[str], int]:
        before = layouts()
        return page.evaluate(FITTED, [TEXTS, address, alone]), layouts() - before

    def layouts() -> int:
        found = tab.session.send("Performance.getMetrics")["metrics"]
        return next(int(one["value"]) for one in found if one["name"] == "LayoutCount")

    together, few = fitted(alone=False)
    alone, many = fitted(alone=True)
    assert together == alone and len(set(together)) > 5
    assert few <= 2 * STEPS < many
