"""The banks of a chapter that is merged are its successor's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.services.banks import own_banks
from app.services.people import chapters, tree
from app.services.people.roles import grant_role
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

TODAY = date(2026, 12, 1)


@pytest.fixture
def org(bound: Any) -> Organisation:
    return plant()


def other(org: Organisation) -> int:
    """A second chapter beside the branch."""
    above = chapters.chapter(org.branch).parent_id
    assert above
    return tree.add_chapter(org.members[CHI], above, tree.Draft("Chi đoàn số hai", "chi_doan"))


def test_banks_follow_a_merger_along_the_whole_chain_and_stay_there(org: Organisation) -> None:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
    second, third = other(org), other(org)
    tree.close_chapter(org.members[CHI], org.branch, TODAY, second)
    assert own_banks.bank(bank).chapter_id == second
    tree.close_chapter(org.members[CHI], second, TODAY, third)
    assert own_banks.bank(bank).chapter_id == third
    tree.reopen_chapter(org.members[CHI], second)
    assert own_banks.bank(bank).chapter_id == third


def test_the_successors_people_work_with_it_and_the_old_ones_need_a_role_there(org: Organisation) -> None:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
    second = other(org)
    grant_role(None, org.members[AN], "organiser", second)
    tree.close_chapter(org.members[CHI], org.branch, TODAY, second)
    own_banks.rename_bank(org.members[AN], bank, "Ngân hàng mới")
    assert own_banks.bank(bank).title == {"vi": "Ngân hàng mới"}
    with pytest.raises(Rejected, match="forbidden"):
        own_banks.rename_bank(org.members[BINH], bank, "Ngân hàng cũ")


def test_a_chapter_that_has_ended_gets_no_new_bank(org: Organisation) -> None:
    kept = own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")
    tree.close_chapter(org.members[CHI], org.branch, TODAY, leave=True)
    with pytest.raises(Rejected, match="chapter_closed"):
        own_banks.create_bank(org.members[CHI], org.branch, "Ngân hàng nữa")
    assert own_banks.bank(kept).chapter_id == org.branch
