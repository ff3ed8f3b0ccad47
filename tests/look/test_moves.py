"""Never a swap: whatever comes onto the stage comes by a move, what goes fades under it, and what stays does not blink.

The screens of each format's recorded show are delivered to the real page, each when the one before stands still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from quizzes import show as rules
from quizzes.engine import Event
from quizzes.formats import FORMATS
from tests.bench.formats import SKIPPED, screen
from tests.look import harness
from tests.look.shoot import SIZES
from tests.look.tab import Tab
from tests.recorded.record import journal_of

DELIVER = """(delivered) => {
  const screen = document.getElementById("screen"), all = () => [...screen.querySelectorAll("*")];
  const scene = () => [...screen.querySelectorAll(":scope > section")].map((one) => one.id).join(" ");
  const seen = (one) => { const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return box.width && box.height && style.visibility !== "hidden" && style.opacity !== "0"; };
  const painted = (one) => { const style = getComputedStyle(one);
    return seen(one) && !one.closest(".visually-hidden, time-left") && ([...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
      || one.matches("img, rect, path, circle, use") || style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none"); };
  const says = (one) => [one.className.baseVal ?? one.className, one.parentElement.className, one.textContent].join("|");
  const called = (one) => { const names = []; for (let up = one; up !== screen; up = up.parentElement)
    names.unshift([up.localName, ...up.classList].join(".")); return names.join(" "); };
  for (const one of document.getAnimations()) if (one.effect.getComputedTiming().iterations !== Infinity) one.finish();
  const from = scene(), known = new Map(all().map((one) => [one, seen(one) ? says(one) : null]));
  window.deliver("screen", delivered);
  const moves = document.getAnimations(), moved = new Set(moves.map((one) => one.effect.target));
  const lies = (one) => { for (let up = one; up && up !== screen; up = up.parentElement) if (moved.has(up)) return true; return false; };
  const comes = (one) => ["comes", "comes-in", "fade-late"].includes(one.animationName);
  return {
    swapped: all().filter((one) => !known.has(one) && painted(one) && !lies(one)).map(called),
    blinked: moves.filter(comes).map((one) => one.effect.target).filter((one) => known.get(one) === says(one)).map(called),
    gone: from && from !== scene() && !document.querySelector(".leaving") ? [`${from} -> ${scene()}`] : [],
  };
}"""
AGAIN = "section.flood"  # a verdict of its own in the words of the last one: it floods the picture again


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
@pytest.mark.parametrize("key", sorted(FORMATS))
def test_what_comes_onto_the_stage_is_moved_and_what_stays_stands_still(tab: Tab, key: str) -> None:
    tab.page.emulate_media(reduced_motion="no-preference")
    page = tab.show("role=stage&phase=lobby")
    wrong: dict[str, set[str]] = {"swapped": set(), "blinked": set(), "gone": set()}
    for v, shown in enumerate(screens(harness.create_app(), key), 2):
        found = page.evaluate(DELIVER, {**shown, "v": v})
        if v > 2:  # the first takes the place of a lobby of other people
            for kind, parts in found.items():
                wrong[kind] |= {part for part in parts if not part.startswith(AGAIN)}
    assert v > 8
    assert not {kind: parts for kind, parts in wrong.items() if parts}


def screens(app: Flask, key: str) -> Iterator[dict[str, Any]]:
    """The stage's screens of a format's recorded show, each that is built otherwise than the one before and follows
    one built like that for the first time."""
    state: Any = None
    before, seen = frozenset[str](), set[tuple[frozenset[str], frozenset[str]]]()
    for seq, at, _, step, name, data in journal_of(key):
        event = Event(name, data)
        state = rules.start(event, seq, at) if state is None else rules.evolve(state, event, seq, at, step)
        if state.phase in SKIPPED or state.blackout or state.thrown:
            continue
        shown = screen(app, state)
        built = frozenset(re.findall(r'<[a-z]+(?: class="[^"]*")?', shown["html"]))
        if built != before and (before, built) not in seen:
            seen.add((before, built))
            before = built
            yield shown
