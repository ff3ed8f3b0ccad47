"""Fixtures of all tests. A service starts when the first test asks for it and ends with the session."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright

from app.config import Settings
from app.models.engines import Database, database
from app.services.shows import shows
from tests import once, services, spread
from tests.databases import PostgresCopies, SqliteCopies

ROOT = Path(__file__).resolve().parents[1]
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio"]  # fmt: skip

COLLECTED = (50_000, 10, 10)
"""The garbage collector's thresholds: new objects before a look, and how much more seldom it looks at older ones."""
gc.set_threshold(*COLLECTED)  # already now: all that collecting imports and makes stays

# Speed is for benchmarks: beside others on two cores a case may take any time.
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    spread.in_order(items)


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: the collector would walk through them again and again."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spread.FilesThenPure | None:
    return spread.FilesThenPure(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server."""
    with services.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis server."""
    with services.redis() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return services.chromium()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The one browser of all tests: Playwright allows one of itself in a thread."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> SqliteCopies:
    return SqliteCopies(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def postgresql_copies(postgres_url: str) -> Iterator[PostgresCopies]:
    copies = PostgresCopies(postgres_url)
    yield copies
    copies.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database with all tables; the test runs once on each engine."""
    copies: Any = request.getfixturevalue(f"{request.param}_copies")
    with copies.fresh(tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_copies: SqliteCopies, tmp_path: Path) -> Iterator[str]:
    """The same on SQLite only, for tests the engine does not matter to."""
    with sqlite_copies.fresh(tmp_path) as url:
        yield url


@pytest.fixture
def bound(database_url: str) -> Iterator[Database]:
    """This process's database, on each engine: services work. No application is made."""
    database.bind(database_url)
    forget_shows()
    yield database
    database.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an instance of its own, on each engine."""
    return settings_for(tmp_path, database_url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on each engine; `parametrize("database_url", ["sqlite"], indirect=True)` for one."""
    yield from application(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser, without scripts."""
    return app.test_client()


def settings_for(instance: Path, database_url: str, **more: str) -> Settings:
    """Settings as a test wants them; `more` are further SCS_ variables without the prefix, in any case."""
    environ = {
        "SCS_INSTANCE": str(instance),
        "SCS_DATABASE_URL": database_url,
        "SCS_SECRET_KEY": "not a secret, only a test's key",
        "SCS_METRICS_TOKEN": "not a secret, only a test's token",
    }
    environ |= {f"SCS_{name.upper()}": value for name, value in more.items()}
    return Settings.from_env(environ, ROOT)


@pytest.fixture(scope="session", autouse=True)
def paid_once() -> Iterator[None]:
    """Hundreds of tests make an application and bind a database; what is the same for all is made once."""
    with once.addresses(), once.statements():
        yield


def application(settings: Settings) -> Iterator[Flask]:
    """The application, with what it holds open closed afterwards."""
    from app.cli.first_run import compile_translations
    from app.factory import create_app

    compile_translations(settings)
    made = create_app(settings)
    forget_shows()
    made.testing = True
    yield made
    database.dispose()


def forget_shows() -> None:
    """Another database has other shows under the same numbers."""
    for show_id in shows.known():
        shows.forget(show_id)
