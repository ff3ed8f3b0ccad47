"""Fixtures that all tests of the live layer share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gevent
import pytest

from tests.app.live.hall import CONNECTED, SPEED, new_show
from tests.app.live.raw_socket import EchoServer, Raw
from tests.serving import Server, serving


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


# --- the whole product, for the tests of one file


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("site") / "instance", "--no-demo") as running:
        yield running


@pytest.fixture(scope="module")
def show(server: Server) -> dict[str, Any]:
    """A show in its lobby, with nobody in it."""
    return new_show(server, SPEED)


# --- the bare transport, for the tests of one file


@pytest.fixture(scope="module")
def echo() -> Iterator[EchoServer]:
    """With the limits of a real hall, and somebody there already."""
    with EchoServer() as running, Raw(running.port).join():
        yield running


@pytest.fixture
def honest(echo: EchoServer) -> Iterator[Raw]:
    with Raw(echo.port).join() as phone:
        yield phone


@pytest.fixture
def an(echo: EchoServer) -> Iterator[Raw]:
    with Raw(echo.port).join() as phone:
        yield phone
