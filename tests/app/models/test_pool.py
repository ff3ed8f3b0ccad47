"""The number of connections to PostgreSQL that a process may hold: its setting, or less where all workers would not
fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.engines import Database
from app.models.pools import LEAST, TooFewConnections
from tests.databases import PostgresCopies


@pytest.mark.parametrize(("connections", "workers", "most"), [(20, 1, 20), (7, 1, 7), (20, 3, 20), (20, 19, 15)])
def test_the_pools_of_all_workers_fit_what_postgresql_allows(
    postgresql_copies: PostgresCopies, tmp_path: Path, connections: int, workers: int, most: int
) -> None:
    database = Database()
    with postgresql_copies.fresh(tmp_path) as url:  # this server allows 300, of which 3 are reserved
        database.bind(url, connections, workers)
        assert database.pool() == (0, most)
        with database.read() as db:
            db.connection()
            assert database.pool() == (1, most)
        database.dispose()
    assert database.pool() == (0, 0)


def test_too_many_workers_are_refused_in_words(postgresql_copies: PostgresCopies, tmp_path: Path) -> None:
    with postgresql_copies.fresh(tmp_path) as url, pytest.raises(TooFewConnections, match="Raise max_connections to"):
        Database().bind(url, 20, 300 // LEAST)
