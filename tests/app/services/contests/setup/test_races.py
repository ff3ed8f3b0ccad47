"""Real threads at once, on both engines: one opening, one save for a revision, no question on both sides, no
doubles."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.bank import Question, QuestionReview, ShowQuestion
from app.models.contests import ContestQuestion
from app.services.banks import banks, own_banks, question_import
from app.services.commit import reading
from app.services.contests import contests
from app.services.contests.setup import drafts, opening
from app.services.shows import scripts
from quizzes.refusals import Rejected
from tests.app.services.banks.test_own_banks import row, table
from tests.app.services.contests.setup.test_opening import SHOW, bank_id, draft, settings
from tests.app.services.contests.taking.test_races import at_once
from tests.contests import shipped
from tests.organisation import Organisation, plant
from tests.people import BINH

THREADS = 8


@pytest.fixture
def org(bound: Any) -> Organisation:
    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    return plant()


def codes(said: list[Any]) -> set[str]:
    return {one.code for one in said if isinstance(one, Rejected)}


def test_a_contest_opens_once(org: Organisation) -> None:
    contest = draft(org)
    said = at_once([lambda: opening.open_contest(org.members[BINH], contest, 2)] * THREADS)
    assert said.count([]) == 1 and codes(said) == {"not_now"}
    assert len(contests.frozen(contest).units) == 1


def test_of_many_saves_that_saw_the_same_settings_one_is_kept(org: Organisation) -> None:
    contest = draft(org)
    said = settings(bank_id("digital-day"), org.branch)

    def save(number: int) -> Any:
        return drafts.save(org.members[BINH], contest, 2, said | {"title": {"vi": f"Tên {number}"}})

    answers = at_once([lambda number=number: save(number) for number in range(THREADS)])
    assert answers.count([]) == 1 and codes(answers) == {"old_revision"}
    assert contests.contest(contest).title == {"vi": f"Tên {answers.index([])}"}


def test_no_question_is_in_a_contest_and_in_a_show(org: Organisation) -> None:
    contest = draft(org)

    def show() -> Any:
        try:
            return scripts.create("own", script=SHOW)
        except scripts.BadScript:
            return None

    at_once(
        [show, lambda: opening.open_unchecked(org.members[BINH], contest, 2), show, show]
    )  # both inside their writes
    assert both_sides() == set()
    assert contests.contest(contest).running or shows() > 0


@reading
def both_sides(db: Session) -> set[int]:
    return set(db.scalars(select(ContestQuestion.question_id))) & set(db.scalars(select(ShowQuestion.question_id)))


@reading
def shows(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(ShowQuestion)) or 0


def test_a_file_confirmed_by_many_at_once_is_stored_once(org: Organisation) -> None:
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Của chi đoàn")
    rows = [row(f"Câu {number}?", f"cau-{number}") for number in range(20)]
    same = question_import.start(org.members[BINH], bank, "a.csv", table(*rows))
    others = [question_import.start(org.members[BINH], bank, "b.csv", table(*rows[::-1])) for _ in range(3)]
    said = at_once([lambda job=job: question_import.confirm(org.members[BINH], job) for job in [same, same, *others]])
    assert codes(said) <= {"not_now", "import_moved"} and said.count((20, 0)) == 1
    assert own_banks.questions(bank)[1] == 20
    assert steps(bank) >= 20


@reading
def steps(db: Session, bank: int) -> int:
    query = select(func.count()).select_from(QuestionReview).join(Question, Question.id == QuestionReview.question_id)
    return db.scalar(query.where(Question.bank_id == bank)) or 0
