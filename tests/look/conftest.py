"""The look's own server and browser, one of each for all its tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.look.shoot import FLAGS, serve


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    address, server = serve()
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        found = p.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()
