"""The look's own server and browser, one of each for all its tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.look.shoot import serve


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    address, server = serve()
    yield address
    server.shutdown()
