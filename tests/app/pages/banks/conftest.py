"""A chapter with a bank of its own, and somebody who writes for it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.services.banks import own_banks
from app.services.people.roles import grant_role
from tests.organisation import Organisation, plant
from tests.people import AN, BINH


@pytest.fixture
def org(app: Flask) -> Organisation:
    planted = plant()
    grant_role(None, planted.members[AN], "author", planted.branch)
    return planted


@pytest.fixture
def bank(org: Organisation) -> int:
    return own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
