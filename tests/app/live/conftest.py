"""What all tests of the live layer share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app.live.hall import CONNECTED


@pytest.fixture(autouse=True)
def nobody_stays_connected() -> Iterator[None]:
    """See everybody off after each test: a killed server leaves sockets open."""
    yield
    for person in list(CONNECTED):
        person.leave()
