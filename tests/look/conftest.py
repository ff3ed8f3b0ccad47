"""The look's own server and its page in the browser, one of each for all its tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.look.shoot import SIZES, serve
from tests.look.tab import Tab


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    address, server = serve()
    yield address
    server.shutdown()


@pytest.fixture(scope="session")
def the_tab(browser: Browser, base: str) -> Iterator[Tab]:
    tab = Tab(browser, base)
    yield tab
    tab.page.context.close()


@pytest.fixture
def tab(the_tab: Tab, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """The page as if it were new, on a phone or in the size that is asked for."""
    the_tab.as_new(getattr(request, "param", SIZES["player"]))
    yield the_tab
    assert the_tab.faults == []
