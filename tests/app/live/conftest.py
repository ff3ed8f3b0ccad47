"""What all tests of the live layer share."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest

from tests.app.live.hall import CONNECTED


@pytest.fixture(autouse=True)
def the_loop_knows_the_time() -> None:
    """Its clock stands still while other tests run without it, and a timer set by it would be over at once."""
    gevent.get_hub().loop.update_now()


@pytest.fixture(autouse=True)
def nobody_stays_connected() -> Iterator[None]:
    """See everybody off after each test: a killed server leaves sockets open."""
    yield
    for person in list(CONNECTED):
        person.leave()
