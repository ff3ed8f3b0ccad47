"""Every page that links lead to, filled with the longest and the unbreakable, on a small phone up to a wall of screens.

Who administers everything, a member and a stranger follow every link; at each width nothing is wider than the window
and no words are cut. English is looked at where it is longer. The screens of shows are in test_pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import text

from app.services.banks import banks
from app.services.commit import writing
from app.services.movement import demo
from tests.look.scenes import LONGEST_NAME, UNBREAKABLE
from tests.organisation import Organisation, browser, plant
from tests.people import AN, CHI
from tests.versions import plant as planted

WIDTHS = (320, 360, 390, 1366, 1920, 3840)
ENOUGH = 1
"""Pages of one kind."""
READY = "!document.body.classList.contains('exam') || 'ready' in document.documentElement.dataset"
"""A paper is laid out by its script."""
SITE = "http://localhost"
TITLE = "Hội thi Chuyển đổi số và Cải cách hành chính phường Hòa Khánh Bắc năm 2026"
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
    """Somebody who follows links; what is read stands in `pages`, by its kind."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client
        self.pages: dict[str, list[str]] = defaultdict(list)
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
            answer = self.client.get(address, base_url=SITE)
            answer.get_data()
            answer.close()
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            self.pages[endpoint].append(address)
            for found in re.findall(r'href="(/[^"#]*)', answer.text):
                link = found.replace("&amp;", "&")
                if link not in self.known and not link.startswith(("/static", "/sign_out")):
                    self.known.add(link)
                    self.waiting.append(link)


def page_for(browser: Browser, client: FlaskClient, kept: dict[str, Any]) -> Page:
    """A window whose requests this client answers."""
    context = browser.new_context(reduced_motion="reduce", base_url=SITE)

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(SITE)
        if address not in kept or not address.startswith("/static"):
            said = client.get(address, base_url=SITE)
            body = said.get_data()
            said.close()
            kept[address] = {"status": said.status_code, "body": body, "headers": {"content-type": said.content_type}}
        route.fulfill(**kept[address])

    context.route("**/*", answer)
    return context.new_page()


def words(client: FlaskClient, address: str, lang: str) -> int:
    """How long a page is in a language, without its marks."""
    said = client.get(in_language(address, lang), base_url=SITE).text
    return len(re.sub(r"<[^>]*>|\s+", " ", said))


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


def looked_at(page: Page, widths: tuple[int, ...], where: str) -> Iterator[str]:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})  # painting more below costs most of the time
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        yield from (f"{where} at {width}: {fault}" for fault in page.evaluate(CUT))


def test_no_page_is_pushed_wide_or_cut_by_what_people_write(app: Flask, request: pytest.FixtureRequest) -> None:
    org = fill()
    faults, seen, kept = list[str](), set[str](), dict[str, Any]()
    for member in (org.members[CHI], org.members[AN], None):
        client = browser(app, member)
        reader = Reader(app, client)
        reader.read()
        page = page_for(request.getfixturevalue("browser"), client, kept)
        for endpoint, addresses in reader.pages.items():
            for address in addresses[: ENOUGH if member == org.members[CHI] else 1]:
                if member != org.members[CHI] and endpoint in seen:
                    continue
                page.goto(in_language(address, "vi"), wait_until="load")
                page.wait_for_function(READY)
                faults += looked_at(page, WIDTHS, address)
                if words(client, address, "en") > words(client, address, "vi"):
                    page.goto(in_language(address, "en"), wait_until="load")
                    faults += looked_at(page, (320, 1366), f"{address} in English")
            seen.add(endpoint)
        page.context.close()
    assert faults == [], "\n".join(faults)
    assert len(seen) >= 80, sorted(seen)
