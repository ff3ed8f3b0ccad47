"""A served contest and browsers in which its people are signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Locator, expect

from app.models.engines import database
from app.services.people.sign_ins import begin
from tests.contests import Held, hold
from tests.e2e.hall import PHONE, Window
from tests.organisation import Organisation, plant
from tests.serving import Server, serving

SECRET = "not a secret, only a test's key"


@dataclass
class Arena:
    """The program as it is served, its database open in the test as well."""

    server: Server
    org: Organisation

    def hold(self, preset: str | None = None, **changes: Any) -> Held:
        return hold(self.org, preset, **changes)

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.server.url)
        return str(parts.hostname), int(parts.port or 80)

    def phone(self, browser: Browser, who: str, lang: str = "vi", port: int = 0, dark: bool = False) -> Taker:
        """A browser of this person, reached through a cable at `port` where one is given."""
        window = Taker.of(browser, who, PHONE, lang)
        host = self.address[0]
        window.site = f"http://{host}:{port or self.address[1]}"
        token = begin(self.org.members[who], "Chrome, Android")
        window.page.context.add_cookies([{"name": "scs", "value": cookie(token), "url": window.site}])
        if dark:
            window.page.emulate_media(color_scheme="dark")
        return window


def cookie(token: str) -> str:
    """The session cookie of somebody who signed in with the right password."""
    app = Flask("cookie")
    app.secret_key = SECRET
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing
    return str(signing.dumps({"_permanent": True, "sign_in": token}))


@contextmanager
def arena(folder: Path) -> Iterator[Arena]:
    with serving(folder / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as server:
        database.bind(f"sqlite:///{server.instance}/sanchoi.db")
        try:
            yield Arena(server, plant())
        finally:
            database.dispose()


@dataclass
class Taker(Window):
    """Somebody with a phone who takes a contest."""

    site: str = ""

    def start(self, held: Held) -> None:
        self.page.goto(f"{self.site}/contests/{held.public_id}/enter")
        agreed = self.page.locator("input[name=agreed]")
        if agreed.count():
            agreed.first.check()
        self.page.locator("form[data-start] button").first.click()
        self.page.wait_for_url("**/tries/*")
        self.ready()

    def ready(self) -> None:
        expect(self.page.locator("html[data-ready]")).to_be_attached()

    @property
    def question(self) -> Locator:
        """The question that is shown."""
        return self.page.locator("article.question:visible").first

    @property
    def saved(self) -> Locator:
        """The line that says what is saved."""
        return self.page.locator("[data-saved-line]")

    @property
    def state(self) -> Locator:
        """The same of the question that is shown."""
        return self.question.locator("[data-state]")

    def choose(self, number: int = 0) -> None:
        """Something the question allows, whatever its type."""
        question = self.question
        order = question.locator("[data-collect=order] .opt")
        if order.count():
            for option in order.all():
                option.click()
        elif question.locator(".opt").count():
            question.locator(".opt").nth(number).click()
        elif question.locator(".pair").count():
            for pair in question.locator(".pair").all():
                pair.locator("input").nth(number % 2).check(force=True)
        else:
            question.locator("[data-value]").fill(str(2020 + number))
            question.locator("[data-value]").press("Enter")

    def next(self) -> None:
        self.page.locator("[data-next]").click()
