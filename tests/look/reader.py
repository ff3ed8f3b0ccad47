"""Somebody who follows links and keeps what was drawn, with the templates that drew it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2 import Environment

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

SITE = "http://localhost"
ELSEWHERE = ("static", "live.host", "live.stage")
"""Endpoints whose pages are drawn by scripts: test_everything draws them as scenes."""
FILES = re.compile(r"\.(png|jpg|svg|csv|xlsx|json|zip|pdf|docx|yaml|txt|ics)$")


@dataclass
class Drawn:
    """A page as it was answered."""

    address: str
    answer: Response
    templates: frozenset[str]

    @property
    def text(self) -> str:
        return str(self.answer.get_data(as_text=True))

    @property
    def words(self) -> int:
        """The length of its text, without its marks."""
        return len(re.sub(r"<[^>]*>|\s+", " ", self.text))


class Watch:
    """The templates that are loaded, of those too that others extend, include or import."""

    def __init__(self, environment: Environment) -> None:
        self.now, load = set[str](), environment._load_template

        def loading(name: str, given: Any) -> Any:
            self.now.add(name)
            return load(name, given)

        environment._load_template = loading  # type: ignore[method-assign]

    def kept(self, address: str, answer: TestResponse) -> Drawn | None:
        """An answer with what drew it; None where it is no page."""
        is_file = "Content-Disposition" in answer.headers  # it is opened where no header of ours counts
        kept = Response(answer.get_data(), answer.status, None if is_file else answer.headers, answer.mimetype)
        answer.close()
        return Drawn(address, kept, frozenset(self.now)) if answer.mimetype == "text/html" else None


class Reader:
    """Follows every link; at most `enough` pages of one kind, since those of one lead to other kinds than another's."""

    def __init__(self, app: Flask, client: FlaskClient, watch: Watch | None = None, enough: int = 1) -> None:
        self.app, self.client, self.enough = app, client, enough
        self.watch = watch or Watch(app.jinja_env)
        self.pages: dict[str, list[Drawn]] = defaultdict(list)

    def read(self, begin: Iterable[str] = ("/",)) -> None:
        adapter = self.app.url_map.bind("localhost")
        waiting, known = [*begin], {*begin}
        while waiting:
            address = waiting.pop(0)
            try:
                endpoint, _ = adapter.match(urlsplit(address).path, "GET")
            except Exception:
                continue
            if len(self.pages.get(endpoint, ())) >= self.enough or endpoint in ELSEWHERE:
                continue
            if drawn := self.page(address):
                self.pages[endpoint].append(drawn)
                found = [link for link in links(drawn.text) if link not in known]
                known.update(found)
                waiting += found

    def page(self, address: str, lang: str = "vi") -> Drawn | None:
        """A page, asked for once; None where there is none."""
        self.watch.now.clear()
        drawn = self.watch.kept(address, self.client.get(in_language(address, lang), base_url=SITE))
        return drawn if drawn and drawn.answer.status_code == 200 else None


def links(text: str) -> Iterator[str]:
    for found in re.findall(r'href="(/[^"#]*)', text):
        link = found.replace("&amp;", "&")
        if not link.startswith(("/static", "/sign_out")) and not FILES.search(urlsplit(link).path):
            yield link


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"
