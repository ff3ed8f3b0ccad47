"""The stretches in which stage and console keep their browser busy, with so many players, in a real Chromium.

    python -m tests.bench.tasks [--players 200]

Time is the main thread's own CPU of each task as the browser's trace has it, so what else the machine does is left out.
"""

from __future__ import annotations

import argparse
import copy
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests import services
from tests.app.live.hall import SPEED, new_show
from tests.serving import serving

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
STEPS, REST_S, LONG_MS = 12, 1.5, 50
TRACED = {"includedCategories": ["toplevel", "__metadata", "blink.user_timing"], "recordMode": "recordAsMuchAsPossible"}


def main() -> None:
    options = argparse.ArgumentParser("python -m tests.bench.tasks")
    options.add_argument("--players", type=int, default=200, help="bots in the rehearsal (200)")
    players = options.parse_args().players
    script: dict[str, Any] = copy.deepcopy(SPEED) | {"settings": {"breaks": False}}
    script["rounds"][0]["settings"]["seconds"] = 15
    with serving(Path(tempfile.mkdtemp()) / "instance", "--no-demo") as server, sync_playwright() as playwright:
        show = new_show(server, script, "--rehearsal")
        browser = playwright.chromium.launch(executable_path=services.chromium(), args=FLAGS)
        host, stage = window(browser, show["host_url"], 1366, 768), window(browser, show["stage_url"], 1920, 1080)
        for name, tasks in traced(browser, {"console": host, "stage": stage}, lambda: play(host, players)).items():
            nodes = {"console": host, "stage": stage}[name].evaluate("document.querySelectorAll('*').length")
            longest = max(tasks, default=0.0)
            long = sum(1 for one in tasks if one > LONG_MS)
            print(f"{name}: longest {longest:.0f} ms, {long} above {LONG_MS} ms, {len(tasks)} tasks, {nodes} nodes")
        browser.close()


def window(browser: Browser, url: str, wide: int, high: int) -> Page:
    page = browser.new_context(viewport={"width": wide, "height": high}).new_page()
    page.goto(url)
    return page


def play(host: Page, players: int) -> None:
    """From the lobby through two questions, every step of them."""
    host.click("[data-dialog=bots]")
    host.fill("dialog#bots [name=n]", str(players))
    host.click("dialog#bots .strong")
    host.wait_for_selector(f"#p{min(players, 200)}", state="attached")
    for _ in range(STEPS):
        time.sleep(REST_S)
        if host.evaluate("document.body.dataset.phase") == "open":
            host.wait_for_selector("body[data-phase=closed]")
        else:
            host.keyboard.press("Space")


def traced(browser: Browser, pages: dict[str, Page], work: Any) -> dict[str, list[float]]:
    """Name -> the CPU milliseconds of each task of that page's main thread while `work` ran."""
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    session: CDPSession = browser.new_browser_cdp_session()
    session.on("Tracing.dataCollected", lambda found: events.extend(found["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TRACED})
    for name, page in pages.items():
        page.evaluate("name => performance.mark(name)", f"is-{name}")
    work()
    session.send("Tracing.end")
    while not done:
        next(iter(pages.values())).wait_for_timeout(50)
    threads, tasks = {}, defaultdict(list)
    for one in events:
        thread = one.get("pid"), one.get("tid")
        if str(one.get("name", "")).startswith("is-"):
            threads[str(one["name"])[3:]] = thread
        elif str(one.get("name", "")).endswith("RunTask") and one.get("ph") == "X":
            tasks[thread].append(one.get("tdur", 0) / 1000)
    return {name: tasks[threads[name]] for name in pages}


if __name__ == "__main__":
    main()
