"""A server of a planted organisation, whose database the test reads and writes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.models.engines import database
from app.services.people.logins import store_hash_in
from app.services.people.passwords import hashed
from tests.e2e.test_people import PASSWORD
from tests.organisation import Organisation, plant
from tests.people import CHI, DUNG
from tests.serving import Server, serving

SECRET = "one key for server and test"


@contextmanager
def planted(folder: Path) -> Iterator[tuple[Server, Organisation]]:
    """Dũng and Chi may sign in with the tests' password."""
    with serving(folder / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as server:
        database.bind(f"sqlite:///{server.instance}/sanchoi.db")
        try:
            org = plant()
            for name in (DUNG, CHI):
                store_hash_in(org.members[name], hashed(PASSWORD))
            yield server, org
        finally:
            database.dispose()
