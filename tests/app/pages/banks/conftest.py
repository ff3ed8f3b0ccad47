"""A chapter with a bank of its own, and somebody who writes for it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.organisation import Organisation
from tests.own_bank import made_bank, planted_with_author


@pytest.fixture
def org(app: Flask) -> Organisation:
    return planted_with_author()


@pytest.fixture
def bank(org: Organisation) -> int:
    return made_bank(org)
