"""Several workers on one database, as the units start them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import services
from tests.databases import PostgresCopies
from tests.serving import Server, serving


@pytest.fixture
def workers(postgresql_copies: PostgresCopies, redis_url: str, tmp_path: Path) -> Iterator[list[Server]]:
    """Two, of one public address."""
    with postgresql_copies.fresh(tmp_path) as url, running_workers(2, tmp_path, url, redis_url) as servers:
        yield servers


@contextmanager
def running_workers(count: int, folder: Path, database_url: str, redis_url: str) -> Iterator[list[Server]]:
    """Yields so many workers, each with an instance folder of its own, as on machines of their own."""
    given = {
        "SCS_DATABASE_URL": database_url,
        "SCS_REDIS_URL": redis_url,
        "SCS_TRUSTED_PROXIES": "1",
        "SCS_PUBLIC_URL": f"http://127.0.0.1:{services.free_port()}",
        "SCS_SECRET_KEY": "a key of this test, not a secret",
        "SCS_METRICS_TOKEN": "a token of this test, not a secret",
    }
    with ExitStack() as stack:
        yield [stack.enter_context(serving(folder / f"instance-{n}", "--no-demo", **given)) for n in range(count)]
