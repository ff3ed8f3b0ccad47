"""Lays pages out in a real browser: each is loaded once, in a frame, and made as wide as it takes."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response
from playwright.sync_api import Page
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WIDTHS = (320, 360, 390, 1366, 1920, 3840)
HEIGHT = 740
TABS = 4
SCRIPT = (Path(__file__).parent / "frames.js").read_text(encoding="utf-8")
EMPTY = Response("<!doctype html><title>frames</title><body>", mimetype="text/html")
EXAM = "html[data-ready], body:not(.exam)"
"""A paper is laid out by its script."""


@dataclass(frozen=True)
class Sheet:
    """One page to look at: its name in what is told, its address, its widths."""

    name: str
    address: str
    widths: Sequence[int] = WIDTHS
    ready: str = EXAM
    still: str = ""
    """It may not scroll: "stage" keeps 16:9, "phone" the height of one."""
    screens: Sequence[tuple[str, Sequence[Any]]] | None = None
    """The messages that a room sends to it one after the other, each group with its name."""


class Kept:
    """An application whose pages may stand in a frame; what was kept is answered instead of made again."""

    def __init__(self, wsgi: WSGIApplication) -> None:
        self.wsgi, self.kept = wsgi, list[Response]()

    def keep(self, address: str, answer: Response) -> str:
        """The address under which the answer is given."""
        policy = answer.headers.get("Content-Security-Policy", "")
        answer.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        answer.headers.pop("X-Frame-Options", None)
        self.kept.append(answer)
        return f"{address}{'&' if '?' in address else '?'}kept={len(self.kept) - 1}"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/frames":
            return EMPTY(environ, start_response)
        kept = re.search(r"\bkept=(\d+)", environ["QUERY_STRING"])
        return (self.kept[int(kept[1])] if kept else self.wsgi)(environ, start_response)

    @contextmanager
    def served(self) -> Iterator[str]:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server("127.0.0.1", 0, self, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.port}"
        server.shutdown()


def faults(page: Page, base: str, sheets: Iterable[Sheet]) -> list[str]:
    """Tells the texts that are cut, covered or off-screen, at each width."""
    page.goto(f"{base}/frames")
    told: list[str] = page.evaluate(SCRIPT, {"pages": [asdict(one) for one in sheets], "tabs": TABS, "high": HEIGHT})
    return told
