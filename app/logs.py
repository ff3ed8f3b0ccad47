"""Log lines: structured, on standard error, each with the id of its request and never with a token.

What a person asked for is logged as the route (`/start/<token>`), not as the address. The request id
goes out as `X-Request-ID` and stands on error pages, so a person can name it to the organiser. It is always ours: a
proxy hands on what a stranger sent.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

from app.config import Settings
from app.repeats import Repeats

HEADER = "X-Request-ID"
SLOW_MS = 1000  # a request that takes longer is logged
TOKEN = re.compile(r"[A-Za-z0-9_\-.~]{20,}|(?<=^/t/)[^/]+")
"""Matches whatever is long enough for a secret, and the name of a taught person's page."""
ADDRESSES = ("path", "url", "address", "referrer")

log = structlog.get_logger()
worker = ""
"""The number of this process among those that serve together; it stands on each line of a service's log."""


def with_worker(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Adds the number of the worker process that speaks."""
    return {**line, "worker": worker} if worker else line


def without_tokens(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Blot out what may be a one-time link or ticket in anything that is an address."""
    for key in ADDRESSES:
        if isinstance(line.get(key), str):
            line[key] = TOKEN.sub("…", line[key].partition("?")[0])
    return line


class Lines:
    """Standard error that never fails: a log that lies on a full disk must not stop a show."""

    def write(self, text: str) -> None:
        """Write, or lose the line."""
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Flush, or do not."""
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def configure(settings: Settings) -> None:
    """Send our lines and those of the libraries to standard error, in the one chosen form."""
    repeats = Repeats()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_tokens,
        with_worker,
    ]
    last: list[Any] = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    if settings.log == "json":
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[repeats.thin, *shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(Lines()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(Lines())
    handler.addFilter(repeats.filter)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def install(app: Flask) -> None:
    """Give each request its id and log what changed something, failed or was slow."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = secrets.token_hex(6), time.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        if "request_id" not in g:
            return response
        response.headers[HEADER] = g.request_id
        spent_ms = round((time.monotonic() - g.began) * 1000, 1)
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        if not reads or response.status_code >= 500 or spent_ms > SLOW_MS:
            route = request.url_rule.rule if request.url_rule else None
            log.info("request", method=request.method, route=route, status=response.status_code, ms=spent_ms)
        return response
