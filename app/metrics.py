"""`/healthz` for whoever restarts us; `/metrics` for Prometheus, only with the token."""

from __future__ import annotations

import hmac
import time

from flask import Flask, Response, abort, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.exposition import Exposition
from app.measures import LOOP_STALL, POOL_IN_USE, POOL_LIMIT, REQUESTS, SECONDS
from app.models.engines import database


def healthy() -> bool:
    """True when the database answers."""
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
    except (SQLAlchemyError, RuntimeError):
        return False
    return True


def may_read(settings: Settings) -> bool:
    """True when this request carries the token. Without a token set nobody may read."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return (
        scheme == "Bearer"
        and bool(settings.metrics_token)
        and hmac.compare_digest(token.encode(), settings.metrics_token.encode())
    )


def install(app: Flask) -> None:
    """Add the two addresses and count every request."""
    settings: Settings = app.config["SETTINGS"]
    shown = app.extensions["exposition"] = Exposition(settings.instance / "metrics", settings.worker, settings.workers)
    POOL_IN_USE.set_function(lambda: database.pool()[0])
    POOL_LIMIT.set_function(lambda: database.pool()[1])

    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        ok = healthy()
        return jsonify(ok=ok), 200 if ok else 503

    @app.get("/metrics")
    def metrics() -> Response:
        if not may_read(settings):
            abort(401)
        return Response(shown.text(), content_type=CONTENT_TYPE_LATEST)

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        REQUESTS.labels(route, request.method, response.status_code).inc()
        if "began" in g:
            SECONDS.labels(route).observe(time.monotonic() - g.began)
        return response


def watch_loop(every_s: float = 0.1) -> None:
    """Measure how late the event loop wakes, for ever; `serve` runs it in a greenlet."""
    while True:
        asleep = time.monotonic()
        time.sleep(every_s)
        LOOP_STALL.observe(max(0.0, time.monotonic() - asleep - every_s))
