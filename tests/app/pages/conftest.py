"""A small province for the tests that count what its pages cost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.models.engines import database
from app.services.people.roles import grant_role
from app.services.province.plan import plant
from tests.app.pages.small_province import ADMIN, PLAN
from tests.conftest import application, settings_for
from tests.contests import now
from tests.databases import SqliteCopies


@pytest.fixture(scope="module")
def province(sqlite_copies: SqliteCopies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over it, with an administrator."""
    folder = tmp_path_factory.mktemp("province")
    with sqlite_copies.fresh(folder) as url:
        app = application(settings_for(folder, url))
        made = next(app)
        plant(PLAN, now())
        grant_role(None, ADMIN, "admin", None)
        yield made
        next(app, None)
        database.dispose()
