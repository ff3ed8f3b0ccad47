"""Sharing between tests changes nothing for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Map, Rule

from app.models.base import Base
from app.models.engines import database
from app.services.commit import reading
from app.services.people.chapters import chapter
from app.services.people.roles import grant_role, held_in
from tests import once, organisation
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN

TABLES = ("chapter", "member", "account", "role_grant", "audit", "notice")
MOMENTS = ("at", "created_at", "confirmed_at", "granted_at")
SKEW_US = 1_000_000


def rows() -> tuple[dict[str, Any], set[int]]:
    """All an organisation is made of without its moments, and the moments."""
    found = {
        name: reading(
            lambda db, of=Base.metadata.tables[name]: [dict(row) for row in db.execute(select(of)).mappings()]
        )()
        for name in TABLES
    }
    moments = {row.pop(name) for those in found.values() for row in those for name in MOMENTS if row.get(name)}
    return found, moments


@pytest.mark.parametrize("copies", ["sqlite_copies", "postgresql_copies"])
def test_an_organisation_written_again_is_the_one_that_services_make(
    copies: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    def made(by: Callable[[], Organisation]) -> tuple[dict[str, Any], int]:
        with request.getfixturevalue(copies).fresh(tmp_path) as url:
            database.bind(url)
            began = time.time_ns() // 1000
            with counted() as work:
                org = by()
            found, moments = rows()
            assert min(moments) >= began - SKEW_US, "its people came now"
            grant_role(None, org.members[AN], "host", org.branch)  # the numbers go on
            branch = chapter(org.branch)
            assert branch
            assert ("host", branch.path) in reading(held_in)(org.members[AN])
            database.dispose()
        return found, work.statements

    plant_once, again, services = made(plant), made(plant), made(organisation._made)
    assert plant_once[0] == again[0] == services[0]
    assert again[1] < services[1] / 2


def test_an_address_compiled_once_is_built_and_matched_as_before() -> None:
    rules = ["/a/<int:n>", "/a/<path:rest>/z", "/b", "/<name>/c"]
    with once.addresses():
        maps = [Map([Rule(one, endpoint=one) for one in rules]) for _ in range(2)]
    maps.append(Map([Rule(one, endpoint=one) for one in rules]))
    for path in ("/a/7", "/a/x/y/z", "/b", "/q/c"):
        found = [one.bind("x").match(path) for one in maps]
        assert found[0] == found[1] == found[2]
        assert [one.bind("x").build(*found[0]) for one in maps] == [path] * 3
