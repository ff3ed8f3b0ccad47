"""Takes pictures of scenes into artifacts/look.    python -m tests.look.shoot [part of a name ...]"""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from tests.look.harness import ROOT, TYPES, create_app
from tests.services import chromium

OUT = ROOT / "artifacts" / "look"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
SIZES = {"player": (360, 740), "host": (1366, 768), "stage": (1920, 1080), "mc": (1024, 768)}


def all_scenes() -> dict[str, tuple[str, tuple[int, int]]]:
    """Name -> (address, size)."""
    found = {}
    for role, size in SIZES.items():
        for phase in (
            "lobby",
            "ready",
            "open",
            "closed",
            "revealed",
            "standings",
            "break",
            "paused",
            "suspended",
            "over",
        ):
            found[f"{role}-{phase}"] = (f"/show?role={role}&phase={phase}", size)
    for kind in TYPES:
        for role in ("player", "stage"):
            for phase in ("open", "revealed"):
                found[f"{role}-{kind}-{phase}"] = (
                    f"/show?role={role}&phase={phase}&kind={kind}&answered=1",
                    SIZES[role],
                )
        found[f"player-{kind}-empty"] = (f"/show?role=player&phase=open&kind={kind}", SIZES["player"])
    for count in (2, 3, 6, 8):
        for role in ("player", "stage"):
            found[f"{role}-options-{count}"] = (f"/show?role={role}&phase=open&count={count}", SIZES[role])
    for role in ("player", "stage", "host"):
        found[f"{role}-long"] = (f"/show?role={role}&phase=open&long=1", SIZES[role])
        found[f"{role}-long-revealed"] = (f"/show?role={role}&phase=revealed&long=1&answered=1&got=right", SIZES[role])
        found[f"{role}-media"] = (f"/show?role={role}&phase=open&media=1", SIZES[role])
        for phase in ("open", "answering", "revealed"):
            found[f"{role}-buzzer-{phase}"] = (
                f"/show?role={role}&phase={phase}&fmt=buzzer&group={'answering' if phase == 'answering' else ''}",
                SIZES[role],
            )
        for kind in ("word", "single"):
            found[f"{role}-poll-{kind}"] = (f"/show?role={role}&phase=revealed&fmt=poll&kind={kind}", SIZES[role])
        found[f"{role}-reading"] = (f"/show?role={role}&phase=ready&reading=1", SIZES[role])
        found[f"{role}-void"] = (f"/show?role={role}&phase=revealed&void=1", SIZES[role])
    for got in ("right", "wrong", "none"):
        found[f"player-got-{got}"] = (
            f"/show?role=player&phase=revealed&got={got}{'' if got == 'none' else '&answered=1'}",
            SIZES["player"],
        )
    for what in ("map", "growth"):
        for lang in ("vi", "en"):
            address = f"/show?role=stage&phase=revealed&spread={what}&lang={lang}"
            found[f"stage-spread-{what}-{lang}"] = (address, SIZES["stage"])
        found[f"stage-spread-{what}-long"] = (f"/show?role=stage&phase=over&spread={what}&long=1", SIZES["stage"])
    for step in (1, 35, 36):
        for kind in ("", "&long=1"):
            address = f"/show?role=stage&phase=over&awards={step}{kind}"
            found[f"stage-awards-{step}{'-long' if kind else ''}"] = (address, SIZES["stage"])
    found["host-awards"] = ("/show?role=host&phase=over&awards=3", SIZES["host"])
    found["host-spread"] = ("/show?role=host&phase=revealed&spread=map", SIZES["host"])
    found["stage-last-seconds"] = ("/show?role=stage&phase=open&left=4", SIZES["stage"])
    for name, size in {"small": (1280, 720), "old": (1024, 768), "wide": (3840, 2160)}.items():
        for phase in ("open", "lobby", "revealed", "standings", "over"):
            found[f"stage-{name}-{phase}"] = (f"/show?role=stage&phase={phase}", size)
    found["stage-transparent"] = ("/show?role=stage&phase=open&transparent=1", SIZES["stage"])
    found["host-phone"] = ("/show?role=host&phase=open", (390, 800))
    found["player-laptop"] = ("/show?role=player&phase=open", (1366, 768))
    found["player-small"] = ("/show?role=player&phase=open&long=1", (320, 568))
    for name in ("gallery", "errors/error", "live/qr"):
        found[f"page-{name.replace('/', '-')}"] = (f"/page/{name}", (1366, 900))
        found[f"page-{name.replace('/', '-')}-phone"] = (f"/page/{name}", (360, 740))
    found["join"] = ("/join", (360, 740))
    return found


def serve() -> tuple[str, BaseWSGIServer]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    app = create_app()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", server


def main(parts: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    base, _ = serve()
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, (address, size) in all_scenes().items():
            if parts and not any(part in name for part in parts):
                continue
            dark = "dark" if name.endswith("dark") else "light"
            page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=dark)
            page.on(
                "console",
                lambda m, name=name: m.type in ("error", "warning") and print(name, m.type, m.text, file=sys.stderr),
            )
            page.on("pageerror", lambda e, name=name: print(name, "ERROR", e, file=sys.stderr))
            page.add_init_script(
                'localStorage.setItem("scs-seat-look", JSON.stringify({ticket:"t",seat:5,code:"K7QM",name:"Võ Hoàng Yến Nhi"}))'
            )
            page.goto(base + address)
            if address.startswith("/show"):
                page.wait_for_selector("[data-ready]", state="attached", timeout=60_000)
            page.wait_for_timeout(2600 if "over" in name else 1500)
            page.screenshot(path=str(OUT / f"{name}.png"), full_page=name.startswith("page-gallery"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main([Path(one).stem for one in sys.argv[1:]])
