"""A chapter with a bank of its own, and somebody who writes for it: what fixtures of pages and services make."""

from __future__ import annotations

from app.services.banks import own_banks
from app.services.people.roles import grant_role
from tests.organisation import Organisation, plant
from tests.people import AN, BINH


def planted_with_author() -> Organisation:
    """The organisation of the tests; An may write for the branch."""
    planted = plant()
    grant_role(None, planted.members[AN], "author", planted.branch)
    return planted


def made_bank(org: Organisation) -> int:
    """The branch's own bank, made by Bình."""
    return own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
