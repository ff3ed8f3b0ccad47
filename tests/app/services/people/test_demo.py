"""The invented organisation."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.models.engines import database
from app.models.people import Account
from app.services.people.demo import demo_organisation
from app.services.people.members import list_members

pytestmark = pytest.mark.usefixtures("bound")


def test_it_is_small_plainly_invented_and_nobody_can_sign_in() -> None:
    made = demo_organisation()
    people = list_members(made.path, limit=100)
    assert len(people) == len(made.member_ids) == 40
    assert len(made.chapter_ids) == 9
    assert all(any(word in one.name for word in ("Thử", "Ví Dụ", "Làm Mẫu", "Minh Họa")) for one in people)
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 0


def test_making_it_twice_makes_it_once() -> None:
    assert demo_organisation() == demo_organisation()
