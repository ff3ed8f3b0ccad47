"""Stage and console in a browser without a graphics card: CPU while nothing happens, long tasks and nodes with 200
players.

    python -m tests.bench.screens [--players 200] [--idle 10]

A server of its own; CPU is that of all processes of the browser, from /proc. Motion is on, as in a hall.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests import services
from tests.conftest import BROWSER_FLAGS
from tests.serving import command, serving

WATCH = """() => { window.longest = []; new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.longest.push(Math.round(one.duration)); }).observe({ type: "longtask" }); }"""
STEPS = ("ready", "open", "closed", "revealed")


def join(address: str, pin: str, number: int) -> None:
    """Take a seat as a phone does."""
    said = {"pin": pin, "name": f"Nguyễn Thị Thảo {number:03}", "device": f"a browser's secret: {number}"}
    asked = urllib.request.Request(
        f"{address}/live/join", json.dumps(said).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked).close()


def cpu_of(browser: str) -> float:
    """Seconds of CPU that the processes of this browser have had."""
    ticks = 0
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                if browser in (process / "cmdline").read_text():
                    ticks += sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:13]))
            except OSError:
                continue
    return ticks / os.sysconf("SC_CLK_TCK")


def idle(page: Page, browser: str, seconds: int) -> float:
    """The share of a core the browser takes while the page shows what it shows."""
    page.wait_for_timeout(3000)
    before, began = cpu_of(browser), time.monotonic()
    page.wait_for_timeout(seconds * 1000)
    return (cpu_of(browser) - before) / (time.monotonic() - began)


def measure(players: int, seconds: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        show = json.loads(command(server.instance, "show", "new", "speed", "--json").stdout)
        address = show["stage_url"].partition("/stage/")[0]
        with tempfile.TemporaryDirectory() as profile:
            flags = [*BROWSER_FLAGS, "--disable-gpu-compositing"]
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=services.chromium(), args=flags, viewport={"width": 1920, "height": 1080}
            )
            stage = context.new_page()
            stage.goto(show["stage_url"])
            found["stage idle in an empty lobby, share of a core"] = round(idle(stage, profile, seconds), 3)
            for number in range(players):
                join(address, show["pin"], number)
            found["stage idle in a full lobby, share of a core"] = round(idle(stage, profile, seconds), 3)
            host = context.new_page()
            host.goto(show["host_url"])
            pages = {"stage": stage, "console": host}
            host.locator('body[data-phase="lobby"]').wait_for(state="attached")  # a key before is nobody's
            for page in pages.values():
                page.evaluate(WATCH)
            for step in STEPS:
                host.keyboard.press("Space")
                for page in pages.values():
                    page.locator(f'body[data-phase="{step}"]').wait_for(state="attached")
                host.wait_for_timeout(1500)
            for name, page in pages.items():
                longest = page.evaluate("window.longest")
                found[f"{name}: longest task of one question, ms"] = max(longest, default=0)
                found[f"{name}: tasks above 50 ms"] = len(longest)
                found[f"{name}: nodes"] = page.evaluate("document.querySelectorAll('*').length")
            context.close()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--players", type=int, default=200)
    parser.add_argument("--idle", type=int, default=10)
    options = parser.parse_args()
    for what, figure in measure(options.players, options.idle).items():
        print(f"{what:60} {figure}")
