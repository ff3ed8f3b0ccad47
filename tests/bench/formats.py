"""Longest task and frames of the stage in every format, at 1920x1080 without a graphics card, motion on.

    python -m tests.bench.formats [--steps 8] [FORMAT ...]

The recorded show of each format is folded and its screens are delivered to the real page one after another, as the
host's keys would. Task time is the main thread's own CPU, so that other work on the machine is left out; frames are those
the page was asked to draw, so that other work is not left out: on a busy machine they say the least. The first line is
of an empty page with one square that moves, measured in the same run: the frames this machine draws at all.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from flask import Flask, get_template_attribute
from playwright.sync_api import Browser, Page, sync_playwright

from app.live.screens import drawing
from quizzes import show as rules
from quizzes.engine import STAGE, Event, Viewer
from quizzes.formats import FORMATS
from tests.bench.tasks import FLAGS, LONG_MS, traced
from tests.look import harness, scenes
from tests.look.shoot import serve
from tests.recorded.record import journal_of
from tests.services import chromium

STEP_MS = 1_500
COUNT = "() => { window.drawn = 0; const each = () => { window.drawn += 1; requestAnimationFrame(each); }; requestAnimationFrame(each); }"
EMPTY = "<style>@keyframes way { to { transform: translateX(90vw); } } p { width: 99px; height: 99px; background: navy; animation: way 1s infinite alternate; }</style><p></p>"
SKIPPED = ("begin", "suspended", "paused", "break")


def main() -> None:
    options = argparse.ArgumentParser("python -m tests.bench.formats")
    options.add_argument("--steps", type=int, default=8, help="screens of each format (8)")
    options.add_argument("formats", nargs="*")
    asked = options.parse_args()
    base, _ = serve()
    app = harness.create_app()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(f"| an empty page that moves | {asked.steps} | - | - | {reference(browser, asked.steps)} |", flush=True)
        for key in asked.formats or sorted(FORMATS):
            shown = screens(app, journal_of(key), asked.steps)
            page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
            page.goto(f"{base}/show?role=stage&phase=lobby")
            page.wait_for_selector("[data-ready]", state="attached")
            page.evaluate(COUNT)
            drawn: list[int] = []
            tasks = traced(browser, {key: page}, lambda page=page, shown=shown, drawn=drawn: play(page, shown, drawn))[
                key
            ]  # type: ignore[misc]
            full = len(shown) * STEP_MS * 60 // 1000
            print(
                f"| {key} | {len(shown)} | {max(tasks, default=0):.0f} | {sum(one > LONG_MS for one in tasks)} "
                f"| {sum(drawn)}/{full} |",
                flush=True,
            )
            page.context.close()
        browser.close()


def reference(browser: Browser, steps: int) -> str:
    """The frames that the empty page is asked to draw in the time of so many screens, of those it could be."""
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.set_content(EMPTY)
    page.evaluate(COUNT)
    drawn: list[int] = []
    for _ in range(steps):
        before = page.evaluate("window.drawn")
        page.wait_for_timeout(STEP_MS)
        drawn.append(page.evaluate("window.drawn") - before)
    page.context.close()
    return f"{sum(drawn)}/{steps * STEP_MS * 60 // 1000}"


def play(page: Page, shown: list[dict[str, Any]], drawn: list[int]) -> None:
    """Deliver the screens; how many frames were drawn in the time of each is added to `drawn`."""
    for v, screen in enumerate(shown, 2):
        before = page.evaluate("window.drawn")
        page.evaluate("screen => window.deliver('screen', screen)", {**screen, "v": v})
        page.wait_for_timeout(STEP_MS)
        drawn.append(page.evaluate("window.drawn") - before)


def screens(app: Flask, journal: list[list[Any]], most: int) -> list[dict[str, Any]]:
    """The first `most` screens of a journal that are of another phase than the one before."""
    state: Any = None
    before, found = "", list[dict[str, Any]]()
    for seq, at, _, step, name, data in journal:
        event = Event(name, data)
        state = rules.start(event, seq, at) if state is None else rules.evolve(state, event, seq, at, step)
        if state.phase not in (before, *SKIPPED) and not state.blackout and not state.thrown:
            before = state.phase
            found.append(screen(app, state))
        if len(found) == most:
            break
    return found


def screen(app: Flask, state: Any) -> dict[str, Any]:
    """The stage's screen of a state, with the names of the look."""
    view = rules.view(state, Viewer(STAGE))
    view |= {name: [] for name in drawing.OF_HOSTS} | {"spread": "", "awards": None}
    view["team_names"] = [[team, f"Đội {team}"] for team in range(1, 13)]
    for one in [*view["void"], *view.get("corrected", ())]:
        one["reason"] = ""
    for one in [*view["format"].get("words", ()), *view["format"].get("answers", ())]:
        one["text"] = "VNeID"
    inside = view["phase"] not in ("lobby", "over")
    template = f"formats/{state.format.key}.html" if inside else "formats/_base.html"
    names = {seat: scenes.NAMES.get(seat, f"Nguyễn Văn {seat}") for seat in range(1, 60)}
    with app.test_request_context():
        html = str(get_template_attribute(template, STAGE)(view, names, [], harness.LINKS))
    return {"html": html, "data": json.loads(json.dumps(drawing.data_of(view, state.at), default=str))}


if __name__ == "__main__":
    main()
