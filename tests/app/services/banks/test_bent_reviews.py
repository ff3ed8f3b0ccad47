"""Ways to approve a text of one's own, or to change one past its reviewer, and what stops them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.banks import banks, own_banks, planning, question_reviews, question_writing, review_desk
from app.services.files.containers import write_tree
from app.services.people import merging
from app.services.people.roles import grant_role
from quizzes.importers import bank_yaml
from tests.app.services.banks.test_own_banks import load, row, table
from tests.organisation import Organisation, plant
from tests.people import AN, BINH


@pytest.fixture
def org(bound: Any) -> Organisation:
    """An and a second row of the list, both authors and reviewers of the branch."""
    planted = plant()
    for role in ("author", "reviewer"):
        grant_role(None, planted.members[AN], role, planted.branch)
    return planted


@pytest.fixture
def bank(org: Organisation) -> int:
    return own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn")


def one_of(bank: int) -> own_banks.QuestionLine:
    ((one,), _) = own_banks.questions(bank)
    return one


def step(member: int, bank: int, to: str) -> tuple[int, int]:
    one = one_of(bank)
    return question_reviews.step(member, {one.id: one.revision}, to)


def test_who_was_merged_with_the_author_approves_nothing_of_theirs(org: Organisation, bank: int, twin: int) -> None:
    load(org, bank, table(row("Một?")))
    step(org.members[BINH], bank, "reviewed")
    merging.merge(org.members[BINH], twin, org.members[AN], "Cùng một người")
    assert one_of(bank).author_id == twin
    assert step(twin, bank, "approved") == (0, 1)
    assert review_desk.waiting(twin)[1] == 0
    merging.undo(org.members[BINH], merging.merged(twin)[0].id)
    assert one_of(bank).author_id == org.members[AN]
    assert step(twin, bank, "approved") == (1, 0), "they were two people after all"


def test_a_plan_asks_for_questions_of_the_member_that_was_kept(org: Organisation, bank: int, twin: int) -> None:
    load(org, bank, table(row("Một?")))
    for to in ("reviewed", "approved"):
        step(org.members[BINH], bank, to)
    planning.set_plan(org.members[AN], bank, 1, [planning.Row(writer=org.members[AN], count=1)])
    merging.merge(org.members[BINH], twin, org.members[AN], "Cùng một người")
    (one,) = planning.sheet(bank).rows
    assert (one.row.writer, one.have, one.short) == (twin, 1, 0)
    merging.undo(org.members[BINH], merging.merged(twin)[0].id)
    (one,) = planning.sheet(bank).rows
    assert (one.row.writer, one.have, one.short) == (org.members[AN], 1, 0)


@pytest.fixture
def twin(org: Organisation) -> int:
    from tests.app.services.people.test_merging import listed

    number = listed(org, "Nguyễn Văn An", year=1998)
    for role in ("author", "reviewer"):
        grant_role(None, number, role, org.branch)
    return number


def test_who_changed_a_text_neither_sees_it_wait_nor_approves_it(org: Organisation, bank: int, twin: int) -> None:
    load(org, bank, table(row("Một?", "mot")))
    one = one_of(bank)
    question_writing.store(twin, bank, one.body | {"text": {"vi": "Một hay hai?"}}, seen=one.revision)
    assert review_desk.waiting(twin)[1] == review_desk.waiting(org.members[AN])[1] == 0
    assert review_desk.waiting(org.members[BINH])[1] == 1
    assert step(twin, bank, "reviewed") == step(org.members[AN], bank, "reviewed") == (0, 1)
    assert step(org.members[BINH], bank, "reviewed") == (1, 0)
    assert step(twin, bank, "approved") == step(org.members[AN], bank, "approved") == (0, 1)


def test_a_bank_of_a_chapter_is_not_overwritten_from_the_command_line(org: Organisation, bank: int) -> None:
    """The file that its page gives away is named as the bank is: loading it would approve all it holds."""
    load(org, bank, table(row("Một?", "mot"), row("Hai?", "hai")))
    line = own_banks.bank(bank)
    found = [one.body for one in own_banks.questions(bank)[0]]
    data = write_tree(bank_yaml.write(found[:1], dict(line.title), line.topics)).encode()
    with pytest.raises(banks.BadBank, match="belongs to a chapter"):
        banks.load_file(line.key, Path(f"{line.key}.yaml").name, data)
    assert [one.state for one in own_banks.questions(bank)[0]] == ["draft", "draft"]
    assert banks.load_file("giai-thuong", "giai-thuong.yaml", data) == 1
