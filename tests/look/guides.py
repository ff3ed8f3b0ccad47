"""Takes the pictures of README and of the guides anew, in both languages.    python -m tests.look.guides [pages]"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app.models import schema
from app.models.engines import database
from app.services.contests.contests import contest
from app.services.people import notices
from tests.conftest import application, settings_for
from tests.look.harness import ROOT
from tests.look.shoot import FLAGS, SIZES, serve
from tests.organisation import browser, plant, send
from tests.people import CHI
from tests.services import chromium
from tests.versions import plant as planted

OUT = ROOT / "static" / "img" / "guides"
LANGUAGES = ("vi", "en")
QUALITY = 78
"""The quality of WebP, of 100: no letter is blurred, and a picture of the stage has about 150 KB."""
PAGE = (1280, 800)
"""The width and height of a page's picture, pixels."""
SCREENS = {
    "stage-open": ("stage", "open"),
    "stage-standings": ("stage", "standings"),
    "console-open": ("host", "open"),
    "phone-open": ("player", "open"),
}
"""Picture -> (role, phase) of a show's screen."""
PEOPLE = """Mã đoàn viên,Họ tên,Năm sinh,Mã cơ sở
HM-101,Nguyễn Thị Ngọc Ánh,2004,KP1
HM-102,Trần Quốc Bảo,2001,KP1
HM-103,Lê Đặng Phương Uyên,1899,KP1
HM-104,Phạm Hữu Đức,2003,KP9
"""


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as p:
        chrome = p.chromium.launch(executable_path=chromium(), args=FLAGS)
        if "pages" not in sys.argv:
            screens(chrome)
        pages(chrome)
        chrome.close()


def screens(chrome: Browser) -> None:
    base, server = serve()
    for lang in LANGUAGES:
        for name, (role, phase) in SCREENS.items():
            width, height = SIZES[role]
            page = chrome.new_page(viewport={"width": width, "height": height})
            seat = '{ticket:"t",seat:5,code:"K7QM",name:"Võ Hoàng Yến Nhi"}'
            page.add_init_script(f'localStorage.setItem("scs-seat-look", JSON.stringify({seat}))')
            page.goto(f"{base}/show?role={role}&phase={phase}&lang={lang}")
            page.wait_for_selector("[data-ready]", state="attached", timeout=60_000)
            page.wait_for_timeout(2500)  # what comes in has come in
            keep(page.screenshot(), f"{name}.{lang}")
            page.close()
    server.shutdown()


def pages(chrome: Browser) -> None:
    """Pages of an organiser, of an organisation in which something has happened."""
    with planted_app() as (app, organiser, addresses), served(app) as base:
        cookie = organiser.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        for lang in LANGUAGES:
            context = chrome.new_context(viewport={"width": PAGE[0], "height": PAGE[1]})
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
            page = context.new_page()
            page.goto(f"{base}/language/{lang}")
            for name, address in addresses.items():
                page.goto(base + address)
                page.wait_for_timeout(500)  # its pictures are there
                keep(page.screenshot(), f"{name}.{lang}")
            context.close()


@contextmanager
def planted_app() -> Iterator[tuple[Flask, FlaskClient, dict[str, str]]]:
    """(application, an organiser's browser, picture -> address)."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/data.db"
        database.bind(url)
        schema.upgrade(database.engine)
        for app in application(settings_for(Path(folder), url)):
            org = plant()
            told = planted.contests(org)
            chi = browser(app, org.members[CHI])
            file = (BytesIO(PEOPLE.encode()), "doan-vien.csv")
            preview = send(chi, f"/chapters/{org.province}/import/members", file=file).headers["Location"]
            desk, rules = (f"/contests/{contest(told['published']).public_id}/{page}" for page in ("desk", "the-le"))
            notices.seen(org.members[CHI], 10**9)  # who has seen what changed is told no more
            yield app, chi, {"import-preview": preview, "contest-desk": desk, "contest-rules": rules}


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def keep(picture: bytes, name: str) -> None:
    Image.open(BytesIO(picture)).convert("RGB").save(OUT / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
