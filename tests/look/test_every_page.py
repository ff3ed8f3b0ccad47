"""Every page that links lead to, filled with the longest and the unbreakable, on a small phone up to a wall of screens.

Who administers everything, a member and a stranger follow every link; at each width nothing is wider than the window
and no words are cut. English is looked at where it is longer. The screens of shows are in test_pages.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import text
from werkzeug.serving import make_server

from app.services.banks import banks
from app.services.commit import writing
from app.services.movement import demo
from tests.look.scenes import LONGEST_NAME, UNBREAKABLE
from tests.organisation import Organisation, plant
from tests.organisation import browser as signed_in
from tests.people import AN, CHI
from tests.versions import plant as planted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WIDTHS = (320, 360, 390, 1366, 1920, 3840)
ENOUGH = 1
"""Pages of one kind."""
READY = "!document.body.classList.contains('exam') || 'ready' in document.documentElement.dataset"
"""A paper is laid out by its script."""
SITE = "http://localhost"
TITLE = "Hội thi Chuyển đổi số và Cải cách hành chính phường Hòa Khánh Bắc năm 2026"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
CUT = """() => {
  const out = [], wide = innerWidth, root = document.documentElement;
  const scrolls = (one) => { for (let up = one.parentElement; up; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true; return false; };
  if (root.scrollWidth > wide) out.push(`the page is ${root.scrollWidth} wide`);
  for (const one of document.body.querySelectorAll("*")) {
    if (one.closest("svg, .visually-hidden, [hidden], select, template")) continue;
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words) continue;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (!box.width || !box.height || style.visibility === "hidden" || style.clipPath === "inset(50%)") continue;
    const name = `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 30)}"`;
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(one)) out.push(`outside: ${name}`);
    if (/hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 2) out.push(`cut: ${name}`);
  }
  return [...new Set(out)].slice(0, 4);
}"""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def fill() -> Organisation:
    """Something of everything; then every name and title becomes the worst there may be."""
    org = plant()
    banks.load_shipped()
    planted.people(org)
    planted.finished_show(org)
    planted.running_show(org)
    planted.contests(org)
    demo.plant()
    worst()
    return org


@writing
def worst(db: Any) -> None:
    long = {"word": UNBREAKABLE, "name": LONGEST_NAME, "title": TITLE, "json": f'{{"vi": "{TITLE}", "en": "{TITLE}"}}'}
    for statement in (
        "UPDATE chapter SET name = :word || ' ' || :title WHERE id % 2 = 1",
        "UPDATE chapter SET name = :title || ' ' || :word WHERE id % 2 = 0",
        "UPDATE member SET name = :name, public_name = :word, nickname = ''",
        "UPDATE seat SET name = CASE number % 2 WHEN 0 THEN :word ELSE :name END WHERE side = 'public'",
        "UPDATE show SET title = :json",
        "UPDATE contest SET title = :json",
        "UPDATE campaign SET title = :word || ' ' || :title",
        "UPDATE bank SET title = :json",
    ):
        named = {key: value for key, value in long.items() if f":{key}" in statement}
        db.execute(text(statement), named)


class Reader:
    """Somebody who follows links; what is read stands in `pages`, by its kind, and in `kept`, by its address."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.kept: dict[str, Response] = {}
        self.waiting, self.known = ["/"], {"/"}

    def read(self) -> None:
        adapter = self.app.url_map.bind("localhost")
        while self.waiting:
            address = self.waiting.pop(0)
            try:
                endpoint, _ = adapter.match(urlsplit(address).path, "GET")
            except Exception:
                continue
            if len(self.pages[endpoint]) >= ENOUGH or endpoint in ("static", "live.host", "live.stage"):
                continue
            text = self.text_of(in_language(address, "vi"))
            if text is None:
                continue
            self.pages[endpoint].append(address)
            for found in re.findall(r'href="(/[^"#]*)', text):
                link = found.replace("&amp;", "&")
                if link not in self.known and not link.startswith(("/static", "/sign_out")):
                    self.known.add(link)
                    self.waiting.append(link)

    def text_of(self, address: str) -> str | None:
        """A page, made once and kept; None where there is none."""
        answer = self.client.get(address, base_url=SITE)
        is_file = "Content-Disposition" in answer.headers  # it is opened where no header of ours counts
        kept = Response(answer.get_data(), answer.status, None if is_file else answer.headers, answer.mimetype)
        answer.close()
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return None
        self.kept[address] = kept
        return kept.get_data(as_text=True)


class Site:
    """The application at a port, for one reader after the other: what was read is not made again."""

    def __init__(self, app: Flask) -> None:
        self.app, self.kept = app, dict[str, Response]()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        return self.kept.get(address, self.app.wsgi_app)(environ, start_response)


@contextmanager
def served(site: Site) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, site, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def length(text: str | None) -> int:
    """The length of a page's text, without its marks."""
    return len(re.sub(r"<[^>]*>|\s+", " ", text or ""))


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


def looked_at(page: Page, widths: tuple[int, ...], where: str) -> Iterator[str]:
    page.wait_for_function(READY)
    page.evaluate("document.fonts.ready")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})  # painting more below costs most of the time
        yield from (f"{where} at {width}: {fault}" for fault in page.evaluate(f"{DRAWN}.then({CUT})"))


def test_no_page_is_pushed_wide_or_cut_by_what_people_write(app: Flask, browser: Browser) -> None:
    org = fill()
    name = app.config["SESSION_COOKIE_NAME"]
    faults, seen, site = list[str](), set[str](), Site(app)
    with served(site) as base:
        context = browser.new_context(reduced_motion="reduce", base_url=base)
        page = context.new_page()
        for member in (org.members[CHI], org.members[AN], None):
            client = signed_in(app, member)
            context.clear_cookies()
            if cookie := client.get_cookie(name):
                context.add_cookies([{"name": name, "value": cookie.value, "url": base}])
            reader = Reader(app, client)
            reader.read()
            site.kept = reader.kept
            for endpoint, addresses in reader.pages.items():
                if not addresses or endpoint in seen:
                    continue
                seen.add(endpoint)
                english = reader.text_of(in_language(addresses[0], "en"))
                page.goto(in_language(addresses[0], "vi"))
                faults += looked_at(page, WIDTHS, addresses[0])
                if length(english) > length(reader.kept[in_language(addresses[0], "vi")].get_data(as_text=True)):
                    page.goto(in_language(addresses[0], "en"))
                    faults += looked_at(page, (320, 1366), f"{addresses[0]} in English")
        context.close()
    assert faults == [], "\n".join(faults)
    assert len(seen) >= 80, sorted(seen)
