"""Logs: a request can be found again by its id, a token cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, abort
from structlog.testing import capture_logs

from app import logs, metrics
from tests.conftest import settings_for

TOKEN = "k3y-That-opens-the-door-0123456789"


@pytest.fixture
def small(tmp_path: Path) -> Flask:
    """An application of nothing but logs and metrics, with one page that changes something."""
    app = Flask("small")
    app.config["SETTINGS"] = settings_for(tmp_path, "sqlite:////nowhere.db", trusted_proxies="1")
    metrics.install(app)
    logs.install(app)
    app.add_url_rule("/start/<token>", "start", lambda token: "", methods=["GET", "POST"])
    app.add_url_rule("/broken", "broken", lambda: abort(500))
    return app


def test_a_request_is_logged_by_its_route_and_id_never_by_its_address(small: Flask) -> None:
    with capture_logs() as lines:
        answer = small.test_client().post(f"/start/{TOKEN}?key={TOKEN}")
    assert [(line["route"], line["status"]) for line in lines] == [("/start/<token>", 200)]
    assert TOKEN not in str(lines)
    assert len(answer.headers["X-Request-ID"]) == 12


def test_reading_is_not_logged_unless_it_fails(small: Flask) -> None:
    with capture_logs() as lines:
        small.test_client().get(f"/start/{TOKEN}")
        small.test_client().get("/broken")
    assert [line["status"] for line in lines] == [500]


def test_an_address_in_a_line_loses_its_tokens() -> None:
    line = logs.without_tokens(None, "info", {"path": f"/start/{TOKEN}?pin=1", "event": "bug"})
    assert line == {"path": "/start/…", "event": "bug"}


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_no_stranger_chooses_the_id_of_a_request(tmp_path: Path, proxies: str) -> None:
    app = Flask("small")
    app.config["SETTINGS"] = settings_for(tmp_path, "sqlite:////nowhere.db", trusted_proxies=proxies)
    logs.install(app)
    answer = app.test_client().get("/", headers={"X-Request-ID": "from-a-stranger-1"})
    assert len(answer.headers["X-Request-ID"]) == 12


def test_metrics_are_closed_to_strangers_and_count_by_route(small: Flask) -> None:
    client = small.test_client()
    client.get(f"/start/{TOKEN}")
    right = f"Bearer {small.config['SETTINGS'].metrics_token}"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": right + "x"}).status_code == 401
    counted = client.get("/metrics", headers={"Authorization": right}).text
    assert 'scs_requests_total{method="GET",route="/start/<token>",status="200",worker="0"}' in counted
    assert TOKEN not in counted


def test_without_a_token_nobody_may_read_metrics(small: Flask) -> None:
    settings = replace(small.config["SETTINGS"], metrics_token="")
    with small.test_request_context(headers={"Authorization": "Bearer "}):
        assert not metrics.may_read(settings)


def test_health_is_the_database_answering(small: Flask, bound: object) -> None:
    assert small.test_client().get("/healthz").status_code == 200


def test_health_without_a_database_is_said(small: Flask) -> None:
    assert small.test_client().get("/healthz").status_code == 503
